"""A function inside of the site, in a transaction of its own: what a job runs in.

The request of a worker is made up; ``HOPSO_URL`` (the address of the site as
people type it, ``https://hop.tinh.gov.vn/hopso``) makes its links right.
"""

from contextlib import contextmanager
import logging
import os
import random
import time
from urllib.parse import urlsplit

from AccessControl.SecurityManagement import getSecurityManager
from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.SecurityManagement import noSecurityManager
from AccessControl.SecurityManagement import setSecurityManager
from AccessControl.users import UnrestrictedUser
from plone import api
from Products.CMFPlone.interfaces import IPloneSiteRoot
from Testing.makerequest import makerequest
import transaction
from transaction.interfaces import TransientError
from zope.component.hooks import setSite
from zope.event import notify
from zope.globalrequest import clearRequest
from zope.globalrequest import setRequest
from zope.traversing.interfaces import BeforeTraverseEvent


logger = logging.getLogger("hopso.tasks")
TRIES_AFTER_CONFLICT = 8
WORKER_USER = "hopso-worker"


class NoSite(LookupError):
    """There is no Plone site (yet)."""


@contextmanager
def all_rights(acl_users):
    """Act as the worker, who may do everything; audit entries name it."""
    kept = getSecurityManager()
    user = UnrestrictedUser(WORKER_USER, "", ("Manager", "Authenticated"), ())
    newSecurityManager(None, user.__of__(acl_users))
    try:
        yield
    finally:
        setSecurityManager(kept)


def run_in_site(function, kwargs: dict, *, site_id: str = ""):
    """Call *function* inside of the site, commit, and return its result.

    After a conflict everything is done again with a fresh connection, up to
    eight times.  Raises NoSite without a site, and whatever the function raises.
    """
    for attempt in range(1, TRIES_AFTER_CONFLICT + 1):
        try:
            with opened_site(site_id):
                result = function(**kwargs)
                transaction.commit()
                return result
        except TransientError:
            if attempt == TRIES_AFTER_CONFLICT:
                raise
            time.sleep(random.uniform(0.02, 0.1) * attempt)
    raise AssertionError("not reached")


@contextmanager
def opened_site(site_id: str = ""):
    """Open a connection of one's own, set the site up and act with all rights; abort at the end."""
    import Zope2

    transaction.abort()
    transaction.begin()
    app = makerequest(Zope2.app(), environ={"HTTP_HOST": "localhost"})
    request = app.REQUEST
    try:
        portal = find_site(app, site_id)
        place_request(request, portal, os.environ.get("HOPSO_URL", ""))
        setRequest(request)
        setSite(portal)
        # What Plone does at the beginning of a request: browser layers, among others.
        notify(BeforeTraverseEvent(portal, request))
        request.set("LANGUAGE", api.portal.get_default_language())
        with all_rights(portal.acl_users):
            yield portal
    finally:
        transaction.abort()
        noSecurityManager()
        setSite(None)
        clearRequest()
        connection = app._p_jar
        request.close()
        if connection is not None and connection.opened is not None:
            connection.close()


def find_site(app, site_id: str = ""):
    """Return the site *site_id*, or the first one.  Raises NoSite."""
    names = [site_id] if site_id else app.objectIds("Plone Site")
    for name in names:
        found = app.get(name)
        if found is not None and IPloneSiteRoot.providedBy(found):
            return found
    raise NoSite(site_id or "no Plone site")


def place_request(request, portal, url: str) -> None:
    """Make absolute addresses on *request* begin with *url*, the address of the site."""
    if not url:
        return
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    request.setServerURL(parts.scheme, parts.hostname, port)
    path = [name for name in parts.path.split("/") if name]
    if path and path[-1] == portal.getId():
        path.pop()
        request["VirtualRootPhysicalPath"] = ("",)
    else:
        request["VirtualRootPhysicalPath"] = portal.getPhysicalPath()
    request._script[:] = path

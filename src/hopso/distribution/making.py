"""What ``hopso-site`` does inside of Zope."""

from contextlib import contextmanager
import logging
import os
from pathlib import Path
import secrets

from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.SecurityManagement import noSecurityManager
from AccessControl.users import system
from hopso.policy.interfaces import PREFIX as POLICY
from plone.distribution.api import site as sites
from Testing.makerequest import makerequest
import transaction
from zope.component.hooks import setSite
from zope.globalrequest import clearRequest
from zope.globalrequest import setRequest


ADMIN = "admin"
# They warn at every start and every new site of what does not matter here.
CHATTY = (
    "collective.documentviewer",
    "GenericSetup",
    "Init",
    "Products.MimetypesRegistry",
    "Products.GenericSetup",
)


@contextmanager
def zope(conf: Path):
    """Open the database of *conf*; yield the root of Zope with a request, acting as the system."""
    import Zope2
    from Zope2.Startup.run import make_wsgi_app

    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    make_wsgi_app({}, str(conf))
    app = makerequest(Zope2.app())
    app.REQUEST["PARENTS"] = [app]
    setRequest(app.REQUEST)
    newSecurityManager(None, system)
    try:
        yield app
    finally:
        transaction.abort()
        setSite(None)
        noSecurityManager()
        clearRequest()
        app._p_jar.close()
        for database in list(Zope2.DB.databases.values()):
            database.close()


def ensure_admin(app, path: Path) -> bool:
    """Make Zope's account ``admin`` with the password in *path*, unless it exists.

    A missing file is written with a random password, readable by its owner
    only.  Returns whether the account was made.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(15) + "\n")
    users = app.acl_users
    if users.getUser(ADMIN) is not None:
        return False
    password = path.read_text("utf-8").strip()
    if not password:
        raise ValueError(f"{path} is empty")
    users.userFolderAddUser(ADMIN, password, ["Manager"], [])
    transaction.commit()
    return True


def ensure_site(app, answers: dict) -> bool:
    """Make the site of *answers* unless it exists; return whether it was made.

    Raises ValueError for answers that the schema of the distribution refuses.
    """
    site_id = answers["site_id"]
    if site_id in app.objectIds():
        return False
    admin = app.acl_users.getUser(ADMIN)
    if admin is not None:
        # The site belongs to a person, not to the system.
        newSecurityManager(None, admin.__of__(app.acl_users))
    sites.create(app, "hopso", answers)
    return True


def figures(app, site_id: str) -> dict | None:
    """Return what there is in the site, None without one."""
    if site_id not in app.objectIds():
        return None
    site = app[site_id]
    setSite(site)
    catalog = site.portal_catalog
    registry = site.portal_registry
    found = {"site": f"/{site_id}", "title": site.title, "policy": registry.get(f"{POLICY}.name", "-")}
    for portal_type in ("Unit", "Room", "Meeting", "MeetingDocument"):
        found[portal_type] = len(catalog.unrestrictedSearchResults(portal_type=portal_type))
    found["accounts"] = len(site.acl_users.source_users.getUserIds())
    return found

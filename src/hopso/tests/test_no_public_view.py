"""No view, service or download of ours answers to somebody who is not logged in.

The test walks the registry, so that a new view is tried the day it is
registered.  What must be public (the login form) is named below with its reason.
"""

from AccessControl import getSecurityManager
from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.SecurityManagement import noSecurityManager
from hopso.interfaces import IHopsoLayer
import pytest
from zope.component import getSiteManager
from zope.interface import alsoProvides
from zope.interface import Interface
from zope.security.management import endInteraction


# name -> why anybody may have it
PUBLIC = {
    "main_template": "the frame of every page, the login form included; holds no content",
    "ajax_main_template": "likewise",
    "login": "the way in",
    "login_form": "the same under Plone's old name",
    "login-help": "the way in",
    "passwordreset": "leads to login-help",
    "mail_password": "leads to login-help",
    "mail_password_form": "leads to login-help",
    "@login": "the way in, for programs",
    "@login-renew": "answers a session only",
    "@logout": "answers a session only",
    "continue": "the way in: only for whoever has given a right password, shows steps left",
    "oidc-login": "the way to the login portal, closed unless it is switched on",
    "oidc-callback": "the way back from it; believes an answer to its own question only",
    "oidc-logout": "the way out of both",
    "logged-out": "shown after logging out",
    "logout": "the way out",
    "require_login": "leads to the login form",
    "insufficient-privileges": "says that one may not, and who can help",
    "standard_error_message": "pages for 404 and 500",
    "index.html": "pages for 404 and 500",
    "invitation": "choosing a password; opens by the key of a mail only",
    "ical": "calendars for other programs: opens by the token in its address only, with the rights of its owner",
    "hopso_layout": "texts and links of the frame",
}


def our_views():
    """Yield (name, interface of the context, registration) of every view on our layer."""
    todo, seen = [getSiteManager()], set()
    while todo:
        registry = todo.pop()
        todo.extend(base for base in registry.__bases__ if id(base) not in seen)
        seen.update(id(base) for base in registry.__bases__)
        for one in registry.registeredAdapters():
            if len(one.required) == 2 and one.required[1].isOrExtends(IHopsoLayer):
                yield one.name, one.required[0], one


def is_guarded(factory) -> bool:
    """Tell whether Zope's security machinery asks for a permission before publishing it."""
    roles = getattr(factory, "__roles__", ())
    permissions = getattr(factory, "__ac_permissions__", ())
    return roles is not None and bool(permissions)


def test_every_view_names_a_permission(integration):
    found, open_doors = 0, []
    for name, context, one in our_views():
        if one.provided is not Interface and not name:
            continue  # an adapter (serialiser, widget), not something to publish
        if not hasattr(one.factory, "__ac_permissions__"):
            continue
        found += 1
        if name.rpartition("_")[2] not in PUBLIC and name not in PUBLIC and not is_guarded(one.factory):
            open_doors.append((name, context.__identifier__))
    assert found >= 3
    assert open_doors == []


@pytest.fixture
def things(house, make):
    document = make.create_document(house.meeting)
    item = make.create_item(house.meeting)
    minutes = make.add(house.meeting, "Minutes", title="Biên bản")
    return [house.portal, house.office, house.room, house.meeting, item, document, minutes]


@pytest.mark.rule("NA-3.2")
def test_anonymous_is_refused_by_every_view(things):
    request = things[0].REQUEST
    alsoProvides(request, IHopsoLayer)
    kept = getSecurityManager()
    tried, let_in = 0, []
    names = {
        (name, context) for name, context, one in our_views() if hasattr(one.factory, "__ac_permissions__")
    }
    noSecurityManager()
    endInteraction()
    try:
        for thing in things:
            for name, context in sorted(names, key=lambda one: one[0]):
                if not name or name in PUBLIC or not context.providedBy(thing):
                    continue
                tried += 1
                try:
                    thing.restrictedTraverse(f"@@{name}")
                except Exception as error:
                    assert type(error).__name__ in ("Unauthorized", "NotFound", "KeyError"), (name, error)
                else:
                    let_in.append((name, thing.portal_type))
    finally:
        newSecurityManager(None, kept.getUser())
    assert tried > 3
    assert let_in == []

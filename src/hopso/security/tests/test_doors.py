"""Every view, service and download, tried by every kind of person.

``doors.txt`` is the table: one row for each door with the permission that it
asks for.  A new view without a row fails; write the row by hand, or let

    HOPSO_WRITE_DOORS=1 bin/pytest src/hopso/security/tests/test_doors.py

do it, and read what has changed.  Who is let in is then expected from the
matrix, and tried by publishing up to the permission check.
"""

from functools import cache
import os
from pathlib import Path

from hopso.factories import put_in_state
from hopso.organisation.assignments import Assignment
from hopso.organisation.assignments import assignment_store
from hopso.security import matrix
from hopso.security.tests.knocking import doors
from hopso.security.tests.knocking import knock
from hopso.security.tests.knocking import let_in_doorman
from plone import api
import pytest
from zope.interface import providedBy


TABLE = Path(__file__).parent / "doors.txt"
# Those that are there only with the extras for logins by a directory; Plone's are shut by core/fence.py besides.
WITH_EXTRAS = Path(__file__).parent / "doors-extras.txt"
EVERYBODY = {"Anonymous"}
LOGGED_IN = {"Anonymous", "Authenticated", "Member"}
# Person of the house -> roles on the office, on its meeting, elsewhere.
PEOPLE = {
    "anonymous": ((), ()),
    "outsider": ((), ()),
    "guest": ((), (matrix.GUEST,)),
    "delegate": ((), (matrix.DELEGATE,)),
    "coordinator": ((matrix.COORDINATOR,), (matrix.COORDINATOR,)),
    "admin": ((matrix.UNIT_ADMIN,), (matrix.UNIT_ADMIN,)),
    "technician": ((matrix.TECHNICIAN,), (matrix.TECHNICIAN,)),
    "provider": ((matrix.PROVIDER,), (matrix.PROVIDER,)),
    "system": ((matrix.SYSTEM,), (matrix.SYSTEM,)),
}
SITE_WIDE = {"system": (matrix.SYSTEM,)}
# Open to strangers; each with its reason.
OPEN = {
    "login", "login_form", "login-help", "logged-out", "logout", "require_login", "insufficient-privileges", "oidc-login", "oidc-callback", "oidc-logout",
    "main_template", "ajax_main_template", "standard_error_message", "hopso_layout", "index.html",
    "ical",  # the token in its address stands for a login: calendar programs have none (hopso.calendars)
}  # fmt: skip


@pytest.fixture
def people(house, make):
    """The user ids of PEOPLE."""
    found = {name: getattr(house, name) for name in ("outsider", "delegate", "coordinator", "admin")}
    found["anonymous"] = None
    found["guest"] = make.create_person("khach", "Trịnh Khách")
    found["system"] = make.create_person("hethong", "Vũ Đức Thành")
    api.user.grant_roles(username=found["system"], roles=[matrix.SYSTEM])
    store = assignment_store()
    for name, function in (("technician", "technicians"), ("provider", "providers")):
        found[name] = make.create_person(f"p_{name}", f"Ông {name}")
        store.assign(found[name], Assignment(house.office.getId(), function))
    from hopso.meetings import participation

    participation.put_record(
        house.meeting, participation.Participation(f"user:{found['guest']}", part="guests")
    )
    return found


@pytest.fixture
def things(house, make):
    document = make.create_document(house.meeting)
    minutes = make.add(house.meeting, "Minutes", title="Biên bản")
    notice = make.add(house.meeting, "ConclusionNotice", title="Thông báo")
    item = make.create_item(house.meeting)
    put_in_state(house.meeting, "convened")
    put_in_state(document, "published")
    put_in_state(minutes, "issued")
    put_in_state(notice, "draft")
    return [house.portal, house.office, house.room, house.meeting, item, document, minutes, notice]


def roles_of(person, thing, portal) -> set[str]:
    """Return what the table of this file says a person is on a thing."""
    found = set() if person == "anonymous" else {"Authenticated", "Member"}
    found.update(SITE_WIDE.get(person, ()))
    if thing is portal:
        return found | {"Anonymous"}
    inside = thing.portal_type in ("Meeting", "AgendaItem", "MeetingDocument", "Minutes", "ConclusionNotice")
    return found | set(PEOPLE[person][1 if inside else 0]) | {"Anonymous"}


def roles_with(permission, thing, portal) -> set[str]:
    """Return which roles have a permission on a thing: by state, by the matrix, or as Plone ships it."""
    if permission == "open":
        return EVERYBODY
    flow_of = "Meeting" if thing.portal_type == "AgendaItem" else thing.portal_type
    for flow_id, flow in matrix.WORKFLOWS.items():
        if flow_of in flow.types and permission in flow.permissions:
            owner = thing.__parent__ if thing.portal_type == "AgendaItem" else thing
            return set(matrix.roles_for(flow_id, api.content.get_state(owner), permission))
    known = matrix.STATIC | matrix.ROOT
    if permission in known:
        return set(known[permission])
    # Plone's own: nothing below the site changes them.
    return {one["name"] for one in portal.rolesOfPermission(permission) if one["selected"]}


def test_every_door_has_a_row(integration):
    rows = [door.line for door in doors()]
    extra = set(WITH_EXTRAS.read_text("utf-8").splitlines())
    if os.environ.get("HOPSO_WRITE_DOORS"):
        TABLE.write_text("\n".join(row for row in rows if row not in extra) + "\n", "utf-8")
    known = set(TABLE.read_text("utf-8").splitlines())
    assert len(rows) > 100
    assert sorted(set(rows) - known - extra) == [], "new doors: see the head of this file"
    assert sorted(known - set(rows)) == [], "doors that are gone"


def test_no_door_of_ours_is_open(integration):
    wrong = [
        door.line
        for door in doors()
        if door.factory.__module__.startswith("hopso.")
        and door.permission == "open"
        and door.name not in OPEN
    ]
    assert wrong == []


@pytest.mark.rule("BD-12.3.c")
@pytest.mark.rule("NT-13.3")
@pytest.mark.rule("NA-3.2")
def test_everybody_gets_through_the_doors_that_the_matrix_opens(house, people, things):
    let_in_doorman(house.portal)
    portal, wrong, tried, let_in = house.portal, [], 0, 0
    for door in doors():
        for thing in things:
            if not door.context.providedBy(thing) or _hidden(door, thing):
                continue
            allowed = roles_with(door.permission, thing, portal)
            for person, user_id in people.items():
                expected = bool(allowed & roles_of(person, thing, portal))
                answer = knock(portal, door, thing, user_id)
                tried += 1
                let_in += answer == "in"
                if answer == "missing" and not expected:
                    continue
                if (answer == "in") != expected:
                    wrong.append((door.line, thing.portal_type, person, answer))
    assert tried > 2000 and let_in > 200
    assert tried > 2000 and let_in > 200
    assert wrong == [], "\n".join(map(str, wrong))


def _hidden(door, thing) -> bool:
    """Tell whether another door of the same name hangs before this one, as the registry chooses."""
    order = {one: place for place, one in enumerate(providedBy(thing).__sro__)}
    rivals = [one for one in named(door.name, door.method, door.service) if one.context in order]
    return min(rivals, key=lambda one: (order[one.context], not one.ours)).line != door.line


@cache
def doors_once():
    """Return the doors, found once."""
    return doors()


@cache
def named(name, method, service):
    """Return the doors of a name, wherever they hang."""
    return [one for one in doors_once() if (one.name, one.method, one.service) == (name, method, service)]

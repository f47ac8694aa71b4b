"""What happens when the people of a site change, or a meeting that uses sites."""

# Their operations are there once they are imported.
from hopso.inventory.sites import operations  # noqa: F401
from hopso.inventory.sites import providers  # noqa: F401
from hopso.inventory.sites import staff
from hopso.inventory.sites import telling
from hopso.inventory.sites.api import site_by_uid
from hopso.inventory.sites.records import StaffChanged
from hopso.inventory.sites.store import sites_store
from hopso.meetings.content import IMeeting
from hopso.organisation.tree import today
from zope.event import notify


# Operations after which somebody may not look after a site any more.
LEAVING = ("account.disable", "account.transfer")


def staff_changed(event):
    """Tell whom it concerns."""
    telling.tell_change(event)


def operation_done(event):
    """Bring the sheet of a meeting up to date; end the work of those who leave."""
    if IMeeting.providedBy(event.context):
        telling.update_sheet(event.context)
    elif event.operation.name in LEAVING:
        leave_sites(event.params.get("user", ""))


def meeting_modified(meeting, event):
    """A form changed a meeting."""
    telling.update_sheet(meeting)


def leave_sites(user_id: str) -> None:
    """End the work of a person at the sites where she may not be any more (HN-R/3.2: somebody else is needed)."""
    store = sites_store()
    for uid in list(store.of_person.get(user_id, ())):
        site = site_by_uid(uid)
        if site is None or staff.may_serve(site, user_id):
            continue
        for record_id, one in store.staff_of(uid):
            if one.user_id == user_id and one.until is None:
                store.put_staff(uid, record_id, staff.ended(one, max(one.since, today()), ""))
                unit = staff.unit_id_of(site)
                notify(StaffChanged(uid, unit, one.role, today(), relieved=user_id))

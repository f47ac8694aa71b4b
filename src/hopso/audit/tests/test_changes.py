"""What changed: fields of content, settings, rights; and what of it stays out of the log."""

from datetime import timedelta

from hopso.audit import grants
from hopso.audit import log
from hopso.audit.describe import plain_details
from hopso.audit.describe import plain_text
from hopso.audit.snapshot import changes_of
from hopso.core.aside import in_own_transaction
from hopso.core.operation import find_operation
from hopso.factories import PASSWORD
from plone import api
from plone.namedfile.file import NamedBlobFile
import pytest
import requests
import transaction


@pytest.fixture
def committed(served_house):
    return served_house


def last(operation):
    return log.entries(operation=operation, limit=1)[0]


def test_a_change_tells_before_and_after(committed, make):
    meeting, start = committed.meeting, committed.meeting.start
    make.change(meeting, title="Giao ban tuần 49", start=start + timedelta(days=1))
    assert last("content.modified").changes == {
        "start": (start.isoformat(), (start + timedelta(days=1)).isoformat()),
        "title": ("Giao ban tuần 48", "Giao ban tuần 49"),
    }


def test_a_second_change_in_the_same_transaction_is_told_apart(committed, make):
    make.change(committed.meeting, title="Một")
    make.change(committed.meeting, title="Hai")
    assert last("content.modified").changes == {"title": ("Một", "Hai")}


def test_a_change_after_a_savepoint_is_told_as_well(committed, make):
    transaction.savepoint(optimistic=True)
    committed.meeting.purpose = "Khác"
    transaction.savepoint(optimistic=True)
    assert changes_of(committed.meeting) == {"purpose": ("Chỉ đạo, điều hành", "Khác")}


def test_long_texts_and_files_are_told_in_short(committed, make):
    document = make.create_document(committed.meeting, file=NamedBlobFile(data=b"Mot", filename="mot.txt"))
    transaction.commit()
    make.change(document, file=NamedBlobFile(data=b"Hai!", filename="hai.txt"))
    make.change(committed.meeting, content="x" * 900)
    found = log.entries(operation="content.modified", limit=2)
    assert found[1].changes["file"] == ("mot.txt (3 B)", "hai.txt (4 B)")
    assert found[0].changes["content"][1] == "x" * 40 + "… (900)"


def test_what_is_classified_shows_no_values(committed, make):
    make.change(committed.meeting, classification="mat")
    assert last("content.modified").changes == {"classification": ("•••", "•••")}
    item = make.create_item(committed.meeting, "Kế hoạch bí mật")
    assert last("content.added").title == "•••" and item.title


def test_new_content_and_untouched_content_have_no_changes(committed, make):
    assert changes_of(committed.meeting) == {}
    assert changes_of(make.create_item(committed.meeting)) == {}


def test_looking_at_changes_writes_nothing(committed):
    jar = committed.portal._p_jar
    before = len(jar._registered_objects)
    changes_of(committed.meeting)
    assert len(jar._registered_objects) == before


def test_an_operation_tells_what_it_changed_and_about_whom(committed, make):
    with make.as_user(committed.secretary):
        find_operation(committed.meeting, "add_participants")(
            committed.meeting, principals=(f"user:{committed.substitute}",)
        )
    found = last("meeting.add_participants")
    assert found.subject == committed.substitute
    assert set(found.units) == {committed.office.getId(), committed.department.getId()}
    assert log.history_of(committed.meeting)[0] == found


@pytest.mark.rule("BD-5.3")
@pytest.mark.parametrize(
    ("values", "plain"),
    [
        ({"phone": "0905123456", "whom": "Ông Bình"}, {"phone": "•••", "whom": "Ông Bình"}),
        ({"email": "a@b.vn", "fullname": "Lê Văn A"}, {"email": "•••", "fullname": "•••"}),
        ({"reason": "gọi 0905 123 456 hoặc a.b@c.gov.vn"}, {"reason": "gọi ••• hoặc •••"}),
        ({"guest": {"email": "a@b.vn", "rows": 3}}, {"guest": {"email": "•••", "rows": 3}}),
        ({"decision": "214/BC-STC", "day": "2026-11-20"}, {"decision": "214/BC-STC", "day": "2026-11-20"}),
    ],
)
def test_personal_data_that_the_log_does_not_need_stays_out(values, plain):
    assert plain_details(values) == plain


@pytest.mark.parametrize("text", ["số 0912/QĐ-UBND", "20/11/2026 08:00", "1.234.567.890 đồng", "0 giờ"])
def test_what_only_looks_like_a_telephone_number_stays(text):
    assert plain_text(text) == text


# --- settings -------------------------------------------------------------------------


@pytest.mark.rule("BD-3.3")
def test_a_setting_is_told_with_before_and_after(house):
    before = api.portal.get_registry_record("plone.site_title")
    api.portal.set_registry_record("plone.site_title", "Họp Số tỉnh")
    found = last("setting.changed")
    assert found.details == {"setting": "plone.site_title"}
    assert found.changes == {"plone.site_title": (before, "Họp Số tỉnh")}


def test_secrets_among_settings_stay_out(house):
    api.portal.set_registry_record("plone.smtp_pass", "Rat-bi-mat-1")
    api.portal.set_registry_record("plone.email_from_address", "vp@tinh.gov.vn")
    assert "Rat-bi-mat-1" not in str(log.entries(operation="setting."))
    assert "vp@tinh.gov.vn" not in str(log.entries(operation="setting."))
    assert last("setting.changed").changes["plone.email_from_address"][1] == "•••"


def test_a_setting_that_stays_as_it_is_leaves_no_entry(house):
    before = len(log.entries(operation="setting."))
    value = api.portal.get_registry_record("plone.site_title")
    api.portal.set_registry_record("plone.site_title", value)
    assert len(log.entries(operation="setting.")) == before


def test_an_add_on_is_one_entry_not_one_for_each_of_its_settings(house, portal):
    before = len(log.entries(operation="setting.added"))
    portal.portal_setup.runAllImportStepsFromProfile("profile-plone.session:default")
    assert last("profile.imported").details["profile"] == "profile-plone.session:default"
    assert len(log.entries(operation="setting.added")) == before


def test_policy_changes_are_operations_with_their_settings(house, portal, make):
    with make.as_system():
        find_operation(portal, "policy.change")(portal, values={"password_max_age": 60})
    names = [one.operation for one in log.entries(limit=2)]
    assert names == ["policy.change", "setting.changed"]
    assert last("setting.changed").changes == {"hopso.policy.password_max_age": (90, 60)}


# --- accounts and rights in Plone's own forms -----------------------------------------------


def test_accounts_and_groups_of_plone_itself(house, portal, make):
    api.user.create(
        email="x@example.vn", username="nguoimoi", password=PASSWORD, properties={"fullname": "X Y"}
    )
    assert last("account.added").subject == "nguoimoi"
    api.group.create("nhom")
    api.group.add_user(groupname="nhom", username="nguoimoi")
    assert (last("group.member_added").subject, last("group.member_added").details) == (
        "nguoimoi",
        {"group": "nhom"},
    )
    portal.portal_membership.getMemberById("nguoimoi").setMemberProperties({"fullname": "Tên Khác"})
    assert last("account.properties").details == {"fields": ["fullname"]}
    with make.as_system():
        api.user.delete(username="nguoimoi")
    assert last("account.deleted").subject == "nguoimoi"
    assert "Tên Khác" not in str(log.entries(limit=20))


@pytest.fixture
def watch(committed):
    """Do something as Plone's own form would; return the entries that it leaves."""

    def carry_out(function):
        transaction.commit()
        kept = len(log.entries())
        function()
        jar = committed.portal._p_jar
        grants.compare(committed.portal, [one for one in jar._registered_objects if one._p_changed])
        found = log.entries()
        return found[: len(found) - kept]

    return carry_out


def test_roles_for_the_whole_site_are_told(committed, watch):
    roles = committed.portal.acl_users.portal_role_manager
    (found,) = watch(lambda: roles.assignRoleToPrincipal("Manager", committed.outsider))
    assert (found.operation, found.subject) == ("role.granted", committed.outsider)
    assert "Manager" in found.changes["roles"][1] and "Manager" not in found.changes["roles"][0]
    (found,) = watch(lambda: roles.removeRoleFromPrincipal("Manager", committed.outsider))
    assert (found.operation, found.subject) == ("role.withdrawn", committed.outsider)


def test_permissions_and_local_roles_are_told(committed, watch):
    office = committed.office
    (found,) = watch(lambda: office.manage_permission("View", ["Anonymous"], acquire=1))
    assert (found.operation, found.uid) == ("permission.changed", office.UID())
    assert found.changes["View"][1] == ["Anonymous"]
    (found,) = watch(lambda: office.manage_setLocalRoles(committed.outsider, ["Editor"]))
    assert (found.operation, found.changes) == ("role.changed", {committed.outsider: ("", ["Editor"])})


def test_workflows_and_plug_ins_are_told(committed, watch):
    tool = committed.portal.portal_workflow

    def open_up():
        tool["hopso_meeting_workflow"].states["draft"].setPermission("View", 0, ["Anonymous"])

    assert {one.operation for one in watch(open_up)} == {"workflow.changed"}
    plugins = committed.portal.acl_users.plugins

    def switch_off():
        from Products.PluggableAuthService.interfaces.plugins import IGroupsPlugin

        plugins.deactivatePlugin(IGroupsPlugin, "hopso_groups")

    assert {one.operation for one in watch(switch_off)} == {"plugin.changed"}


def test_a_grant_in_plones_own_service_is_on_record(committed):
    in_own_transaction(
        lambda site: site.acl_users.portal_role_manager.assignRoleToPrincipal("Manager", committed.leader)
    )
    answer = requests.patch(
        f"{committed.portal.absolute_url()}/@users/{committed.outsider}",
        json={"roles": {"Editor": True}},
        auth=(committed.leader, PASSWORD),
        headers={"Accept": "application/json"},
        timeout=30,
    )
    transaction.begin()
    assert answer.status_code == 204
    found = last("role.granted")
    assert (found.who, found.subject) == (committed.leader, committed.outsider)


@pytest.mark.parametrize(("view", "ours"), [("audit-log", True), ("usergroup-userprefs", False)])
def test_views_of_ours_are_left_to_their_operations(house, portal, view, ours):
    from hopso.interfaces import IHopsoLayer
    from zope.interface import alsoProvides

    alsoProvides(portal.REQUEST, IHopsoLayer)
    assert grants.is_ours(api.content.get_view(view, portal, portal.REQUEST)) is ours

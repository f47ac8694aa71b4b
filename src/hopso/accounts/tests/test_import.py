"""Import: a dry run, every bad row with every reason, then all or nothing, once."""

from hopso.accounts import exporting
from hopso.accounts import importing
from hopso.accounts import imports
from hopso.accounts import listing
from hopso.accounts import operations
from hopso.accounts.identities import email_of
from hopso.accounts.identities import fullname_of
from hopso.accounts.records import account_of
from hopso.accounts.records import account_store
from hopso.accounts.records import DISABLED
from hopso.accounts.sheets import read
from hopso.accounts.tests.conftest import logged
from hopso.accounts.tests.files import upload
from hopso.accounts.tests.test_pages import view_of
from hopso.audit.log import entries
from hopso.core import errors
from hopso.factories import as_user
from hopso.organisation.assignments import assignment_store
from hopso.organisation.assignments import functions_of
from hopso.tasks.testing import run_all
import pytest
from zExceptions import Unauthorized
from zope.annotation.interfaces import IAnnotations


HEAD = (
    "Tên đăng nhập", "Họ và tên", "Thư điện tử công vụ", "Điện thoại", "Mã đơn vị", "Đối tượng", "Vai trò",
    "Chức vụ", "Biến động nhân sự", "Số quyết định", "Ngày ký quyết định",
)  # fmt: skip
GOOD = (
    ("", "Nguyễn Thị Một", "mot@example.vn", "0911", "", "Công chức", "Đầu mối; Lãnh đạo", "Phó phòng"),
    ("hai.nv", "Nguyễn Văn Hai", "hai@example.vn", "", "VP", "Viên chức", "", "", "Tuyển dụng", "9/QĐ", "02/11/2026"),
    ("thuky", "Võ Minh Khoa", "thuky@example.vn", "0999"),
    ("daumoi", "Lê Phương Thảo", "daumoi@example.vn"),
    ("duyet", "", "", "", "", "", "", "", "Nghỉ hưu", "10/QĐ-SNV", "05/11/2026"),
)  # fmt: skip


def hand_in(staff, *rows, who="admin", head=HEAD):
    """Hand a file in and have it checked; return the import."""
    with as_user(getattr(staff, who)):
        made = importing.hand_in(staff.office, file=upload(head, *rows))
    run_all()
    return made


def total():
    return len(account_store().by_id)


def function_titles():
    from hopso.accounts import columns

    return {name: columns.said(title) for name, title in columns.CHOICES["function"].items()}


@pytest.fixture
def good():
    """GOOD with the names of functions as they are called."""
    titles = function_titles()
    first = list(GOOD[0])
    first[6] = f"{titles['coordinators']}; {titles['leaders']}"
    return (tuple(first), *GOOD[1:])


def test_a_dry_run_changes_nothing_and_tells_what_would_be(staff, good):
    before = total()
    made = hand_in(staff, *good)
    assert (made.status, made.message) == (imports.CHECKED, "")
    assert made.counts == {"create": 2, "change": 1, "transfer": 0, "close": 1, "same": 1, "bad": 0}
    assert [(number, action, user) for number, action, user, *_rest in made.plan] == [
        (2, "create", "motnt"),
        (3, "create", "hai.nv"),
        (4, "change", "thuky"),
        (5, "same", "daumoi"),
        (6, "close", "duyet"),
    ]
    assert total() == before
    assert logged("account.import") == 1
    assert logged("account.create") == 0


def test_a_confirmed_import_is_carried_out_once(staff, good):
    made = hand_in(staff, *good)
    with as_user(staff.admin):
        importing.confirm(staff.office, import_id=made.id)
        importing.confirm(staff.office, import_id=made.id)
    run_all()
    assert (made.status, made.message) == (imports.DONE, "")
    assert (made.progress.done, made.progress.total) == (5, 5)
    office = staff.office.getId()
    assert {(one.unit, one.function, one.position) for one in functions_of("motnt")} == {
        (office, "coordinators", "Phó phòng"),
        (office, "leaders", "Phó phòng"),
    }
    assert account_of("hai.nv").employment_kind == "public_employee"
    assert [event.decision for event in account_of("hai.nv").events] == ["9/QĐ"]
    assert account_of("thuky").phone == "0999"
    assert account_of("duyet").status == DISABLED
    assert {entry.who for entry in entries(operation="account.create")} == {staff.admin}
    count = total()
    with as_user(staff.admin):
        importing.confirm(staff.office, import_id=made.id)
    importing.run_import(made.id)
    run_all()
    assert total() == count
    assert logged("account.create") == 2
    again = hand_in(staff, *good)
    assert again.counts["same"] == 5


def test_every_bad_row_is_named_with_all_its_reasons(staff):
    made = hand_in(
        staff,
        ("", "Người Đúng", "dung@example.vn"),
        ("BAD NAME", "", "no-address", "", "XX", "Khách", "Vua", "", "Tuyển dụng", "", "31/02/2026"),
        ("", "Phạm Quang", "daibieu@example.vn"),
        ("", "Người Đúng", "dung@example.vn"),
        ("", "=1+1", "x@example.vn"),
        ("admin_vp", "", "", "", "", "", "", "", "Nghỉ hưu", "1/QĐ", "01/11/2026"),
    )
    bad = {
        number: [column for column, _text in problems]
        for number, action, *_r, problems in made.plan
        if action == "bad"
    }
    assert set(bad[3]) == {
        "user", "fullname", "email", "unit", "employment_kind", "function", "decision", "decided_on",
    }  # fmt: skip
    assert bad[4] == ["email"]
    assert bad[5] == ["email"]
    assert "fullname" in bad[6]
    assert bad[7]
    assert set(bad) == {3, 4, 5, 6, 7}
    with as_user(staff.admin), pytest.raises(errors.WrongState):
        importing.confirm(staff.office, import_id=made.id)
    assert made.status == imports.CHECKED
    with as_user(staff.admin):
        page = view_of(staff.office, "import-accounts", **{"import": made.id})()
    assert "hs-tag--bad" in page
    assert logged("account.confirm_import") == 0


def test_what_changed_since_the_check_stops_all_of_it(staff, person):
    made = hand_in(staff, ("", "Người Một", "mot@example.vn"), ("", "Người Hai", "moi@example.vn"))
    with as_user(staff.admin):
        operations.create(staff.office, **person)
        before = total()
        importing.confirm(staff.office, import_id=made.id)
    run_all()
    assert made.status == imports.REFUSED
    assert total() == before
    assert account_of("motn") is None


def test_the_rights_of_the_person_who_confirmed_are_asked_again(staff):
    made = hand_in(staff, ("", "Người Một", "mot@example.vn"))
    with as_user(staff.admin):
        importing.confirm(staff.office, import_id=made.id)
    assignment_store().end(staff.admin, staff.office.getId(), "admins")
    IAnnotations(staff.portal.REQUEST).clear()  # the job has a request of its own, and roles are kept in it
    run_all()
    assert made.status == imports.REFUSED
    assert account_of("motn") is None


def test_units_below_are_named_by_their_code_and_others_are_out_of_reach(staff, make):
    division = make.create_unit("Phòng Tổng hợp", "TH", parent=staff.office)
    made = hand_in(
        staff,
        ("", "Người Dưới", "duoi@example.vn", "", "th"),
        ("", "Người Ngoài", "ngoai@example.vn", "", "SNV"),
    )
    assert [row[1] for row in made.plan] == ["create", "bad"]
    made = hand_in(staff, ("", "Người Dưới", "duoi@example.vn", "", "TH"))
    with as_user(staff.admin):
        importing.confirm(staff.office, import_id=made.id)
    run_all()
    assert account_of("duoin").unit == division.getId()


def test_transfers_between_units_in_reach(staff):
    row = ("thuky", "Võ Minh Khoa", "thuky@example.vn", "", "SNV", "", "", "Chuyên viên")
    with as_user(staff.province_admin):
        made = importing.hand_in(staff.committee, file=upload(HEAD, row))
    run_all()
    assert made.plan[0][1] == "bad"
    with as_user(staff.province_admin):
        made = importing.hand_in(
            staff.committee, file=upload(HEAD, (*row, "Luân chuyển, điều động", "3/QĐ", "01/11/2026"))
        )
    run_all()
    assert made.plan[0][1] == "transfer", made.plan
    with as_user(staff.province_admin):
        importing.confirm(staff.committee, import_id=made.id)
    run_all()
    assert made.status == imports.DONE, made.message
    assert account_of("thuky").unit == staff.department.getId()


@pytest.mark.parametrize("who", ["department_admin", "coordinator", "delegate"])
def test_nobody_else_imports(staff, who):
    made = hand_in(staff, ("", "Người Một", "mot@example.vn"))
    with as_user(getattr(staff, who)):
        with pytest.raises(errors.Denied):
            importing.hand_in(staff.office, file=upload(HEAD))
        with pytest.raises(errors.Denied):
            importing.confirm(staff.office, import_id=made.id)
        for name in ("import-accounts", "import-progress", "export-accounts", "accounts-template.xlsx"):
            with pytest.raises(Unauthorized):
                view_of(staff.office, name)
    assert made.status == imports.CHECKED
    with as_user(staff.department_admin), pytest.raises(errors.Invalid):
        importing.confirm(staff.department, import_id=made.id)
    assert logged("account.confirm_import") == 0


def test_a_file_that_cannot_be_read_says_why(staff):
    made = hand_in(staff, head=("Họ và tên",))
    assert made.status == imports.UNREADABLE
    with as_user(staff.admin):
        page = view_of(staff.office, "import-accounts", **{"import": made.id})()
    assert "hs-note--bad" in page
    with as_user(staff.admin), pytest.raises(errors.WrongState):
        importing.confirm(staff.office, import_id=made.id)


def test_what_is_exported_is_imported_unchanged_and_holds_no_formulas(staff):
    with as_user(staff.admin):
        operations.change(staff.office, user=staff.secretary, phone="+84 912 000 111", fullname="=1+1 Khoa")
        for form in ("xlsx", "csv"):
            data = view_of(staff.office, "export-accounts", format=form)()
            rows = {row.values["user"]: row for row in read(f"a.{form}", data)}
            assert set(rows) == {line.user_id for line in listing.find(staff.office, listing.Filter())}
            assert rows[staff.secretary].values["phone"] == "+84 912 000 111"
    assert b"'=1+1" in data
    assert logged("export.accounts") == 2
    with as_user(staff.admin):
        operations.change(staff.office, user=staff.secretary, fullname="Võ Minh Khoa")
        data = view_of(staff.office, "export-accounts", format="csv")()
    from plone.namedfile.file import NamedBlobFile

    with as_user(staff.admin):
        made = importing.hand_in(staff.office, file=NamedBlobFile(data=data, filename="a.csv"))
    run_all()
    assert {row[1] for row in made.plan} == {"same"}, made.plan


def test_the_template_names_what_is_allowed(staff):
    import io

    from openpyxl import load_workbook

    with as_user(staff.admin):
        data = view_of(staff.office, "accounts-template.xlsx")()
    book = load_workbook(io.BytesIO(data))
    first, second = book.worksheets
    assert [cell.value for cell in first[1]][:3] == ["Tên đăng nhập", "Họ và tên *", "Thư điện tử công vụ *"]
    values = {cell.value for row in second.iter_rows() for cell in row}
    assert {"VP", "Văn phòng", "Công chức", *function_titles().values()} <= values
    assert first.data_validations.count == 4
    assert exporting.XLSX.endswith("sheet")


def test_names_and_addresses_follow(staff):
    made = hand_in(staff, ("thuky", "Võ Minh Khôi", "khoi@example.vn"))
    assert made.plan[0][4] == ("fullname", "email")
    with as_user(staff.admin):
        importing.confirm(staff.office, import_id=made.id)
    run_all()
    assert (fullname_of("thuky"), email_of("thuky")) == ("Võ Minh Khôi", "khoi@example.vn")

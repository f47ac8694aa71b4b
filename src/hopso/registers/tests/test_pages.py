"""Pages, spreadsheets and services of registers, reports and use."""

from datetime import date

from hopso.factories import as_user
from hopso.interfaces import IHopsoLayer
from hopso.policy.api import store_values
from hopso.registers.operations import entries
from hopso.registers.operations import reports
import pytest
import requests
import transaction
from zope.interface import alsoProvides


@pytest.fixture
def live(served_house, make):
    house = served_house
    store_values(
        {
            "rule_sets": ["NT"],
            "report_cycles": ["units=12"],
            "valid_from": "2025-01-01",
            "maintenance_months": 3,
        }
    )
    with as_user(house.admin):
        house.entry = entries.plan_maintenance(
            house.office, title="Kiểm tra =quý", planned_on=date(2026, 11, 20), kind="periodic_check"
        )
        house.report = reports.begin(house.office, actor="units", months=12, last=date(2025, 12, 31))
    transaction.commit()
    house.url = house.office.absolute_url()
    return house


def get(house, path, user, **options):
    return requests.get(
        f"{house.url}/{path}",
        auth=(user, "Mat-khau-2026!"),
        timeout=60,
        allow_redirects=False,
        cookies={"I18N_LANGUAGE": "vi"},
        **options,
    )


def test_pages_show_what_is_planned_and_owed(live):
    page = get(live, "@@register?book=maintenance", live.admin)
    assert page.status_code == 200
    assert "Kiểm tra =quý" in page.text and "TQ-P5/4" not in page.text
    assert "chưa được kiểm tra lần nào" in page.text or "phải được kiểm tra" in page.text
    page = get(live, "@@register?book=training", live.admin)
    assert "Kiểm tra =quý" not in page.text
    page = get(live, "@@reports", live.admin)
    assert page.status_code == 200 and "NT-15.1" in page.text and "31/12/2025" in page.text
    page = get(live, "@@adoption", live.leader)
    assert page.status_code == 200 and "Trang không phải in" in page.text
    for book in ("maintenance", "training", "inspection", "plan", "commendation"):
        assert get(live, f"@@add-entry?book={book}", live.admin).status_code == 200, book
    for thing in (live.entry, live.report):
        answer = requests.get(thing.absolute_url(), auth=(live.admin, "Mat-khau-2026!"), timeout=60)
        assert answer.status_code == 200 and thing.title.split("=")[0] in answer.text


@pytest.mark.parametrize(
    "path", ["@@reports", "@@reports.xlsx", "@@adoption", "@@adoption.xlsx", "@reports", "@adoption"]
)
def test_strangers_and_other_units_get_nothing(live, path):
    headers = {"Accept": "application/json" if path.startswith("@r") or path == "@adoption" else "text/html"}
    answer = get(live, path, live.outsider, headers=headers)
    assert answer.status_code in (302, 401, 403)
    assert requests.get(
        f"{live.url}/{path}", timeout=60, allow_redirects=False, headers=headers
    ).status_code in (302, 401, 403)


def test_other_units_see_no_entry_in_the_register(live):
    answer = get(live, "@register?book=maintenance", live.outsider, headers={"Accept": "application/json"})
    assert answer.status_code == 200 and answer.json()["items_total"] == 0
    answer = get(live, "@register?book=maintenance", live.admin, headers={"Accept": "application/json"})
    assert [one["title"] for one in answer.json()["items"]] == ["Kiểm tra =quý"]
    assert answer.json()["items"][0]["planned_on"].startswith("2026-11-20")


def test_spreadsheets(live):
    for path in ("@@register.xlsx?book=maintenance", "@@reports.xlsx", "@@adoption.xlsx"):
        answer = get(live, path, live.admin)
        assert answer.status_code == 200 and answer.content[:2] == b"PK", path


def test_services_answer_with_figures(live):
    answer = get(live, "@reports", live.admin, headers={"Accept": "application/json"}).json()
    assert answer["items"][0]["due"] == "15/01/2026"
    answer = get(live, "@adoption", live.leader, headers={"Accept": "application/json"}).json()
    assert answer["saved"] == {"saved": "0", "printed": "0"}


def test_the_start_page_names_the_reports_that_are_due(house, make, integration):
    from hopso.registers.views.cards import ReportsDue

    store_values({"rule_sets": ["NT"], "report_cycles": ["units=12"], "valid_from": "2025-01-01"})
    request = integration["request"]
    alsoProvides(request, IHopsoLayer)
    with as_user(house.admin):
        (row,) = ReportsDue(house.portal, request).rows()
        assert row["overdue"] and row["url"].endswith("/@@reports")
    with as_user(house.delegate):
        assert not ReportsDue(house.portal, request).shown()

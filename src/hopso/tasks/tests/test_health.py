"""The health page: what each check says, and who may see it."""

from pathlib import Path
from types import SimpleNamespace

from hopso.tasks import health
from hopso.tasks.presence import Presence
from hopso.tasks.views import checks
from plone import api
from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import SITE_OWNER_PASSWORD
import pytest
import requests
import transaction


def saying(**programs):
    """Return a stand-in for ``program_output`` that knows some programs."""

    def ask(name, *arguments):
        return programs.get(name)

    return ask


@pytest.mark.parametrize(
    ("check", "level", "found"),
    [
        (health.libreoffice(saying()), "bad", "missing"),
        (
            health.libreoffice(saying(soffice="LibreOffice 7.4.7.2 40(Build:2)")),
            "good",
            "LibreOffice 7.4.7.2",
        ),
        (health.tesseract(saying()), "bad", "missing"),
        (health.tesseract(saying(tesseract="List of languages:\neng\nosd")), "bad", "without Vietnamese"),
        (health.tesseract(saying(tesseract="tesseract 5.3.0\nvie")), "good", "tesseract 5.3.0"),
        (health.worker([]), "bad", "none is running"),
        (health.queue_length(0, 3), "good", "${waiting} waiting, ${delayed} later"),
        (health.queue_length(201, 0), "warn", "${waiting} waiting, ${delayed} later"),
        (health.mail("localhost", ""), "warn", "not set up"),
        (health.mail("", "so@tinh.vn"), "warn", "not set up"),
        (health.mail("mail.tinh.vn", "so@tinh.vn"), "good", "so@tinh.vn (mail.tinh.vn)"),
        (health.database("ZEO", True), "good", "ZEO"),
        (health.database("ZEO", False), "bad", "no connection"),
        (health.disk(None), "warn", "unknown"),
    ],
)
def test_what_a_check_says(check, level, found):
    assert (check.level, str(check.found)) == (level, found)
    assert bool(check.advice) == (level != "good") or check.found == "unknown"
    assert check.on is (level != "bad")


@pytest.mark.parametrize(("megabytes", "level"), [(100, "bad"), (1000, "warn"), (50_000, "good")])
def test_disk_space(megabytes, level):
    def usage(folder):
        return SimpleNamespace(free=megabytes * 2**20, total=100 * 2**30)

    assert health.disk(Path("/srv"), usage).level == level


def test_a_living_worker(jobs):
    record = Presence(jobs, 1).record
    assert health.worker([record], record.seen + 5).level == "good"
    assert health.worker([record], record.seen + 500).level == "bad"


@pytest.mark.parametrize(
    ("levels", "worst"),
    [(["good"], "good"), (["good", "warn"], "warn"), (["warn", "bad"], "bad"), ([], "good")],
)
def test_the_worst_counts(levels, worst):
    assert health.worst([health.Check("x", "x", level, "") for level in levels]) == worst


def test_programs_are_asked_with_a_limit(monkeypatch):
    assert health.program_output("no-such-program-here") is None
    assert health.program_output("python3", "--version").startswith("Python 3")
    monkeypatch.setattr(health, "PROGRAM_SECONDS", 0.2)
    assert health.program_output("sleep", "5") is None


def test_all_checks_on_a_site(portal):
    found = {check.id: check for check in checks(portal)}
    assert set(found) >= {
        *("database", "worker", "queue", "libreoffice", "tesseract", "pypdfium2", "mail", "disk"),
        *("audit", "organisation"),
    }
    assert found["pypdfium2"].on
    assert not found["worker"].on


def test_the_page_is_for_those_who_may_see_it(functional):
    portal = functional["portal"]
    url = portal.absolute_url()
    json = {"Accept": "application/json"}
    admin = (SITE_OWNER_NAME, SITE_OWNER_PASSWORD)
    portal.acl_users.userFolderAddUser("ai_do", "Mat-khau-2026!", ["Member"], [])
    api.portal.set_registry_record("plone.email_from_address", "so@tinh.vn")
    transaction.commit()

    page = requests.get(f"{url}/@@health", auth=admin, timeout=60)
    assert page.status_code == 200
    assert "no-store" in page.headers["Cache-Control"]
    assert 'id="check-worker"' in page.text
    assert "Plone" in page.text

    answer = requests.get(f"{url}/@health", auth=admin, headers=json, timeout=60)
    assert answer.status_code == 503  # no worker
    told = answer.json()
    assert told["level"] == "bad"
    assert {check["id"]: check["on"] for check in told["checks"]}["worker"] is False
    assert "huey" in told["versions"]

    for auth in (None, ("ai_do", "Mat-khau-2026!")):
        assert requests.get(f"{url}/@health", auth=auth, headers=json, timeout=60).status_code == 401
        refused = requests.get(f"{url}/@@health", auth=auth, allow_redirects=False, timeout=60)
        assert refused.status_code in (302, 401)
        assert "check-worker" not in refused.text

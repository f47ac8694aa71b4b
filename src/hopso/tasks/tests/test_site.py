"""What a job finds when it runs: the site, all rights, links that work, a transaction of its own."""

from AccessControl import getSecurityManager
from hopso.interfaces import IHopsoLayer
from hopso.tasks import queue as tasks
from hopso.tasks.jobs import task
from hopso.tasks.site import find_site
from hopso.tasks.site import NoSite
from hopso.tasks.site import run_in_site
from hopso.tasks.site import TRIES_AFTER_CONFLICT
from hopso.tasks.testing import run_all
from plone import api
import pytest
import transaction
from ZODB.POSException import ConflictError
from zope.globalrequest import getRequest


@task("tests.rename")
def rename(title):
    """Change the site, so that a test can see it."""
    api.portal.get().title = title


def test_a_job_works_in_the_site(functional):
    def job(word):
        assert IHopsoLayer.providedBy(getRequest())
        assert getSecurityManager().checkPermission("Manage portal", api.portal.get())
        api.portal.get().title = word
        return api.portal.get().absolute_url()

    transaction.commit()
    run_in_site(job, {"word": "Đã chạy"})
    transaction.begin()
    assert functional["portal"].title == "Đã chạy"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", "http://localhost/plone"),
        ("http://localhost:8080/plone", "http://localhost:8080/plone"),
        ("https://hop.tinh.gov.vn", "https://hop.tinh.gov.vn"),
        ("https://tinh.gov.vn/so/plone/", "https://tinh.gov.vn/so/plone"),
    ],
)
def test_links_begin_with_the_address_of_the_site(functional, monkeypatch, url, expected):
    monkeypatch.setenv("HOPSO_URL", url)
    transaction.commit()
    assert run_in_site(lambda: api.portal.get().absolute_url(), {}) == expected


def test_a_conflict_is_tried_again_and_errors_are_not(functional):
    tries = []

    def conflicts(times):
        tries.append(1)
        api.portal.get().title = f"try {len(tries)}"
        if len(tries) <= times:
            raise ConflictError

    transaction.commit()
    run_in_site(conflicts, {"times": 3})
    transaction.begin()
    assert (len(tries), functional["portal"].title) == (4, "try 4")

    tries.clear()
    with pytest.raises(ConflictError):
        run_in_site(conflicts, {"times": 1000})
    assert len(tries) == TRIES_AFTER_CONFLICT

    def fails():
        api.portal.get().title = "never"
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        run_in_site(fails, {})
    transaction.begin()
    assert functional["portal"].title == "try 4"


def test_no_site(functional):
    assert find_site(functional["app"]).getId() == "plone"
    with pytest.raises(NoSite):
        find_site(functional["app"], "elsewhere")


def test_run_all_before_the_commit(portal):
    tasks.enqueue_after_commit("tests.rename", title="Ngay trong giao dịch")
    assert run_all() == [("tests.rename", {"title": "Ngay trong giao dịch"})]
    assert portal.title == "Ngay trong giao dịch"
    assert run_all() == []


def test_run_all_after_the_commit(functional):
    tasks.enqueue_after_commit("tests.rename", title="Sau khi ghi")
    transaction.commit()
    assert len(run_all()) == 1
    transaction.abort()
    assert functional["portal"].title == "Sau khi ghi"

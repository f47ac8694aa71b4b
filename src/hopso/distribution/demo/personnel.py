"""What happened to accounts of the demo: decisions of the past, a leaver, a guest.

Decisions are written directly, with their days; the guest is invited by the person
who would do it.
"""

from datetime import timedelta

from AuthEncoding import AuthEncoding
from hopso import factories
from hopso.accounts import guests
from hopso.accounts.records import account_of
from hopso.accounts.records import DISABLED
from hopso.accounts.records import PersonnelEvent
from hopso.core.text import local
from hopso.core.text import now
from hopso.distribution.demo import data
from hopso.distribution.demo.accounts import DOMAIN
from hopso.distribution.demo.accounts import PASSWORD
from hopso.distribution.demo.organisation import find_unit
from hopso.organisation.assignments import Assignment
from hopso.organisation.assignments import assignment_store
from plone import api


LEAVER, ADMIN = "vp-nghihuu", "quantri-donvi"
# Administrators of the demo, with the paper that names them (BD-4.2/2).
DOCUMENTS = {
    "quantri-donvi": "18/TB-VP",
    "stc-quantri": "7/TB-STC",
    "snv-quantri": "11/TB-SNV",
    "snnmt-quantri": "9/TB-SNNMT",
    "bensao-quantri": "3/TB-UBND",
}


def create_all(meetings: dict) -> int:
    """Enter the decisions, the leaver and the guest; return how many events there are."""
    moment = now()
    for row in data.records("personnel"):
        account = account_of(row["user"])
        account.events = (*account.events, _event(row, moment))
    for user_id, document in DOCUMENTS.items():
        account_of(user_id).assignment_document = document
    _leaver(moment)
    _guest(meetings["giao-ban-tuan"])
    return len(data.records("personnel")) + 1


def _event(row, moment, by=ADMIN):
    day = local(moment - timedelta(days=row["decided"])).date()
    entered = moment - timedelta(days=row["entered"])
    return PersonnelEvent(
        row["kind"],
        row["decision"],
        day,
        day,
        entered,
        by,
        row.get("from", ""),
        row.get("to", ""),
        row.get("note", ""),
    )


def _leaver(moment):
    """Somebody who has retired: her account is closed, her name stays."""
    gone = moment - timedelta(days=25)
    row = {"kind": "retirement", "decision": "377/QĐ-UBND", "decided": 30, "entered": 29, "from": "vp-th"}
    factories.create_person(
        LEAVER,
        "Lưu Thị Thọ",
        find_unit("vp-th"),
        (),
        password=PASSWORD,
        email=f"{LEAVER}@{DOMAIN}",
        account={
            "status": DISABLED,
            "disabled_at": gone,
            "disabled_by": ADMIN,
            "disabled_reason": "left",
            "events": (_event(row, moment),),
        },
    )
    begin = moment - timedelta(days=2400)
    assignment_store().assign(LEAVER, Assignment("vp-th", "members", "Chuyên viên chính", begin, gone))


def _guest(meeting):
    """Somebody of an enterprise, at the briefing only."""
    with factories.as_user("daumoi"):
        account = guests.invite_guest(
            meeting,
            fullname="Lưu Quốc Hưng",
            email="hung.lq@cangbensao.example",
            organisation="Công ty cổ phần Cảng Bến Sao",
            phone="0900 000 777",
        )
    # Straight into the storage: the site is not committed yet, so sessions cannot be ended aside.
    users = api.portal.get_tool("acl_users").source_users
    users._user_passwords[account.user_id] = AuthEncoding.pw_encrypt(PASSWORD)
    account.password_set_at, account.terms_version, account.terms_at = now(), factories.TERMS, now()

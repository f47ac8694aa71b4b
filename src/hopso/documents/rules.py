"""What BD-5.2.a, BD-6.3 and BD-7/2 say of a document; pure functions."""

from hopso import _
from hopso.core.findings import BLOCK
from hopso.core.findings import Finding
from hopso.core.findings import WARN
from hopso.policy.register import finding
from hopso.policy.register import rule


SECRET = ("mat", "toi_mat", "tuyet_mat")
READ_STATES = ("convened", "in_session", "ended", "concluded")
CLOSED_STATES = ("concluded", "archived", "cancelled")


@rule("BD-5.2.a")
def classified(classification: str, classified_policy: str = "no_documents") -> list[Finding]:
    """BD-5.2.a: a document of any secret level is not put on the system.

    *classified_policy* is the policy's ``classified_policy``: ``forbid`` and
    ``no_documents`` refuse it, ``with_plan`` leaves it to the protection plan.
    """
    if classification not in SECRET or classified_policy == "with_plan":
        return []
    return [
        finding(
            "BD-5.2.a",
            BLOCK,
            _(
                "Classified documents must not be put on this system. Hand them out at the meeting; "
                "the agenda shows a neutral placeholder."
            ),
        )
    ]


@rule("BD-5.2.a", "BD-7/2")
def marked(level: str, page: int | None, action: str = "refuse") -> list[Finding]:
    """BD-7/2: a file that carries a secrecy stamp is not published.

    *level* is mat, toi_mat, tuyet_mat or empty; *action* the policy's answer:
    ``refuse`` blocks, ``warn`` lets it pass with a warning.
    """
    if not level:
        return []
    return [
        finding(
            "BD-7/2",
            WARN if action == "warn" else BLOCK,
            _(
                "Page ${page} carries a secrecy stamp. Documents with classified information must not be published.",
                mapping={"page": page or 1},
            ),
            data={"level": level, "page": page},
        )
    ]


@rule("BD-6.3/1")
def approver_known(approvers) -> list[Finding]:
    """BD-6.3/1: before a document is handed in it must be known who approves it."""
    if approvers:
        return []
    return [
        finding(
            "BD-6.3/1",
            BLOCK,
            _("Nobody is named who could approve: name the chair or the approver of the meeting first."),
        )
    ]


@rule("BD-6.3/1", "BD-6.3/2")
def may_approve(user_id: str, approvers, by_office: bool) -> list[Finding]:
    """BD-6.3/1 and BD-6.3/2: only the approver of this meeting approves its documents."""
    if user_id in approvers:
        return []
    if by_office:
        return [
            finding(
                "BD-6.3/2",
                BLOCK,
                _(
                    "Documents for meetings of the provincial committee are approved by a leader of its office."
                ),
            )
        ]
    return [
        finding(
            "BD-6.3/1",
            BLOCK,
            _("Documents are approved by the chair of the meeting or by the approver named for it."),
        )
    ]


@rule("BD-6.3/1")
def approved_before_publication(approved: bool) -> list[Finding]:
    """BD-6.3/1: a document is published only if its present file was approved."""
    if approved:
        return []
    return [
        finding(
            "BD-6.3/1",
            BLOCK,
            _("The present file of this document has not been approved."),
        )
    ]


@rule("BD-7/2")
def pages_seen(busy: bool, failed: bool) -> list[Finding]:
    """BD-7/2: nobody approves what has not been looked through for secrecy stamps.

    *busy* says that the pages are still being prepared, *failed* that they
    could not be.
    """
    if busy:
        return [
            finding(
                "BD-7/2",
                BLOCK,
                _("The pages are still being prepared and checked for secrecy stamps. Please wait a moment."),
            )
        ]
    if failed:
        return [
            finding(
                "BD-7/2",
                WARN,
                _(
                    "The pages could not be prepared, so nobody has looked for secrecy stamps: please check the file."
                ),
            )
        ]
    return []


def meeting_convened(state: str) -> list[Finding]:
    """Documents open with the meeting's convening, not before it."""
    if state in READ_STATES:
        return []
    return [
        finding(
            "BD-6.3/1",
            BLOCK,
            _(
                "The meeting has not been convened yet; its approved documents are published together with it."
            ),
        )
    ]

"""What programs are told when a session is missing or has steps left to do."""

from hopso import _
from hopso.accounts import passwords
from hopso.accounts.gate import presence
from plone import api
from zope.i18n import translate


TYPES = {
    passwords.CODE: ("CodeNeeded", _("A one-time code is needed.")),
    passwords.PASSWORD: ("PasswordChangeNeeded", _("The password must be changed.")),
    passwords.TERMS: ("TermsNeeded", _("The terms of use must be accepted.")),
    passwords.ENROL: ("CodesNeeded", _("One-time codes must be set up for this account.")),
}
NOBODY = ("Unauthorized", _("Please log in."))


def refusal(request, due: tuple[str, ...] | None = None) -> dict:
    """Return status, type and message and, where steps are due, their names and the page for them."""
    if due is None:
        found = presence(request)
        due = found.due if found is not None else ()
    kind, text = TYPES[due[0]] if due else NOBODY
    status = 401
    if not due and not api.user.is_anonymous():
        kind, text, status = "Denied", _("You do not have the right to do this."), 403
    answer = {"type": kind, "message": translate(text, context=request), "status": status}
    if due:
        answer |= {"steps": list(due), "continue": f"{api.portal.get().absolute_url()}/@@continue"}
    return answer

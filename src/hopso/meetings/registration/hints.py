"""What the registration advises without asking for it."""

from hopso import _
from hopso.core.findings import Finding
from hopso.core.findings import WARN
from hopso.policy.register import rule


@rule("HN-P4/3")
def online_recommended(mode: str, recommended: bool, type_title: str = "", basis: str = "") -> list[Finding]:
    """Advise to hold a meeting online whose type is one for it.

    recommended, basis: what the administrators of vocabularies say of the type.
    """
    if not recommended or mode != "in_person":
        return []
    text = _(
        "Meetings of the type “${type}” are to be held online where possible.", mapping={"type": type_title}
    )
    return [Finding("HN-P4/3", WARN, text, basis)]

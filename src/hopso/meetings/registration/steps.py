"""The steps of the guided registration, and what each asks for."""

from dataclasses import dataclass

from hopso import _


@dataclass(frozen=True)
class Step:
    """One page of the guide: ``groups`` are (title, help, names of fields) each."""

    name: str
    title: object
    lead: object
    groups: tuple = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of all fields of the step."""
        return tuple(name for _title, _help, names in self.groups for name in names)


WHAT = Step(
    "what",
    _("The matter"),
    _("What the meeting is about. Everything is kept as a draft that only those who prepare it see."),
    ((_("What the meeting is about"), "", ("title", "kind", "meeting_type", "content", "purpose")),),
)
WHEN = Step(
    "when",
    _("When and where"),
    _("Time, rooms and sites. They are taken for good when the meeting is scheduled."),
    (
        (_("Time"), "", ("start", "end", "mode")),
        (_("Place"), "", ("rooms", "sites", "chair_site", "external_bridge")),
        (
            _("Urgent meetings"),
            _("Only for storm, flood, fire and the like, when there is no time for a later day."),
            ("urgent", "urgent_reason", "urgent_note"),
        ),
    ),
)
WHO = Step(
    "who",
    _("Who"),
    _("Who leads, who prepares, who is invited."),
    (
        (_("Leading and preparing"), "", ("chair", "secretary", "approver", "preparer", "preparing_unit")),
        (_("Those invited"), "", ("participants", "host_contact")),
    ),
)
PAPERS = Step(
    "papers",
    _("Documents and secrecy"),
    _("What is put before the meeting, and how it is protected."),
    (
        (
            _("Protection"),
            _(
                "The host declares whether the content is sensitive; some regulations do not allow it on the system."
            ),
            ("classification", "sensitive"),
        ),
        (_("Other matters"), _("Whatever else those who arrange the meeting should know."), ("other",)),
    ),
)
REVIEW = Step("review", _("Review and hand in"), _("Everything at a glance, and what is still missing."))
STEPS = (WHAT, WHEN, WHO, PAPERS, REVIEW)
BY_NAME = {one.name: one for one in STEPS}
# Where the parts that the regulation asks for are entered.
PLACES = {name: step.name for step in STEPS for name in step.fields} | {"documents": "papers"}


def neighbour(name: str, by: int) -> str:
    """Return the name of the step *by* places further, "" beyond the ends."""
    place = [one.name for one in STEPS].index(name) + by
    return STEPS[place].name if 0 <= place < len(STEPS) else ""

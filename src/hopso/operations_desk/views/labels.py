"""How states and steps of the desk are named and coloured."""

from hopso import _


# portal type -> state -> (name, class of its tag)
STATES = {
    "Incident": {
        "reported": (_("Reported"), "hs-tag--bad"),
        "in_hand": (_("In hand"), "hs-tag--warn"),
        "resolved": (_("Resolved"), "hs-tag--good"),
    },
    "Feedback": {
        "sent": (_("Sent"), "hs-tag--warn"),
        "in_hand": (_("In hand"), "hs-tag--acc"),
        "forwarded": (_("Forwarded"), "hs-tag--acc"),
        "answered": (_("Answered"), "hs-tag--good"),
    },
    "Violation": {
        "recorded": (_("Recorded"), "hs-tag--warn"),
        "decided": (_("Decided"), "hs-tag--acc"),
        "closed": (_("Closed"), ""),
        "annulled": (_("Annulled"), ""),
    },
    "DataRequest": {
        "asked": (_("Asked"), "hs-tag--warn"),
        "granted": (_("Granted"), "hs-tag--good"),
        "refused": (_("Refused"), "hs-tag--bad"),
    },
}
TYPES = {
    "Incident": _("Incident"),
    "Feedback": _("Feedback"),
    "Violation": _("Violation"),
    "DataRequest": _("Request about personal data"),
}
# Transition -> what the history says
STEPS = {
    "take": _("Taken in hand"),
    "resolve": _("Resolved"),
    "reopen": _("Reopened"),
    "forward": _("Forwarded"),
    "answer": _("Answered"),
    "decide": _("Decided"),
    "close": _("Closed"),
    "annul": _("Annulled"),
    "grant": _("Granted"),
    "refuse": _("Refused"),
}
FIRST = {
    "Incident": _("Reported"),
    "Feedback": _("Sent"),
    "Violation": _("Recorded"),
    "DataRequest": _("Asked"),
}
PARTS = {
    "phone": _("Telephone number"),
    "portrait": _("Photo"),
    "profile": _("What the profile says of the person"),
    "email": _("E-mail address"),
}


def tag(portal_type: str, state: str) -> dict:
    """Return name and class of the tag for a state."""
    name, style = STATES[portal_type].get(state, (state, ""))
    return {"name": name, "class": f"hs-tag {style}".strip()}


def minutes_text(minutes: int | None):
    """Return a span of time for people, empty for None."""
    if minutes is None:
        return ""
    if minutes < 120:
        return _("${count} minutes", mapping={"count": minutes})
    if minutes < 2880:
        return _("${count} hours", mapping={"count": round(minutes / 60)})
    return _("${count} days", mapping={"count": round(minutes / 1440)})

"""What the mails say, in the language of the person; never what is in documents."""

from dataclasses import dataclass
from html import escape

from hopso import _
from hopso.audit.describe import SECRET
from hopso.core.text import date_text
from hopso.core.text import datetime_text
from hopso.core.text import span_text
from hopso.inventory.vocabularies import room_title
from hopso.meetings.place import meeting_of
from hopso.organisation.vocabularies import person_name
from hopso.organisation.vocabularies import unit_title
from zope.i18n import translate
from zope.interface import Interface


VI, EN = "vi", "en"
WITHHELD = _("Content not shown")


class IMailFacts(Interface):
    """Adapter of a thing outside of meetings: what a mail about it says."""

    def facts(language: str) -> list:
        """Return (label, text), both translatable."""


@dataclass(frozen=True)
class Kind:
    """One kind of mail: subject (with ``${title}``), what happened, what to do, label of the link."""

    subject: object
    text: object
    todo: object = ""
    link: object = _("Open in Họp Số")
    # Also for people who may not read the meeting: they are told its unit and day only.
    everybody: bool = False
    # What the words are that come with it.
    about: object = _("Reason")


KINDS = {
    "registered": Kind(
        _("Meeting registered: ${title}"),
        _("A meeting was registered and waits to be scheduled."),
        _("Please check the time, the room and the people, and schedule or return it."),
    ),
    "returned": Kind(
        _("Registration returned: ${title}"),
        _("The registration of the meeting was returned to the preparer."),
        _("Please complete it and register it again."),
    ),
    "scheduled": Kind(
        _("Meeting scheduled: ${title}"),
        _("The meeting has its time and place."),
        _("Please have the documents approved and publish the meeting."),
    ),
    "invitation": Kind(
        _("Invitation: ${title}"),
        _("You are invited to the meeting below. The agenda and the documents are open to you."),
        _("Please answer the invitation and read the documents before the meeting."),
    ),
    "step_wanted": Kind(
        _("Meeting to approve: ${title}"),
        _("A meeting was arranged and waits for your approval."),
        _("Please approve or refuse it."),
    ),
    "urgent_decision_wanted": Kind(
        _("Urgent meeting to decide: ${title}"),
        _("An urgent meeting was registered and waits for your decision."),
        _("Please allow or refuse it as soon as you can."),
    ),
    "meeting_approved": Kind(
        _("Meeting approved: ${title}"),
        _("The meeting was approved at its time and place."),
        _("Please prepare and publish it."),
    ),
    "urgent_allowed": Kind(
        _("Urgent meeting allowed: ${title}"),
        _("The urgent meeting was allowed and waits for its time and place."),
    ),
    "refused": Kind(
        _("Meeting refused: ${title}"), _("The meeting was refused and given back to its preparer.")
    ),
    "plan_notice": Kind(
        _("Meeting to prepare technically: ${title}"),
        _("A meeting was arranged for which technical conditions are to be prepared."),
        _("Please acknowledge the plan and prepare rooms, sites and lines."),
        everybody=True,
    ),
    "document_published": Kind(
        _("New document for the meeting: ${title}"),
        _("A document was published for a meeting that you are invited to."),
        _("Please read it before the meeting."),
    ),
    "rescheduled": Kind(
        _("Time or place changed: ${title}"),
        _("The time or the place of the meeting has changed."),
        _("Please note the new time and place."),
    ),
    "postponed": Kind(
        _("Meeting postponed: ${title}"), _("The meeting was postponed. A new time will be announced.")
    ),
    "displaced": Kind(
        _("Meeting must be moved: ${title}"),
        _("The meeting gave its slot to a meeting of higher priority. A new time will be announced."),
    ),
    "cancelled": Kind(_("Meeting cancelled: ${title}"), _("The meeting will not take place.")),
    "approval_wanted": Kind(
        _("Approval wanted: ${title}"),
        _("A document was handed in for your approval."),
        _("Please read it and approve or return it."),
        _("Open the document"),
    ),
    "document_returned": Kind(
        _("Document returned: ${title}"),
        _("The document was returned for changes."),
        _("Please read the comment, change the file and hand it in again."),
        _("Open the document"),
    ),
    "record_review": Kind(
        _("Minutes to approve: ${title}"),
        _("Minutes or a conclusion notice wait for your approval."),
        _("Please read the text and approve or return it."),
    ),
    "record_returned": Kind(
        _("Minutes returned: ${title}"),
        _("Minutes or a conclusion notice were returned for changes."),
        _("Please change the text and hand it in again."),
    ),
    "glass_broken": Kind(
        _("Emergency access to a meeting: ${title}"),
        _("A system administrator has opened the meeting below for reading, in an emergency."),
        _("The access ends by itself. If you do not agree, end it on the page of the meeting."),
        everybody=True,
    ),
    "control_given": Kind(
        _("You control the session: ${title}"),
        _("The chair has handed the control of the session over to you, until it ends."),
        _("Please open and close the session at its time."),
    ),
    "record_issued": Kind(
        _("Minutes issued: ${title}"), _("Minutes or a conclusion notice of a meeting were issued.")
    ),
    "report_due": Kind(
        _("Periodic report due: ${title}"),
        _("Your unit owes a periodic report."),
        _("Please write the assessment and the proposals, and hand the report in."),
    ),
    "report_submitted": Kind(
        _("Report handed in: ${title}"),
        _("A unit has handed its periodic report in."),
        _("Please read it, and accept or return it."),
    ),
    "report_returned": Kind(
        _("Report returned: ${title}"),
        _("The periodic report was returned to your unit."),
        _("Please read the comment, complete the report and hand it in again."),
    ),
    "report_accepted": Kind(
        _("Report accepted: ${title}"), _("The periodic report of your unit was accepted.")
    ),
    "inspection_planned": Kind(
        _("Inspection planned: ${title}"),
        _("An inspection of your unit was planned: how it manages and uses the system."),
        _("Please prepare it."),
    ),
    "training_planned": Kind(
        _("Training: ${title}"), _("You are named for a training."), _("Please keep the day free.")
    ),
    "unit_to_confirm": Kind(
        _("Please confirm the data of the unit: ${title}"),
        _("The data of your unit were not confirmed for some time (Điều 12)."),
        _("Please look at the head, the ways of contact and the people, correct them and confirm."),
        _("Look at the data and confirm"),
    ),
    "incident_reported": Kind(
        _("Incident reported: ${title}"),
        _("An incident was reported in your unit."),
        _("Please take it in hand."),
    ),
    "incident_taken": Kind(_("Incident in hand: ${title}"), _("Somebody looks after what you reported.")),
    "incident_resolved": Kind(
        _("Incident resolved: ${title}"),
        _("What you reported was resolved."),
        _("If it is not, please reopen it."),
    ),
    "incident_reopened": Kind(
        _("Incident reopened: ${title}"),
        _("An incident that was resolved has come back."),
        _("Please take it in hand."),
    ),
    "feedback_sent": Kind(
        _("Feedback: ${title}"),
        _("A difficulty or a proposal was sent to your unit, which runs the system."),
        _("Please answer it or take it to the committee."),
    ),
    "feedback_forwarded": Kind(
        _("Feedback forwarded: ${title}"), _("What you sent was taken to the committee, which decides.")
    ),
    "feedback_answered": Kind(_("Feedback answered: ${title}"), _("What you sent was answered.")),
    "violation_recorded": Kind(
        _("Violation recorded: ${title}"),
        _("A violation of the regulation was recorded in your unit."),
        _("Please look into it and enter the decision."),
    ),
    "violation_decided": Kind(
        _("Decision under the regulation: ${title}"),
        _("A decision that concerns you or your unit was entered. It is confidential."),
        _("Please read it in the system."),
    ),
    "data_asked": Kind(
        _("Request about personal data: ${title}"),
        _("A person whose account your unit keeps asks for a change of her data."),
        _("Please decide and say why."),
    ),
    "check_missed": Kind(
        _("Technical check not done in time: ${title}"),
        _("The technical check of a site was not signed when it was due."),
        _("Please call the site and have the check done before the meeting."),
        everybody=True,
        about=_("Site"),
    ),
    "help_asked": Kind(
        _("Help wanted in a meeting: ${title}"),
        _("Somebody in the meeting asks for help."),
        _("Please take it in hand."),
        about=_("Request"),
    ),
    "need_told": Kind(
        _("Device or account needed: ${title}"),
        _("An invited person has no device or no account for the meeting."),
        _("Please prepare what is needed."),
        about=_("Note"),
    ),
    "need_met": Kind(
        _("What you need is prepared: ${title}"),
        _("The host unit has prepared what you asked for."),
        about=_("Answer"),
    ),
    "data_decided": Kind(_("Your request about personal data: ${title}"), _("Your request was decided.")),
}


@dataclass(frozen=True)
class Mail:
    """A mail ready to be sent: subject, plain text, HTML, languages it is in."""

    subject: str
    text: str
    html: str
    languages: tuple[str, ...]


def languages_of(language: str) -> tuple[str, ...]:
    """Return the languages of a mail: the person's own, both if it is unknown."""
    language = (language or "").lower()
    if language.startswith(VI):
        return (VI,)
    if language.startswith(EN):
        return (EN,)
    return (VI, EN)


def public_title(obj) -> object:
    """Return the title of *obj* for a mail; withheld for state secrets and for what belongs to one."""
    meeting = meeting_of(obj)
    for one in (obj, meeting):
        if getattr(one, "classification", "") in SECRET:
            return WITHHELD
    return obj.title


def facts(obj, language: str) -> list[tuple[object, object]]:
    """Return the facts of a mail about *obj*: (label, text), both translatable."""
    meeting, found = meeting_of(obj), []
    if meeting is None:
        more = IMailFacts(obj, None)
        return more.facts(language) if more is not None else found
    if meeting is not obj:
        found.append((_("Document"), public_title(obj)))
        if getattr(obj, "doc_number", ""):
            found.append((_("Number and symbol"), obj.doc_number))
    found.append((_("Meeting"), public_title(meeting)))
    found.append((_("Time"), span_text(meeting.start, meeting.end, language)))
    if places := [title for uid in meeting.rooms or () if (title := room_title(uid))]:
        found.append((_("Place"), ", ".join(places)))
    if meeting.mode in ("online", "hybrid"):
        found.append((_("Form"), _("Online") if meeting.mode == "online" else _("In person and online")))
    if meeting.chair:
        found.append((_("Chair"), person_name(meeting.chair) or meeting.chair))
    if host := unit_title(meeting.host_unit or ""):
        found.append((_("Host unit"), host))
    return found


def closed_facts(obj) -> list[tuple[object, object]]:
    """Return what may be told of a meeting to those who may not read it."""
    meeting = meeting_of(obj)
    return [
        (_("Host unit"), unit_title(meeting.host_unit or "") or ""),
        (_("Day"), date_text(meeting.start)),
    ]


def compose(
    kind: str,
    obj,
    url: str,
    *,
    name: str = "",
    language: str = "",
    comment: str = "",
    deadline=None,
    more=(),
    closed: bool = False,
) -> Mail:
    """Write the mail of a *kind* about *obj*; *url* is where its link leads.

    name: of the recipient; comment: a reason that somebody gave; deadline: an
    aware moment by which an answer is wanted, or None; more: further facts, (label,
    text) pairs; closed: the recipient may not read it and learns unit and day only.
    """
    shape = KINDS[kind]

    def letter(say, one):
        told = facts(obj, one) if not closed else closed_facts(obj)
        rows = [(say(label), say(text)) for label, text in (*told, *more)]
        if comment:
            rows.append((say(shape.about), comment))
        if deadline is not None:
            rows.append((say(_("Answer wanted by")), datetime_text(deadline)))
        title = say(_("a meeting")) if closed else say(public_title(obj))
        subject = say(shape.subject).replace("${title}", title)
        lead = " ".join(part for part in (say(shape.text), say(shape.todo) if shape.todo else "") if part)
        return subject, lead, rows, say(shape.link)

    return write(letter, url, name=name, language=language)


def write(letter, url: str, *, name: str = "", language: str = "") -> Mail:
    """Return a mail in the languages of the recipient.

    letter: function of ``say`` (which translates) and a language, that returns subject,
    first paragraph, rows of (label, text) and the label of the link to *url*.
    """
    languages, subjects, texts, pages = languages_of(language), [], [], []
    for one in languages:

        def say(text, one=one):
            return translate(text, target_language=one, domain="hopso")

        subject, lead, rows, link = letter(say, one)
        subjects.append(subject)
        greeting = say(_("Dear ${name},", mapping={"name": name})) if name else ""
        footer = say(_("This mail was sent by the paperless meeting system. Please do not answer it."))
        texts.append(_plain(greeting, lead, rows, link, url, footer))
        pages.append(_page(one, greeting, lead, rows, link, url, footer))
    subject = " / ".join(subjects) if len(subjects) > 1 else subjects[0]
    return Mail(
        " ".join(subject.split())[:240], "\n\n-- \n\n".join(texts), _html(languages[0], pages), languages
    )


def _plain(greeting, lead, rows, label, url, footer):
    lines = [greeting, ""] if greeting else []
    lines += [lead, "", *(f"{name}: {text}" for name, text in rows), "", f"{label}: {url}", "", footer]
    return "\n".join(lines)


def _page(language, greeting, lead, rows, label, url, footer):
    cells = "".join(
        f'<tr><th align="left" valign="top" style="padding:2px 12px 2px 0">{escape(name)}</th>'
        f"<td>{escape(str(text))}</td></tr>"
        for name, text in rows
    )
    hello = f"<p>{escape(greeting)}</p>" if greeting else ""
    return (
        f'<div lang="{language}">{hello}<p>{escape(lead)}</p><table>{cells}</table>'
        f'<p><a href="{escape(url, quote=True)}">{escape(label)}</a></p>'
        f'<p style="color:#555">{escape(footer)}</p></div>'
    )


def _html(language, pages):
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"></head>'
        f'<body style="font-family:sans-serif;line-height:1.5">{"<hr>".join(pages)}</body></html>'
    )

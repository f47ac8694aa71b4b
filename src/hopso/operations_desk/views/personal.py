"""``/@@my-data``: what is kept about the present user, to read and to take along (BD-5.3)."""

from html import escape
from io import BytesIO
import json
import zipfile

from hopso import _
from hopso.audit.log import record
from hopso.core.text import datetime_text
from hopso.core.text import local
from hopso.core.text import now
from hopso.operations_desk import place
from hopso.operations_desk import sources  # noqa: F401  (what the rooms keep)
from hopso.operations_desk.operations import personal as operations
from hopso.operations_desk.personal import collected
from hopso.operations_desk.views.forms import OperationForm
from plone.memoize.view import memoize


# What is kept, what for, for how long, who sees it: the record of processing activities in short.
PROCESSING = (
    (
        _("Name, position, unit, functions"),
        _("To invite, to give rights, to keep records of meetings"),
        _("For good: they stand in records that the law on archives protects"),
        _("Everybody with an account"),
    ),
    (
        _("E-mail, telephone, photo, profile"),
        _("To reach the person"),
        _("Until the person asks for erasure; of guests some days after the account ends"),
        _("Administrators of the unit; those who prepare a meeting of the person"),
    ),
    (
        _("Logins: time, address, device"),
        _("To protect the account"),
        _("As long as the login log is kept"),
        _("The person, administrators of the unit and of the system"),
    ),
    (
        _("Answers, participation, votes recorded by name"),
        _("Records of meetings"),
        _("As long as the records of the meeting"),
        _("Those who may see the meeting"),
    ),
    (
        _("Documents opened: first and last day"),
        _("Figures on the use of the system"),
        _("As long as the documents"),
        _("The person; leaders and administrators see sums only"),
    ),
    (
        _("Audit log: who did what when"),
        _("Proof of acts, information security"),
        _("As the policy says"),
        _("Administrators within their reach"),
    ),
)


class MyData(OperationForm):
    """The page: what is kept, taking it along, asking for a change."""

    label = _("My data")
    lead = _("What the system keeps about you, for what, for how long, and who sees it.")
    submit = _("Send the request")
    own_title = _("What you asked for")
    own_empty = _("Your requests will appear here, with the decision.")
    own_type = "DataRequest"
    operation = operations.request_change

    @memoize
    def target(self):
        return place.home_unit_of(self.user_id) or place.operator_unit()

    def verb(self) -> str:
        """Return the name of the operation."""
        return self.operation.name

    def about(self) -> str:
        """Say who decides."""
        return self.t(_("Decided by the administrators of: ${unit}", mapping={"unit": self.target().title}))

    def processing(self) -> list[dict]:
        """Return the rows of the table of what is kept."""
        return [{"what": what, "why": why, "long": long, "who": who} for what, why, long, who in PROCESSING]

    def parts(self) -> list[dict]:
        """Return what the file holds: title and how many entries."""
        return [
            {"title": title, "count": len(data) if isinstance(data, list) else 1}
            for _name, title, data in collected(self.user_id)
        ]


class MyDataFile(MyData):
    """``/@@my-data.zip``: the same as JSON for programs and HTML for people."""

    def __call__(self):
        parts = collected(self.user_id)
        moment = now()
        stream = BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            plain = {name: data for name, _title, data in parts}
            plain = {"made_at": moment.isoformat(), "user_id": self.user_id, **plain}
            archive.writestr("du-lieu.json", json.dumps(plain, ensure_ascii=False, indent=2))
            archive.writestr("du-lieu.html", self._page(parts, moment))
        record("export.personal_data", subject=self.user_id)
        response = self.request.response
        response.setHeader("Content-Type", "application/zip")
        response.setHeader(
            "Content-Disposition", f'attachment; filename="du-lieu-cua-toi-{local(moment):%Y%m%d}.zip"'
        )
        response.setHeader("Cache-Control", "private, no-store")
        return stream.getvalue()

    def _page(self, parts, moment) -> str:
        title = escape(self.t(self.label))
        body = "".join(f"<h2>{escape(self.t(heading))}</h2>{_table(data)}" for _name, heading, data in parts)
        language = "en" if self.request.get("LANGUAGE", "vi").startswith("en") else "vi"
        return (
            f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
            "<style>body{font-family:sans-serif;line-height:1.5;margin:2em}td,th{text-align:left;"
            "vertical-align:top;padding:2px 12px 2px 0}</style></head>"
            f"<body><h1>{title}</h1><p>{escape(self.user_id)} · {datetime_text(moment)}</p>{body}</body></html>"
        )


def _table(data) -> str:
    """Return plain data as HTML: a table of names and values, one for each entry of a list."""
    if isinstance(data, dict):
        rows = "".join(
            f"<tr><th>{escape(str(name))}</th><td>{_table(value)}</td></tr>" for name, value in data.items()
        )
        return f"<table>{rows}</table>"
    if isinstance(data, list):
        return "<ol>" + "".join(f"<li>{_table(one)}</li>" for one in data) + "</ol>" if data else "–"
    return escape(str(data)) if data not in (None, "") else "–"

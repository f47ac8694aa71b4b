"""The pages of the log: filters, table, export.  There is nothing here to change an entry."""

from functools import cached_property

from hopso import _
from hopso.audit import jobs  # noqa: F401  (what the worker does for the log is declared there)
from hopso.audit import retention
from hopso.audit.chain import audit_chain
from hopso.audit.exports import Export
from hopso.audit.exports import harmless_cell  # noqa: F401  (where it used to be)
from hopso.audit.filters import Filters
from hopso.audit.labels import kind_titles
from hopso.audit.log import record
from hopso.audit.reading import find
from hopso.audit.reading import reach_of
from hopso.audit.rows import Rows
from hopso.core.text import collation_key
from hopso.core.text import datetime_text
from hopso.organisation.content import IUnit
from hopso.organisation.names import person_names
from hopso.organisation.names import unit_names
from plone import api
from plone.protect.authenticator import createToken
from Products.Five.browser import BrowserView
from zope.i18n import translate


PAGE = 50


class AuditBase(BrowserView):
    """What page and export share: on the site the whole log, on a unit its own and what is below."""

    @cached_property
    def filters(self) -> Filters:
        return Filters(self.request.form)

    @cached_property
    def query(self):
        return self.filters.query(reach_of(self.context))


class AuditLogView(AuditBase):
    """``/@@audit-log`` for system administrators, ``<unit>/@@audit-log`` for those of a unit."""

    hs_section = ""

    def update(self):
        self.found = find(self.query, after=self.filters.after, limit=PAGE)
        self.rows = Rows(self.request).of(self.found.entries)
        self.url = f"{self.context.absolute_url()}/@@audit-log"

    def __call__(self):
        self.update()
        self.request.response.setHeader("Cache-Control", "private, no-store")
        return super().__call__()

    def page_title(self) -> str:
        """Return what stands in the title bar."""
        return translate(_("Audit log"), context=self.request)

    def unit(self) -> dict | None:
        """Return the unit whose log this is, None for the whole one."""
        if not IUnit.providedBy(self.context):
            return None
        return {"title": self.context.title, "url": self.context.absolute_url()}

    def kinds(self) -> list[dict]:
        """Return the choices of the filter by kind."""
        choices = [
            {
                "value": name,
                "title": translate(title, context=self.request),
                "selected": name == self.filters.operation,
            }
            for name, title in kind_titles().items()
        ]
        if self.filters.operation and not any(one["selected"] for one in choices):
            name = self.filters.operation
            choices.append({"value": name, "title": Rows(self.request).title_of(name), "selected": True})
        return sorted(choices, key=lambda one: collation_key(one["title"]))

    def pickers(self) -> list[dict]:
        """Return the pickers of people and units with what is chosen."""
        person, subject, unit = self.filters.person, self.filters.subject, self.filters.unit
        names = person_names((person, subject))
        units = unit_names((unit,))
        listed = [
            ("person", "user", _("Done by"), names.get(person, person), person),
            ("subject", "user", _("About the person"), names.get(subject, subject), subject),
            ("unit", "unit", _("Unit"), units.get(unit, unit), unit),
        ]
        return [
            {
                "name": name,
                "kind": kind,
                "title": title,
                "chosen": [{"value": value, "title": text}] if value else [],
            }
            for name, kind, title, text, value in listed
        ]

    def object_title(self) -> str:
        """Return the title of the thing that is filtered by; its UID if the reader may not see it."""
        uid = self.filters.uid
        found = api.content.find(UID=uid) if uid else []
        return found[0].Title if found else uid

    def without_object(self) -> str:
        """Return the address without the filter by a thing."""
        return f"{self.url}?{self.filters.address_part(uid='')}"

    def more_open(self) -> bool:
        """Tell whether one of the filters that are folded away is in use."""
        chosen = self.filters
        return bool(chosen.subject or chosen.unit or chosen.address)

    def older_url(self) -> str:
        """Return the address of the next page, "" on the last one."""
        return f"{self.url}?{self.filters.address_part(after=self.found.after)}" if self.found.after else ""

    def newest_url(self) -> str:
        """Return the address of the first page, "" there."""
        return f"{self.url}?{self.filters.address_part()}" if self.filters.after else ""

    def cut_text(self):
        """Return until when was looked, if the search stopped on the way."""
        if self.found.cut is None:
            return None
        return _("Searched back to ${when} so far.", mapping={"when": datetime_text(self.found.cut)})

    def exports(self) -> list[dict]:
        """Return the ways to take along what is shown."""
        base = f"{self.context.absolute_url()}/@@audit-log-export"
        return [
            {"title": title, "url": f"{base}?{self.filters.address_part(format=form)}"}
            for form, title in (("xlsx", "XLSX"), ("csv", "CSV"), ("jsonl", "JSON Lines"))
        ]

    def object_url(self, row: dict) -> str:
        """Return an address that finds the object wherever it is now."""
        return f"{api.portal.get().absolute_url()}/resolveuid/{row['uid']}"

    def only_url(self, row: dict) -> str:
        """Return the address of all entries about the object of a row."""
        return f"{self.url}?{self.filters.address_part(uid=row['uid'])}"

    # --- how it is kept ---------------------------------------------------------------

    def seal(self) -> dict | None:
        """Return when the log was sealed and verified last, None without a chain."""
        chain = audit_chain()
        if chain is None or self.unit() is not None:
            return None
        last, report = chain.last, chain.report
        return {
            "sealed": datetime_text(last.time) if last else "",
            "blocks": chain.head[0],
            "verified": datetime_text(report.when) if report.when else "",
            "problems": report.problems,
            "texts": report.texts,
        }

    def may_approve(self) -> bool:
        """Tell whether the reader may approve the archiving of old entries."""
        return self.unit() is None and bool(api.user.has_permission("hopso: Manage policy", obj=self.context))

    def kept_until(self) -> str:
        """Return the first day whose entries have to stay."""
        return f"{retention.earliest_kept():%d/%m/%Y}"

    @property
    def token(self) -> str:
        return createToken()


class AuditExport(AuditBase):
    """``@@audit-log-export?format=xlsx|csv|jsonl``: the filtered log as a file; on record itself."""

    def __call__(self):
        export = Export(self.query, self.request, self.request.form.get("format"))
        if export.refused:
            return export.refused
        record(
            "audit.export",
            self.context if IUnit.providedBy(self.context) else None,
            details={"rows": export.count, "format": export.form, **self.filters.plain()},
        )
        return export.response()

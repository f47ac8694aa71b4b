"""``/@@import-sites``: check a spreadsheet of sites, then enter all of it; the template is the present register."""

from AccessControl import Unauthorized
from hopso import _
from hopso.audit.log import record
from hopso.core import errors
from hopso.core.parameters import upload_of
from hopso.core.sheets import read
from hopso.core.views.answers import describe_error
from hopso.inventory.sites import importing
from hopso.inventory.sites.views.base import SitesBase
from hopso.operations_desk import sheets
from hopso.organisation.place import province
from plone import api
from plone.protect import CheckAuthenticator
from plone.protect import PostOnly
import transaction


WHAT = {
    "new": (_("New"), "hs-tag--good"),
    "change": (_("Changed"), "hs-tag--acc"),
    "same": (_("As it is"), ""),
    "bad": (_("Wrong"), "hs-tag--bad"),
}


class ImportSites(SitesBase):
    """The form, and what a file would do."""

    page_title = _("Import sites")
    planned = ()
    error = None

    def __call__(self):
        if not self.operates():
            raise Unauthorized(self.t(_("Only the unit that runs the system changes lines and addresses.")))
        if self.request.get("REQUEST_METHOD") == "POST":
            PostOnly(self.request)
            CheckAuthenticator(self.request)
            try:
                if self._post():
                    return ""
            except errors.OperationError as error:
                transaction.abort()
                self.error = describe_error(error, self.request)
                self.request.response.setStatus(error.status)
        return super().__call__()

    def _post(self) -> bool:
        file = upload_of(self.request.form.get("file"))
        if file is None:
            raise errors.Invalid(_("Choose a file first."), errors={"file": _("Choose a file first.")})
        self.planned = importing.plan(read(importing.COLUMNS, file.filename or "", file.data))
        if "import" not in self.request.form:
            return False
        importing.import_sites(province(), file=file, reason=self.asked("reason") or None)
        api.portal.show_message(_("Done."), self.request)
        self.request.response.redirect(f"{self.portal_url}/@@sites", status=303)
        return True

    def rows(self) -> list[dict]:
        """Return what each row of the file would do."""
        return [
            {
                "number": one.number,
                "title": one.title,
                "unit": one.unit,
                "tag": {"name": WHAT[one.what][0], "class": f"hs-tag {WHAT[one.what][1]}".strip()},
                "problems": [self.t(text) for text in one.problems],
            }
            for one in self.planned
        ]


class SitesTemplate(SitesBase):
    """``/@@import-sites.xlsx``: the present register in the form that is read; it holds addresses."""

    def __call__(self):
        if not self.operates():
            raise Unauthorized(self.t(_("Only the unit that runs the system changes lines and addresses.")))
        rows = importing.present_rows()
        record("export.sites", self.context, details={"rows": len(rows)})
        columns = list(
            zip(importing.headings(importing.COLUMNS), (c.width for c in importing.COLUMNS), strict=True)
        )
        data = sheets.sheet(columns, rows, self.request)
        return sheets.send(self.request.response, "nhap-diem-cau", data)

"""Hits as an Excel file: same query, same security, one sheet."""

from io import BytesIO

from hopso import _
from hopso.archive.engine import search
from hopso.archive.hits import plain_hits
from hopso.archive.query import Query
from hopso.core.text import local
from xlsxwriter import Workbook
from zope.i18n import translate


LIMIT = 5_000  # rows
COLUMNS = (
    (_("No."), 6),
    (_("Kind of entry"), 18),
    (_("Title"), 60),
    (_("Number and symbol"), 18),
    (_("Kind of document"), 22),
    (_("Date"), 17),
    (_("Unit"), 34),
    (_("Meeting"), 40),
    (_("Chair"), 24),
    (_("State"), 16),
    (_("Address"), 50),
)


def export(query: Query, request) -> bytes:
    """Return the hits of *query* for the current user as an .xlsx file, at most LIMIT rows."""
    result = search(query, limit=LIMIT)
    output = BytesIO()
    # Cells are texts whatever they begin with: no formula, no link is made of them.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with Workbook(output, options) as book:
        sheet = book.add_worksheet(_text(_("Archive"), request)[:31])
        bold = book.add_format({"bold": True, "bg_color": "#e6eff7", "border": 1, "text_wrap": True})
        date = book.add_format({"num_format": "dd/mm/yyyy hh:mm", "align": "left"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        top = 0
        if result.count > LIMIT:
            note = _(
                "Only the first ${limit} of ${count} hits are listed.",
                mapping={"limit": str(LIMIT), "count": str(result.count)},
            )
            sheet.write_string(0, 0, _text(note, request))
            top = 1
        for column, (title, width) in enumerate(COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(top, column, _text(title, request), bold)
        for row, hit in enumerate(plain_hits(result.brains, request), 1):
            sheet.write_number(top + row, 0, row)
            texts = (
                hit.type_title,
                hit.title,
                hit.number,
                hit.kind_title,
                None,
                hit.unit,
                hit.meeting,
                hit.chair,
            )
            for column, text in enumerate((*texts, hit.state_title, hit.url), 1):
                if text is not None:
                    sheet.write_string(top + row, column, text, wrap)
            if hit.when:
                sheet.write_datetime(top + row, 5, local(hit.when).replace(tzinfo=None), date)
        sheet.freeze_panes(top + 1, 0)
        sheet.autofilter(top, 0, top + max(1, len(result.brains)), len(COLUMNS) - 1)
    return output.getvalue()


def _text(message, request) -> str:
    return translate(message, context=request)

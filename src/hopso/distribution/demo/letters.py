"""Official letters in the form of Decree 30/2020/NĐ-CP, annex I, as .docx files.

A source text has a head of ``name: value`` lines, ``---``, and a body: ``# ``
and ``## `` headings, ``- `` and ``1. `` points, ``| a | b |`` rows of a table.
"""

from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
import re


NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập – Tự do – Hạnh phúc"
MADE = datetime(2026, 11, 20)


@dataclass
class Letter:
    """The parts of a letter; *to* and *sign* as in the source, *body* its lines."""

    organ: str
    parent: str
    number: str
    date: str
    kind: str
    subject: str
    sign: str
    to: str
    body: list[str] = field(default_factory=list)


def read(text: str) -> Letter:
    """Return the letter of a source text."""
    head, _line, body = text.partition("\n---\n")
    values = dict(re.match(r"(\w+): ?(.*)", line).groups() for line in head.splitlines())
    return Letter(**values, body=[line for line in body.splitlines() if line.strip()])


def write(letter: Letter, path) -> None:
    """Write the letter as .docx to *path*."""
    from docx import Document
    from docx.shared import Cm
    from docx.shared import Pt

    paper = Document()
    page = paper.sections[0]
    # Paper and margins of Decree 30/2020/NĐ-CP, annex I.
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Cm(3), Cm(1.5), Cm(2), Cm(2)
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(14)
    paper.core_properties.title, paper.core_properties.author = letter.subject, letter.organ.title()
    paper.core_properties.created = paper.core_properties.modified = MADE
    _head(paper, letter)
    _title(paper, letter)
    rows = []
    for line in letter.body:
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip("| ").split("|")])
            continue
        _table(paper, rows)
        rows = []
        _paragraph(paper, line)
    _table(paper, rows)
    _foot(paper, letter)
    paper.save(path)


def _line(cell, text, size=13, bold=False, italic=False, first=False, align=1):
    from docx.shared import Pt

    paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    return paragraph


def _head(paper, letter):
    from docx.shared import Cm

    table = paper.add_table(1, 2)
    table.autofit = False
    left, right = table.rows[0].cells
    for number, width in enumerate((Cm(6.7), Cm(9.8))):
        table.columns[number].width = table.rows[0].cells[number].width = width
    _line(left, letter.parent, first=True, size=12)
    _line(left, letter.organ, bold=True, size=12)
    _line(left, "———", size=10)
    _line(left, f"Số: {letter.number}")
    _line(right, NATION, bold=True, first=True, size=12)
    _line(right, MOTTO, bold=True)
    _line(right, "————————", size=10)
    _line(right, letter.date, italic=True)


def _title(paper, letter):
    from docx.shared import Pt

    for text, size in ((letter.kind, 14), (letter.subject, 14)):
        paragraph = paper.add_paragraph()
        paragraph.alignment = 1
        paragraph.paragraph_format.space_before = Pt(12 if text == letter.kind else 0)
        paragraph.paragraph_format.space_after = Pt(0 if text == letter.kind else 12)
        run = paragraph.add_run(text)
        run.bold, run.font.size = True, Pt(size)


def _paragraph(paper, line):
    from docx.shared import Cm
    from docx.shared import Pt

    text = re.sub(r"^#+ ", "", line)
    paragraph = paper.add_paragraph()
    paragraph.alignment = 3
    paragraph.paragraph_format.first_line_indent = Cm(1.27)
    paragraph.paragraph_format.space_after = Pt(6)
    run = paragraph.add_run(text)
    run.bold = line.startswith("#")
    if line.startswith("#"):
        paragraph.paragraph_format.keep_with_next = True


def _table(paper, rows):
    if not rows:
        return
    from docx.shared import Pt

    table = paper.add_table(len(rows), len(rows[0]))
    table.style = "Table Grid"
    for number, row in enumerate(rows):
        for cell, text in zip(table.rows[number].cells, row, strict=True):
            _line(cell, text, first=True, bold=number == 0, size=13, align=0 if number else 1)
    paper.add_paragraph().paragraph_format.space_after = Pt(2)


def _foot(paper, letter):
    left, right = paper.add_table(1, 2).rows[0].cells
    _line(left, "Nơi nhận:", size=12, bold=True, italic=True, first=True, align=0)
    for receiver in letter.to.split(";"):
        _line(left, f"- {receiver.strip()};".replace(".;", "."), size=11, align=0)
    first, second, name = (part.strip() for part in letter.sign.split("|"))
    _line(right, first, bold=True, first=True)
    if second:
        _line(right, second, bold=True)
    for _blank in range(3):
        _line(right, "")
    _line(right, name, bold=True)

"""First drafts of minutes and notices, filled in from what the meeting knows.

The forms of Decree 30/2020/NĐ-CP (minutes: form 1.9) are Vietnamese in every
language of the interface; only their body is made here, the page and the
letter-head around it come from the template.  Pure: ``Facts`` in, HTML out.
"""

from dataclasses import dataclass
from datetime import datetime
from html import escape

from hopso.core.text import local


@dataclass(frozen=True)
class Point:
    """One item of the agenda: title, who presented it, what was decided."""

    title: str
    presenter: str = ""
    decision: str = ""


@dataclass(frozen=True)
class Facts:
    """What a draft is made of; ``start`` and ``end`` are aware, people are names."""

    title: str
    start: datetime
    end: datetime
    place: str = ""
    chair: str = ""
    secretary: str = ""
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    open: tuple[str, ...] = ()  # invited, never answered
    points: tuple[Point, ...] = ()
    documents: int = 0


DOTS = "……"


def day_text(moment: datetime) -> str:
    """Return ``ngày 05 tháng 02 năm 2026``: days below 10 and the months 1 and 2 are padded."""
    here = local(moment)
    month = f"{here.month:02d}" if here.month < 3 else str(here.month)
    return f"ngày {here.day:02d} tháng {month} năm {here.year}"


def clock_text(moment: datetime) -> str:
    """Return ``08 giờ 00``."""
    return f"{local(moment):%H giờ %M}"


def minutes_title(facts: Facts) -> str:
    """Return the subject line of the minutes."""
    return f"Biên bản {_lower(facts.title)}"


def minutes_text(facts: Facts) -> str:
    """Return the body of minutes as HTML."""
    parts = [
        _line("Thời gian bắt đầu", f"{clock_text(facts.start)}, {day_text(facts.start)}"),
        _line("Địa điểm", facts.place or DOTS),
        "<h3>I. Thành phần tham dự</h3>",
        _line("Chủ trì", facts.chair or DOTS),
        _line("Thư ký (người ghi biên bản)", facts.secretary or DOTS),
        _people("Có mặt", facts.present),
        _people("Vắng mặt", facts.absent),
        _people("Được mời, chưa xác nhận", facts.open) if facts.open else "",
        f"<p>Tài liệu phục vụ cuộc họp: {facts.documents:02d} tài liệu.</p>",
        "<h3>II. Nội dung</h3>",
        *_points(facts.points),
        "<h3>III. Kết luận của chủ trì</h3>",
        *(_decisions(facts.points) or [f"<p>{DOTS}</p>"]),
        f"<p>Cuộc họp kết thúc vào hồi {clock_text(facts.end)}, {day_text(facts.end)}.</p>",
    ]
    return "\n".join(part for part in parts if part)


def notice_title(facts: Facts) -> str:
    """Return the subject line of the conclusion notice."""
    return f"Kết luận của {facts.chair or 'chủ trì'} tại {_lower(facts.title)}"


def notice_text(facts: Facts) -> str:
    """Return the body of a conclusion notice: what was heard, then who does what by when."""
    chair, place = escape(facts.chair or DOTS), escape(facts.place or DOTS)
    opening = (
        f"<p>Vào {day_text(facts.start)}, tại {place}, {chair} đã chủ trì {escape(_lower(facts.title))}. "
        "Sau khi nghe báo cáo và ý kiến của các đại biểu dự họp, chủ trì kết luận như sau:</p>"
    )
    rows = "".join(
        f"<tr><td>{number}</td><td>{escape(point.decision or point.title)}</td>"
        f"<td>{DOTS}</td><td>{DOTS}</td><td>{DOTS}</td></tr>"
        for number, point in enumerate([p for p in facts.points if p.decision] or facts.points, 1)
    )
    table = (
        "<h3>Giao nhiệm vụ</h3><table><thead><tr><th>TT</th><th>Nhiệm vụ</th><th>Đơn vị chủ trì</th>"
        f"<th>Đơn vị phối hợp</th><th>Thời hạn</th></tr></thead><tbody>{rows}</tbody></table>"
    )
    return "\n".join([opening, *_decisions(facts.points), table if rows else ""])


def recipients(facts: Facts) -> str:
    """Return the recipients that every notice has."""
    return "- Như thành phần dự họp;\n- Lưu: VT, Hồ sơ."


def _lower(title: str) -> str:
    """Return a title as it stands inside of a sentence; abbreviations keep their capitals."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def _line(name, value):
    return f"<p><strong>{name}:</strong> {escape(value)}</p>"


def _people(name, people):
    if not people:
        return f"<p><strong>{name}:</strong> không</p>"
    listed = "".join(f"<li>{escape(one)}</li>" for one in people)
    return f"<p><strong>{name}:</strong> {len(people):02d} đại biểu</p><ul>{listed}</ul>"


def _points(points):
    for number, point in enumerate(points, 1):
        yield f"<h4>{number}. {escape(point.title)}</h4>"
        if point.presenter:
            yield f"<p>Người trình bày: {escape(point.presenter)}</p>"
        yield f"<p>Ý kiến thảo luận: {DOTS}</p>"


def _decisions(points):
    decided = [point for point in points if point.decision]
    return [
        f"<p>{number}. {escape(point.title)}: {_breaks(point.decision)}</p>"
        for number, point in enumerate(decided, 1)
    ]


def _breaks(text):
    return "<br />".join(escape(line) for line in text.splitlines())

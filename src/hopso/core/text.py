"""How dates, spans of time and names are written and sorted here.

Everything is shown in the time of Viet Nam (UTC+7, no summer time).
"""

from datetime import date
from datetime import datetime
from datetime import UTC
from functools import lru_cache
import unicodedata

from hopso.core.moments import LOCAL


WEEKDAYS = {
    "vi": ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
# The Vietnamese alphabet and, inside of a letter, the order of the tones.
LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")


def now() -> datetime:
    """Return this moment, aware, in UTC."""
    return datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """Return *moment* in the time of Viet Nam; a naive one is taken for UTC."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(LOCAL)


def date_text(moment: datetime) -> str:
    """Return ``22/11/2026``."""
    return local(moment).strftime("%d/%m/%Y")


def datetime_text(moment: datetime) -> str:
    """Return ``22/11/2026 08:00``."""
    return local(moment).strftime("%d/%m/%Y %H:%M")


def day_text(day: date | None) -> str:
    """Return ``22/11/2026`` for a day of the calendar, "" for none."""
    return f"{day:%d/%m/%Y}" if day else ""


def read_day(text, default: date | None = None) -> date | None:
    """Read ``22/11/2026`` or ``2026-11-22`` as people and programs write it; else the default."""
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text.strip(), form).date()
        except (AttributeError, ValueError):
            continue
    return default


def span_text(start: datetime, end: datetime, language: str = "vi") -> str:
    """Return ``Thứ Hai 23/11/2026, 08:00–09:30``; both dates if they differ."""
    first, last = local(start), local(end)
    day = WEEKDAYS["vi" if language.startswith("vi") else "en"][first.weekday()]
    if first.date() == last.date():
        return f"{day} {first:%d/%m/%Y}, {first:%H:%M}–{last:%H:%M}"
    return f"{day} {first:%d/%m/%Y %H:%M} – {last:%d/%m/%Y %H:%M}"


@lru_cache(maxsize=4096)
def collation_key(text: str) -> tuple:
    """Return a sort key in the order of Vietnamese dictionaries.

    Letters first (a ă â … d đ …), tones (ngang huyền hỏi ngã sắc nặng) second.
    """
    letters, tones = [], []
    for char in unicodedata.normalize("NFC", text).lower().replace("ð", "đ"):
        base, tone = _split_tone(char)
        place = LETTERS.find(base)
        letters.append((1, place) if place >= 0 else (0, ord(base[0])))
        tones.append(tone)
    return tuple(letters), tuple(tones)


def _split_tone(char: str) -> tuple[str, int]:
    parts = unicodedata.normalize("NFD", char)
    for number, mark in enumerate(TONES[1:], 1):
        if mark in parts:
            return unicodedata.normalize("NFC", parts.replace(mark, "")), number
    return char, 0


def name_key(fullname: str) -> tuple:
    """Return the sort key of a person: given name (last word) first, then the rest."""
    words = fullname.split()
    return tuple(collation_key(word) for word in words[-1:] + words[:-1])


def initials(fullname: str) -> str:
    """Return the two letters for a person's badge: middle and given name."""
    return "".join(word[0].upper() for word in fullname.split()[-2:])

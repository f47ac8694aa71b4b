"""Reading a spreadsheet of accounts that somebody uploaded (``core/sheets.py`` does it)."""

from hopso.accounts.columns import COLUMNS
from hopso.core import sheets
from hopso.core.sheets import MOST_BYTES as MOST_BYTES
from hopso.core.sheets import MOST_ROWS as MOST_ROWS
from hopso.core.sheets import MOST_UNPACKED as MOST_UNPACKED
from hopso.core.sheets import Row as Row


def read(filename: str, data: bytes) -> list[Row]:
    """Return the rows of a file.  Raises Invalid with what is wrong with the file as a whole."""
    return sheets.read(COLUMNS, filename, data)

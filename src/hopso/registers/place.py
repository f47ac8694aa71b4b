"""Where entries and reports stand: /don-vi/<unit>/so-theo-doi/<year>/<entry>, …/bao-cao/<year>/<report>."""

from hopso.core.text import local
from hopso.core.text import now
from hopso.operations_desk.place import desk_folder
from hopso.operations_desk.place import FOLDERS
from plone.dexterity.utils import addContentToContainer
from plone.dexterity.utils import createContent


FOLDERS["RegisterEntry"] = ("so-theo-doi", "Sổ theo dõi")
FOLDERS["PeriodicReport"] = ("bao-cao", "Báo cáo định kỳ")


def put(unit, portal_type: str, in_year: int | None = None, id: str | None = None, **fields):
    """Make an entry or a report in *unit* and return it."""
    folder = desk_folder(unit, portal_type, in_year or local(now()).year)
    content = createContent(portal_type, **fields)
    if id:
        content.id = id
    return addContentToContainer(folder, content, checkConstraints=False)

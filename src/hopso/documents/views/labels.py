"""How the facts of a document are named and coloured on pages."""

from hopso import _
from hopso.organisation.vocabularies import person_name


# State -> (name, class of the tag)
STATES = {
    "draft": (_("Draft"), ""),
    "submitted": (_("Waiting for approval"), "hs-tag--warn"),
    "returned": (_("Returned"), "hs-tag--bad"),
    "approved": (_("Approved"), "hs-tag--good"),
    "published": (_("Published"), "hs-tag--good"),
    "recalled": (_("Recalled"), "hs-tag--bad"),
    "superseded": (_("Superseded"), ""),
}
CLASSIFICATIONS = {
    "none": _("Not classified"),
    "internal": _("Internal circulation only"),
    "mat": _("Confidential (Mật)"),
    "toi_mat": _("Secret (Tối mật)"),
    "tuyet_mat": _("Top secret (Tuyệt mật)"),
}
EXTENSION_CLASS = {
    "pdf": "hs-file--pdf",
    "doc": "hs-file--doc",
    "docx": "hs-file--doc",
    "odt": "hs-file--doc",
    "txt": "hs-file--doc",
    "xls": "hs-file--xls",
    "xlsx": "hs-file--xls",
    "ods": "hs-file--xls",
    "jpg": "hs-file--img",
    "jpeg": "hs-file--img",
    "png": "hs-file--img",
    "tif": "hs-file--img",
    "tiff": "hs-file--img",
}


def state_tag(state: str) -> dict:
    """Return name and class of the tag of a review state."""
    name, style = STATES.get(state, (state, ""))
    return {"name": name, "class": f"hs-tag {style}".strip()}


def extension_of(filename: str | None) -> str:
    """Return the extension of a file name in lower case, without its dot."""
    return (filename or "").rpartition(".")[2].lower() if "." in (filename or "") else ""


def size_text(size: int) -> str:
    """Return a size in bytes as ``820 KB`` or ``1,4 MB``."""
    if size < 1000 * 1000:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / 1000 / 1000:.1f} MB".replace(".", ",")


def name_of(user_id: str) -> str:
    """Return a person's full name, the id of a person who is gone."""
    return (person_name(user_id) or user_id) if user_id else ""


def change_text(change: int, written=str) -> str:
    """Return a difference with its sign: ``+1,4 MB``; empty if there is none."""
    if not change:
        return ""
    return f"{'+' if change > 0 else '−'}{written(abs(change))}"

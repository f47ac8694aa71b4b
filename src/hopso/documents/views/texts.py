"""Texts of the reader's script, translated by the server."""

from hopso import _


def reader_texts() -> dict:
    """Return name -> message; ``{n}`` and ``{m}`` are filled in by the script."""
    return {
        "page": _("Page {n}"),
        "page_of": _("Page {n} of {m}"),
        "no_text": _("This page has no text."),
        "searching": _("Searching …"),
        "no_hits": _("Nothing found in this document."),
        "hits": _("{n} places found"),
        "hit_of": _("Place {n} of {m}"),
        "folded": _("Not found with these accents; shown without regard to accents."),
        "more": _("Only the first places are shown; please write more words."),
        "search_failed": _("The search did not work. Please try again."),
        "offline": _("The connection is interrupted. The page tries again by itself."),
        "waiting": _("Waiting to be prepared for reading."),
        "running": _("Being prepared for reading: {n} of {m} pages."),
        "running_start": _("Being prepared for reading."),
        "image_failed": _("The picture of this page could not be loaded. Press to try again."),
        "not_sent": _("The decision could not be sent. Please check the connection and try again."),
        "zoom": _("{n} %"),
    }


def upload_texts() -> dict:
    """Texts of the script that uploads many files."""
    return {
        "wrong_type": _("Files of this type are not accepted."),
        "empty": _("The file is empty."),
        "twice": _("This file is in the list already."),
        "classification": _("Please declare the classification."),
        "subject": _("Please give a subject line."),
        "uploading": _("Uploading: {n} %"),
        "storing": _("Being checked …"),
        "stored": _("Uploaded"),
        "open": _("Open"),
        "not_sent": _("The upload was interrupted. Nothing you typed is lost; please try again."),
        "too_large": _("The file is too large for the server."),
        "upload": _("Upload {n} files"),
        "upload_one": _("Upload 1 file"),
        "retry": _("Try again"),
        "all_done": _("{n} documents were added as drafts."),
        "some_left": _("{n} files were not accepted: see there."),
        "leave": _("Some files have not been uploaded yet."),
    }

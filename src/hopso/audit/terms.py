"""By what entries are found: words that the sealer enters into an index.

Writers of entries touch no index of theirs but the history of the object; the
job that seals them, one at a time, does the rest.
"""

REFUSALS = ("access.refused", "login.failed", "login.locked", "login.refused")
# Details that name several people.
LISTS = ("principals", "users")


def terms_of(plain: dict) -> set[str]:
    """Return the terms of an entry as stored: its units, people, kind and marks."""
    operation = plain["operation"]
    people = {plain.get(name, "") for name in ("who", "behalf", "subject")}
    details = plain.get("details") or {}
    for name in LISTS:
        listed = details.get(name)
        if isinstance(listed, list | tuple):
            people.update(str(one).removeprefix("user:") for one in listed)
    found = {f"unit:{one}" for one in plain.get("units", ())}
    found |= {f"person:{one}" for one in people if one}
    found.add(f"kind:{operation.partition('.')[0]}")
    if is_refusal(operation):
        found.add("refused")
    if not plain.get("findable", True):
        found.add(f"read:{plain.get('scope', '')}")
    if plain.get("override"):
        found.add("override")
    return found


def is_refusal(operation: str) -> bool:
    """Tell whether an entry of this name is about something that was not allowed."""
    return operation in REFUSALS

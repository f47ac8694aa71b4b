"""Which texts the house shows to people, and which of them are translated."""

import ast
from collections import defaultdict
from pathlib import Path
import re

from lxml import etree


HOUSE = Path(__file__).parent.parent
PROFILES = HOUSE / "profiles"
I18N = "http://xml.zope.org/namespaces/i18n"
PLACEHOLDER = re.compile(r"\$\{(\w+)\}|\$(\w+)")


def room_of(path: Path) -> str:
    """Return the room that a file belongs to."""
    parts = path.relative_to(HOUSE).parts
    return parts[0] if len(parts) > 1 else "core"


def is_test(path: Path) -> bool:
    """Tell whether a file is a test's own."""
    return "tests" in path.relative_to(HOUSE).parts


def texts_of_python(path: Path):
    """Yield the msgids of calls of ``_``."""
    source = path.read_text("utf-8")
    if "import _" not in source and "MessageFactory" not in source:
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_" and node.args:
            text = node.args[0]
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                yield text.value


def _attribute(element, name):
    return element.get(f"{{{I18N}}}{name}", element.get(f"i18n:{name}"))


def _plain(text) -> str:
    return " ".join((text or "").split())


def _message(element) -> str:
    """Return the msgid of an element's content, named children as ``${name}``."""
    parts = [element.text or ""]
    for child in element:
        name = _attribute(child, "name") if isinstance(child.tag, str) else None
        if name:
            parts.append(f"${{{name}}}")
        elif isinstance(child.tag, str):
            parts.append(etree.tostring(child, encoding="unicode", with_tail=False))
        parts.append(child.tail or "")
    return _plain("".join(parts))


def texts_of_template(path: Path, domain: str = ""):
    """Yield the msgids of a page template or of a GenericSetup file in our domain."""
    source = path.read_bytes()
    if path.suffix == ".pt":
        source = b'<root xmlns:i18n="%s">%s</root>' % (I18N.encode(), source)
    root = etree.fromstring(source, etree.XMLParser(recover=True, resolve_entities=False))
    yield from _walk(root, domain)


def _walk(element, domain):
    if not isinstance(element.tag, str):
        return
    domain = _attribute(element, "domain") or domain
    if domain == "hopso":
        translated = _attribute(element, "translate")
        if translated is not None:
            yield translated or _message(element)
        for one in (_attribute(element, "attributes") or "").split(";"):
            words = one.split()
            if len(words) == 2:
                yield words[1]
            elif words and element.get(words[0]):
                yield _plain(element.get(words[0]))
    for child in element:
        yield from _walk(child, domain)


def wanted() -> dict[str, set[str]]:
    """Return room -> msgids that people can see."""
    found = defaultdict(set)
    for path in sorted(HOUSE.rglob("*.py")):
        if not is_test(path):
            found[room_of(path)].update(texts_of_python(path))
    for path in sorted(HOUSE.rglob("*.pt")):
        if not is_test(path):
            found[room_of(path)].update(texts_of_template(path))
    for path in sorted(PROFILES.rglob("*.xml")):
        found["profiles"].update(texts_of_template(path))
    return {
        room: {text for text in texts if re.search(r"\w", PLACEHOLDER.sub("", text))}
        for room, texts in found.items()
    }


def read_catalog(path: Path) -> dict[str, str]:
    """Return msgid -> msgstr of a .po file; fuzzy entries count as missing."""
    found = {}
    for block in re.split(r"\n\s*\n", path.read_text("utf-8")):
        entry, kind = {"msgid": "", "msgstr": ""}, ""
        for line in block.splitlines():
            word, _space, rest = line.strip().partition(" ")
            if word in entry:
                kind, line = word, rest
            if kind and line.strip().startswith('"'):
                entry[kind] += ast.literal_eval(line.strip())
        if entry["msgid"] and entry["msgstr"] and "#, fuzzy" not in block:
            found[entry["msgid"]] = entry["msgstr"]
    return found


def translated(language: str = "vi") -> dict[str, str]:
    """Return msgid -> text of all rooms' catalogs."""
    found = {}
    for path in sorted(HOUSE.rglob(f"locales/{language}/LC_MESSAGES/hopso.po")):
        found.update(read_catalog(path))
    return found


def missing() -> dict[str, list[str]]:
    """Return room -> msgids without Vietnamese."""
    known = translated()
    found = {room: sorted(texts - set(known)) for room, texts in wanted().items()}
    return {room: texts for room, texts in found.items() if texts}

"""An office's own Word file (`base.docx`), looked at before anything is made with it.

Its styles, page, head and foot go into every issue: what runs or fetches something, what is no document of one
section, and what is far too large is refused with its reason and the remedy.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

from digest.archives import UNREADABLE
from digest.errors import ProfileError

MOST_BYTES = 5_000_000
MOST_UNPACKED = 50_000_000
MOST_PARTS = 500
_MOST_PACKED = 200  # times as large as packed: text of an office packs to a tenth or so
_SMALL = 1_000_000  # what may pack as well as it likes
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES = "[Content_Types].xml"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OLD = b"\xd0\xcf\x11\xe0"  # a Word 97 file, and one with a password
_MACROS = re.compile(rb"macroEnabled|vbaProject|vbaData", re.IGNORECASE)
# By the last word of a relationship's type.
_RUNS = {
    "vbaproject", "oleobject", "package", "control", "activexcontrolbinary", "afchunk", "subdocument", "frame",
}  # fmt: skip
_FETCHING_FIELDS = re.compile(
    r"\b(?:DDE|DDEAUTO|INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|LINK|DATABASE|MACROBUTTON)\b", re.IGNORECASE
)
_TYPE = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_PLAIN = "save it in Word as a plain .docx"


def base_at(path: Path) -> bytes:
    """The file's bytes; ProfileError with what is wrong with it."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no file's name"
        raise ProfileError(f"Word base {path.name}: {reason}; it is looked for beside the profile") from error
    problem = _problem(data)
    if problem:
        raise ProfileError(f"Word base {path.name}: {problem}")
    return data


def _problem(data: bytes) -> str | None:
    if len(data) > MOST_BYTES:
        return f"more than {MOST_BYTES // 1_000_000} MB; take large pictures out of it"
    if data.startswith(_OLD):
        return f"is a .doc of old, or has a password; {_PLAIN}, without a password"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            problem = _swollen(archive)
            parts = {} if problem else {name: archive.read(name) for name in archive.namelist()}
    except UNREADABLE:
        return f"is no Word file, or a damaged one; {_PLAIN}"
    return problem or next(_wrong_parts(parts), None)


def _swollen(archive: zipfile.ZipFile) -> str | None:
    """A bomb by what it says of itself; `ZipFile.read` gives no more than that."""
    members = archive.infolist()
    whole = sum(member.file_size for member in members)
    if len(members) > MOST_PARTS or whole > MOST_UNPACKED:
        return f"more than {MOST_PARTS} parts or {MOST_UNPACKED // 1_000_000} MB unpacked; make a smaller one"
    if any(one.file_size > _SMALL and one.file_size > _MOST_PACKED * one.compress_size for one in members):
        return "a part of it unpacks to more than 200 times its size, as no document does; make a new one"
    return None


def _wrong_parts(parts: Mapping[str, bytes]) -> Iterator[str]:
    if any(_MACROS.search(name.encode()) for name in parts) or _MACROS.search(parts.get(_TYPES, b"")):
        yield f"holds macros; {_PLAIN}"
    xml = {name: data for name, data in parts.items() if name.endswith((".xml", ".rels"))}
    trees: dict[str, ET.Element] = {}
    for name, data in xml.items():
        text = data.replace(b"\0", b"")  # UTF-16 hides nothing
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            yield f"its part {name} has a document type, as no Word file has; {_PLAIN}"
        try:
            trees[name] = ET.fromstring(data)  # noqa: S314 - no document type, so no entity
        except (ET.ParseError, ValueError, LookupError):
            yield f"its part {name} cannot be read; {_PLAIN}"
    yield from _wrong_main(trees)
    yield from _wrong_links(trees)
    yield from _wrong_fields(trees)


def _wrong_main(trees: Mapping[str, ET.Element]) -> Iterator[str]:
    """No Word document, or one of several sections, of which nobody knows whose page is meant."""
    types = trees.get(_TYPES)
    overrides = () if types is None else types.iter(f"{_TYPE}Override")
    name = next((one.get("PartName", "") for one in overrides if one.get("ContentType") == _MAIN), "")
    main = trees.get(name.removeprefix("/"))
    if main is None or main.find(f"{_WORD}body") is None:
        yield f"is no Word document (a template .dotx, a sheet?); {_PLAIN}"
    elif len(list(main.iter(f"{_WORD}sectPr"))) > 1:
        yield "has several sections (section breaks); keep one, whose page, head and foot are to be used"


def _wrong_links(trees: Mapping[str, ET.Element]) -> Iterator[str]:
    """What runs, and what would be fetched when the issue is opened; a link waits for its reader."""
    for name, tree in trees.items():
        if not name.endswith(".rels"):
            continue
        for relation in tree:
            kind = relation.get("Type", "").rpartition("/")[2].lower()
            if kind in _RUNS:
                yield f"holds something embedded that runs or is opened apart ({kind}); take it out"
            if relation.get("TargetMode", "").lower() == "external" and kind != "hyperlink":
                yield (
                    f"fetches something from elsewhere ({kind}); put linked pictures into the file, take a linked "
                    "template off it"
                )


def _wrong_fields(trees: Mapping[str, ET.Element]) -> Iterator[str]:
    for name, tree in trees.items():
        written = "".join(part.text or "" for part in tree.iter(f"{_WORD}instrText"))
        simple = " ".join(part.get(f"{_WORD}instr", "") for part in tree.iter(f"{_WORD}fldSimple"))
        field = _FETCHING_FIELDS.search(f"{written} {simple}")
        if field:
            yield f"its part {name} has the field {field.group().upper()}, which runs or fetches something; take it out"

"""The marks that programs which turn documents into text put around words: `**bold**`, `[words](address)`, `# heading`."""

import re

_HEADING = re.compile(r"^(\s*)#{1,6}\s+(?=\S)")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_LINK = re.compile(r"(?<!!)\[([^\[\]]+)\]\(<?(https?://[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)>?\)")
_BARE = re.compile(r"^<(https?://[^\s<>]+)>$")
_PICTURE = re.compile(r"!\[[^\[\]]*\]\([^()]*\)|<!--.*?-->")
_ROW = re.compile(r"\|\s*(.*?)\s*\|")
_RULE = re.compile(r"[|:\s-]*-{3,}[|:\s-]*")
_ESCAPED = re.compile(r"\\([_*#\[\]()~&])")

Links = tuple[tuple[str, str], ...]


def without_marks(text: str) -> tuple[str, Links]:
    """The words of a line, and those that lead to an address with it. A link within the file stays as it is written."""
    if not any(mark in text for mark in ("#", "**", "__", "](", "<", "\\", "|")):
        return text, ()
    if row := _ROW.fullmatch(text.strip()):
        text = "" if _RULE.fullmatch(text.strip()) else row[1]
    plain = _PICTURE.sub("", _HEADING.sub(r"\1", text))
    links = tuple((_bare(found[1]), found[2]) for found in _LINK.finditer(plain))
    plain = _LINK.sub(lambda found: found[2] if found[1].startswith(("http:", "https:")) else found[1], plain)
    return _bare(_BARE.sub(r"\1", plain.strip())), links


def _bare(text: str) -> str:
    return _ESCAPED.sub(r"\1", _BOLD.sub(r"\2", text)).rstrip()

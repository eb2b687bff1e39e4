"""What a page's reading of today and the stored one differ in, as a line of JSON."""

import difflib
from collections.abc import Sequence

from digest.pipeline.again import Compared
from digest.wire import Raw, dump


def line_of(compared: Compared) -> Raw:
    """What differs, as JSON: each field's old and new value; of the paragraphs the lines that went and came."""
    old, new = dump(compared.old) if compared.old else {}, dump(compared.new)
    differs = {
        name: _lines(old.get(name, ()), new[name]) if name == "paragraphs" else {"old": old.get(name), "new": new[name]}
        for name in compared.fields
    }
    whose = {"id": compared.new.id, "url": compared.new.url, "source": compared.source, "page": compared.page}
    return whose | {"newly": compared.old is None, "differs": differs}


def _lines(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """`-` and a paragraph that went, `+` and one that came, in the order of the text."""
    return [
        f"{mark}{paragraph}"
        for _, old_from, old_to, new_from, new_to in _changes(old, new)
        for mark, paragraphs in (("-", old[old_from:old_to]), ("+", new[new_from:new_to]))
        for paragraph in paragraphs
    ]


def _changes(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    matcher = difflib.SequenceMatcher(None, list(old), list(new), autojunk=False)
    return [change for change in matcher.get_opcodes() if change[0] != "equal"]

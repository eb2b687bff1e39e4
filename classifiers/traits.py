"""What the rules and the places say together: who acts first, in which form it is written, which rules meet.

The codebook decides between sections by such meetings (opinion before discipline, discipline before sector, sector
before place), so pairs of what was found are features of their own.
"""

from collections.abc import Iterable, Sequence
from itertools import combinations

from classifiers.codebook import ACTORS, RULES
from classifiers.rules import SAPO, TITLE, Fired
from digest.places import Found

_PLACES = {
    "place_title": "nơi chốn trong tít",
    "place_first": "tít mở đầu bằng nơi chốn",
    "place_any": "nói về một nơi",
    "place_many": "nói về nhiều nơi",
    "place_none": "không nói về nơi nào",
}
_SHAPES = {"long": "tít dài", "short": "tít ngắn", "no_name": "tít không có tên riêng", "brief": "sapo ngắn"}
_FIRST = {f"first_{rule.key}": f"chủ thể đầu tít: {rule.label}" for rule in ACTORS}
# What an editor reads, by key.
LABELS = {rule.key: rule.label for rule in RULES} | _PLACES | _SHAPES | _FIRST
_ACTORS = frozenset(rule.key for rule in ACTORS)
# A headline that begins with a place may have an opening quotation mark or "TP." before it.
_AT_THE_START = 12
PAIR = "&"


def features(fired: Sequence[Fired], keys: Iterable[str]) -> list[str]:
    """The single features: each rule by field, and each key wherever it holds."""
    return sorted({one.feature for one in fired} | set(keys))


def pairs(keys: Iterable[str]) -> list[str]:
    """Two keys that hold together, as one feature."""
    return [PAIR.join(pair) for pair in combinations(sorted(keys), 2)]


def keys_of(title: str, sapo: str, fired: Sequence[Fired], places: Sequence[Found]) -> frozenset[str]:
    """The keys of `LABELS` that hold for an article."""
    return frozenset(
        {one.rule.key for one in fired} | _place_keys(title, places) | _shape_keys(title, sapo) | _first_actor(fired)
    )


def _place_keys(title: str, places: Sequence[Found]) -> set[str]:
    if not places:
        return {"place_none"}
    keys = {"place_any"}
    if len(places) > 1:
        keys.add("place_many")
    if places[0].field == "title":
        keys.add("place_title")
        if 0 <= title.find(places[0].text) < _AT_THE_START:
            keys.add("place_first")
    return keys


def _shape_keys(title: str, sapo: str) -> set[str]:
    size = len(title.split())
    keys = set()
    if size >= 16:
        keys.add("long")
    if size <= 7:
        keys.add("short")
    if not any(letter.isupper() for letter in title[1:]):
        keys.add("no_name")
    if len(sapo.split()) < 20:
        keys.add("brief")
    return keys


def _first_actor(fired: Sequence[Fired]) -> set[str]:
    for field in (TITLE, SAPO):
        acting = [(one.start, one.rule.key) for one in fired if one.field == field and one.rule.key in _ACTORS]
        if acting:
            return {f"first_{min(acting)[1]}"}
    return set()

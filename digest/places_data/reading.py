"""Reading a text for what it names: provinces and well-known cities, units below them."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from digest.model import Article
from digest.places_data.gazetteer import MOST_TEXT, Mention, mentions_of
from digest.places_data.tables import Field
from digest.places_data.unit_names import Named, named_units


@dataclass(frozen=True, slots=True)
class Read:
    """A text, as far as it is looked at, with the provinces and units it names, in order."""

    text: str
    field: Field
    mentions: Sequence[Mention]
    named: Sequence[Named]


def read_text(text: str, field: Field, *, merged: bool) -> Read:
    """One text; `merged`: read as of 1/7/2025 or later."""
    text = text[:MOST_TEXT]
    mentions = mentions_of(text, merged=merged)
    return Read(text, field, mentions, named_units(text, mentions))


@functools.lru_cache(maxsize=4)  # who asks for the units of an article asks for its agencies, too
def read_article(article: Article, merged: bool) -> tuple[Read, ...]:  # noqa: FBT001 - a key of the cache
    """Title, standfirst and body."""
    body = "\n".join(article.paragraphs)
    fields: list[tuple[str, Field]] = [(article.title, "title"), (article.sapo or "", "sapo"), (body, "body")]
    return tuple(read_text(text, field, merged=merged) for text, field in fields if text)

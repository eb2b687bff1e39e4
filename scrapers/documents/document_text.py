"""What a document says, before it is an article."""

from dataclasses import dataclass

from scrapers.documents.flow import Paragraph
from scrapers.documents.legacy import Encoding


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Paragraphs in order, the font encodings they were converted from, and flags for the article."""

    paragraphs: tuple[Paragraph, ...]
    found: tuple[Encoding, ...] = ()
    flags: tuple[str, ...] = ()

"""What a document says, before it is an article."""

from dataclasses import dataclass

from scrapers.documents.flow import Paragraph
from scrapers.documents.legacy import Encoding
from scrapers.documents.tagged import Tagged


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Paragraphs in order, the font encodings they were converted from, flags for the article; a PDF's tags too."""

    paragraphs: tuple[Paragraph, ...]
    found: tuple[Encoding, ...] = ()
    flags: tuple[str, ...] = ()
    tagged: tuple[Tagged, ...] = ()

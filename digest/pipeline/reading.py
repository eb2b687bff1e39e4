"""A stored or fetched page as an article: a web page, or a document. Sent to other processes, so it imports little."""

from digest.model import Article, Page
from scrapers.documents.reading import is_document, read_document
from scrapers.extraction.extract import extract
from scrapers.source import Source


def read_page(page: Page, source: Source | None) -> Article:
    """The article on the page, or in the document where the source has such; ExtractError where there is none."""
    if (source is None or source.documents) and is_document(page.body):
        return read_document(page.body, url=page.url, source=source, fetched=page.fetched)
    return extract(page.body, url=page.url, source=source, fetched=page.fetched, content_type=_content_type(page))


def _content_type(page: Page) -> str | None:
    return next((value for name, value in page.headers if name.lower() == "content-type"), None)

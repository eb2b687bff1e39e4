"""What the address of an article looks like: the source's own pattern, else a handful of shapes that systems use."""

import re

from scrapers.identity import path_with_query
from scrapers.source import Source

_ENDING = r"(?:\.\w{2,5})?/?(?:\?|$)"
_SHAPES = re.compile(
    rf"-(?:post|postid|[adi]|c\d+a)\d{{3,}}{_ENDING}"  # F1, F5, one-off shapes
    rf"|-(?!(?:tags?|cat|cate|topic|event|sk|zone)\d)[a-z]{{1,4}}\d{{5,}}{_ENDING}"
    rf"|-\d{{5,}}(?:-tong-thuat)?{_ENDING}"  # F2, F3, F6; an event's last account
    r"|/\d{6}/[^/?]+/?(?:\?|$)"  # F4
    r"|---?(?:id)?\d+/?(?:\?|$)"
    r"|/(?:19|20)\d\d/\d{1,2}/(?:\d{1,2}/)?[^/?-]+-[^/?]+/?(?:\?|$)"
    r"|/(?!(?:19|20)\d\d/)\d{4,}/[^/?-]+-[^/?-]+-[^/?]+/?(?:\?|$)"  # /news/4/123456/mot-cua-cap-xa
    r"|/\d{4,}-[^/?-]+-[^/?-]+-[^/?]+/?(?:\?|$)"  # Joomla: /123456-mot-cua-cap-xa
    r"|/\d+p\d+c\d+/[^/?]+"
    r"|/(?:id|articleid|newsid|node|itemid)/\d{2,}(?:/|\?|$)"  # DNN, Drupal
    r"|/-/(?:asset_publisher/\w+/content/)?[^/?-]*-[^/?-]*-[^/?]+(?:\?|$)"  # Liferay
    r"|[?&](?:itemid|mabb|news_?id|article_?id|id_?tin|tin_?id|content_?id|post_?id|baiviet_?id|id_?baiviet)=\d+",
    re.IGNORECASE,
)
# No number, but five words: few sections are called so.
_WORDY = re.compile(r"/[^/.?-]*(?:-+[^/.?-]+){4,}(?:\.\w{2,5})?/?(?:\?|$)")
_NUMBERED = re.compile(r"\d{3}[^/]*/?$")
_LONGEST = 2048
# Folders whose pages are collections or no text; a source whose own pattern names one wants it.
_NEVER = re.compile(
    r"/(topics?|chu-de|tags?|tu-khoa|tac-gia|authors?|tim-kiem|search|videos?|podcasts?|e-?magazines?|rss)/",
    re.IGNORECASE,
)
_SELDOM = re.compile(
    r"/(?:su-kien|dong-su-kien|events?|media|multimedia|category|chuyen-muc|danh-muc)/[^/]*/?$", re.IGNORECASE
)
_COLLECTION = re.compile(r"-(?:tags?|topic|event|cate?|chu-de|zone)-?\d+(?:\.\w{2,5})?/?$", re.IGNORECASE)
_NO_PAGE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|ico|pdf|docx?|xlsx?|pptx?|txt|zip|rar|mp[34]|css|js|json|xml|rss)$", re.IGNORECASE
)
_DOCUMENT = re.compile(r"\.(?:pdf|docx|txt)$", re.IGNORECASE)
# Editions beside the Vietnamese paper: films, sound, other languages.
_OTHER_EDITION = re.compile(
    r"(?:video|tv|podcast|radio|en|eng|english|e|cn|zh|fr|ru|es|de|ja|jp|kr|ko|lo|la|kh|km)\.(?=.+\.)"
)


def looks_like_article(url: str, source: Source | None = None) -> bool:
    """Whether the address has the shape of an article's, or of a document where the source has these as articles."""
    if is_no_article(url, source):
        return False
    path = path_with_query(url)
    plain = path.partition("?")[0]
    if _NO_PAGE.search(plain):  # of these, only a source's documents are left
        return True
    if source is not None and source.article_pattern:
        return re.search(source.article_pattern, path) is not None
    if _SELDOM.search(plain) or _COLLECTION.search(plain):
        return False
    return _SHAPES.search(path) is not None or _WORDY.search(path) is not None


def is_document_address(url: str) -> bool:
    """Whether the address is a PDF, Word or text file's by its ending."""
    return _DOCUMENT.search(path_with_query(url).partition("?")[0]) is not None


def is_no_article(url: str, source: Source | None = None) -> bool:
    """Whether the address is certainly none of an article, whatever its shape: a file, a film, an author's page."""
    if len(url) > _LONGEST:
        return True
    path = path_with_query(url)
    plain = path.partition("?")[0]
    if source is not None and source.exclude_pattern and re.search(source.exclude_pattern, path):
        return True
    if _NO_PAGE.search(plain):
        return source is None or not source.documents or _DOCUMENT.search(plain) is None
    folder = _NEVER.search(plain)
    pattern = source.article_pattern if source is not None else None
    return folder is not None and not (pattern and folder.group(1).lower() in pattern)


def is_other_edition(host: str, own: str) -> bool:
    """Whether a host is a paper's edition in another language or medium; not where one's own host is one."""
    return _OTHER_EDITION.match(host) is not None and _OTHER_EDITION.match(own) is None


def is_numbered(url: str) -> bool:
    """Whether the address proves by its number that it is an article's."""
    path = path_with_query(url)
    return bool(_SHAPES.search(path) or _NUMBERED.search(path) or _DOCUMENT.search(path.partition("?")[0]))


def is_wordy(url: str) -> bool:
    """Whether the address is long enough to hold a headline."""
    return _WORDY.search(path_with_query(url)) is not None

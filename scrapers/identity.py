"""One identity for one article, whichever way its address was found: feed, section page, AMP, mobile, print.

An identity looks like an address but is a key: compared and stored, never fetched.
"""

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from scrapers.source import Source

_FOLDED_HOST = re.compile(r"^(?:(?:www\d?|m|amp|mobile|wap)\.)+(?=[^.]+\.)")
# Parameters that follow a reader about or choose a view; none of them chooses an article.
_TRACKING = re.compile(
    r"^(?:utm_.*|mc_[ce]id|pk_.*|_ga|_gl|fb(?:clid|_.*)|gclid|gbraid|wbraid|dclid|msclkid|yclid|twclid|igshid|spm|ocid"
    r"|zarsrc|zalo.*|gidzl|vn_(?:source|campaign|medium|term|thumb)|ref|ref_.*|referr?er|share|share_.*|cmpid|campaign"
    r"|amp|outputtype|mobile|print|inbai)$",
    re.IGNORECASE,
)
_AMP_FOLDER = re.compile(r"(?:^/(?:amp|mobile|print|in-bai)(?=/)|/(?:amp|print|in-bai)/?$)", re.IGNORECASE)
_AMP_ENDING = re.compile(r"(?:\.(?:amp|print|inbai)|-(?:amp|print)(?=\.\w))(?P<ending>\.\w{2,5})?$", re.IGNORECASE)
_PATTERN_ENDING = re.compile(r"\\\.([a-z]{3,5})\$")
_DEFAULT_PORTS = {"http": 80, "https": 443}


def same_article(url: str, source: Source | None = None) -> str:
    """The key under which addresses of one article meet; an address that cannot be taken apart is its own key.

    Scheme https, host without `www.`, `m.`, `amp.`, no fragment, no tracking parameters, the rest in sorted order,
    no slash at the end, AMP and print forms folded. Where the source's pattern recognises the path alone, its
    `key_parameters` are all that stays of the query.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return url.strip()
    if not host:
        return url.strip()
    path = _folded_path(parts.path, source)
    query = urlencode(sorted(_kept(parts.query, path, source)))
    shown_port = f":{port}" if port and port != _DEFAULT_PORTS.get(parts.scheme) else ""
    return f"https://{_FOLDED_HOST.sub('', host)}{shown_port}{path or '/'}" + (f"?{query}" if query else "")


def without_tracking(url: str) -> str:
    """The address as it may be fetched and printed: no fragment, no tracking parameters, all else as it was."""
    head, _, query = url.partition("#")[0].partition("?")
    kept = [piece for piece in query.split("&") if piece and not _TRACKING.match(piece.partition("=")[0])]
    return head + ("?" + "&".join(kept) if kept else "")


def path_with_query(url: str) -> str:
    """What the patterns of a source are searched in."""
    try:
        parts = urlsplit(without_tracking(url))
    except ValueError:
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _folded_path(path: str, source: Source | None) -> str:
    path = quote(unquote(re.sub(r"/{2,}", "/", path)), safe="/:@!$&'()*+,;=-._~")
    path = _AMP_FOLDER.sub("", path)
    amp = _AMP_ENDING.search(path)
    if amp:
        path = path[: amp.start()] + (amp["ending"] or _usual_ending(source))
    return path.rstrip("/")


def _usual_ending(source: Source | None) -> str:
    """`.tpo` where the source's pattern ends so: `slug-post1.amp` and `slug-post1.tpo` are one article."""
    found = _PATTERN_ENDING.search(source.article_pattern or "") if source else None
    return f".{found.group(1)}" if found else ".html"


def _kept(query: str, path: str, source: Source | None) -> list[tuple[str, str]]:
    pairs = parse_qsl(query, keep_blank_values=True)
    keys = {name.lower() for name in source.key_parameters} if source else set()
    if keys:
        return [(name.lower(), value) for name, value in pairs if name.lower() in keys]
    pattern = source.article_pattern if source else None
    if pattern and re.search(pattern, path):
        return []
    return [(name, value) for name, value in pairs if not _TRACKING.match(name)]

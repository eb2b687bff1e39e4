"""One identity for one article, whichever way its address was found: feed, section page, AMP, mobile, print.

An identity looks like an address but is a key: compared and stored, never fetched.
"""

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from scrapers.source import Source

_FOLDED_HOST = re.compile(r"^(?:(?:www\d?|m|amp|mobile|mobi|wap|touch)\.)+(?=[^.]+\.)")
# Parameters that follow a reader about; none of them chooses an article.
_TRACKING = re.compile(
    r"^(?:utm_?.*|mc_[ce]id|pk_.*|mtm_.*|itm_.*|_ga.*|_gl|_hs(?:enc|mi)|gad_.*|fb(?:clid|_.*)|gclid|gclsrc|gbraid|wbraid|dclid"
    r"|msclkid|yclid|twclid|ttclid|li_fat_id|srsltid|igsh(?:id)?|spm|ocid|xtor|mkt_tok|wt\..*|__cft__.*|__tn__|_rdr|_x_tr_.*"
    r"|zarsrc|zalo.*|gidzl|vn_(?:source|campaign|medium|term|thumb)|ref|ref_.*|referr?er|share|share_.*|cmpid|campaign"
    r"|inheritredirect|redirect|phpsessid|jsessionid|usqp|amp_.*)$",
    re.IGNORECASE,
)
# Parameters that choose a view of the same article.
_VIEW = re.compile(
    r"^(?:(?:amp|mobile|print|inbai|in-?bai|outputtype)=.*"
    r"|(?:view|layout|format|tmpl|mode|display|version|device|output|type|theme)=(?:amp|print|mobile|component|pda|wap))$",
    re.IGNORECASE,
)
_SESSION = re.compile(r";(?:jsessionid|phpsessid)=[^/?#]*", re.IGNORECASE)
_AMP_FOLDER = re.compile(
    r"^/(?:amp|mobile|m|wap|print|in-?bai(?:-viet)?|in-tin|ban-in)(?=/.)|/(?:amp|print|in-?bai(?:-viet)?|in-tin|ban-in)/*$",
    re.IGNORECASE,
)
_AMP_ENDING = re.compile(
    r"(?:\.(?:amp|print|inbai)|-(?:amp|print|inbai)(?=\.\w))(?P<ending>\.\w{2,5})?$", re.IGNORECASE
)
_PATTERN_ENDING = re.compile(r"\\\.(?:\(\?:)?([a-z]{3,5})(?:\|[a-z|]*\))?\$")
_ANY_CASE = re.compile(r"\.as[hp]x(?:/|$)", re.IGNORECASE)  # served by Windows, which knows no case
_SLASHES = re.compile(r"/{2,}")
_LONGEST = 4096


def same_article(url: str, source: Source | None = None) -> str:
    """The key under which addresses of one article meet; an address that cannot be taken apart is its own key.

    Scheme https, host without `www.`, `m.`, `amp.`, an alias of the source as its domain, no fragment, no tracking
    parameters, the rest in sorted order, no slash at the end, AMP and print forms folded. Where the source's pattern
    recognises the path alone, its `key_parameters` are all that stays of the query.
    """
    stripped = url.strip()
    try:
        parts = urlsplit(stripped)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return stripped
    if not host or ":" in host or len(stripped) > _LONGEST:
        return stripped
    path = _folded_path(parts.path, source)
    query = urlencode(sorted(_kept(parts.query, path, source)), errors="replace")
    is_usual = not port or port == 443 or (port == 80 and parts.scheme == "http")
    authority = _folded_host(host, source) + ("" if is_usual else f":{port}")
    shown_path = path.lower() if _ANY_CASE.search(path) else path
    return f"https://{authority}{shown_path or '/'}" + (f"?{query}" if query else "")


def without_tracking(url: str) -> str:
    """The address as it may be fetched and printed: no fragment, no tracking or view parameters, all else as it was."""
    head, _, query = url.partition("#")[0].partition("?")
    kept = [piece for piece in query.split("&") if piece and not _is_idle(*piece.partition("=")[::2])]
    return _SESSION.sub("", head) + ("?" + "&".join(kept) if kept else "")


def path_with_query(url: str) -> str:
    """What the patterns of a source are searched in."""
    try:
        parts = urlsplit(without_tracking(url))
    except ValueError:
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _folded_host(host: str, source: Source | None) -> str:
    """Without the readers' devices; an old domain of the source as the one of today."""
    plain = _FOLDED_HOST.sub("", host)
    if source is None or is_under(plain, source.domain):
        return plain
    alias = max((alias for alias in source.aliases if is_under(plain, alias)), key=len, default=None)
    return _FOLDED_HOST.sub("", plain.removesuffix(alias) + source.domain) if alias else plain


def is_under(host: str, domain: str) -> bool:
    """Whether a host is a domain or lies below it."""
    return host == domain or host.endswith("." + domain)


def _folded_path(path: str, source: Source | None) -> str:
    """The path with letters escaped in one way, without the marks of a view."""
    plain = _SLASHES.sub("/", _SESSION.sub("", unquote(path))).rstrip("/")
    path = quote(plain, safe="/:@!$&'()*+,;=-._~", errors="replace")
    while found := _AMP_FOLDER.search(path):
        path = path[: found.start()] + path[found.end() :]
    while found := _AMP_ENDING.search(path):
        path = path[: found.start()] + (found["ending"] or _usual_ending(source))
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
    return [(name, value) for name, value in pairs if not _is_idle(name, value)]


def _is_idle(name: str, value: str) -> bool:
    """Whether a parameter chooses no article."""
    return bool(_TRACKING.match(name) or _VIEW.match(f"{name}={value}"))

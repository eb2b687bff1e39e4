"""JSON Feed (jsonfeed.org) → the fields of its entries, under the names RSS gives them."""

from typing import Any

import msgspec

_NAMES = {
    "url": "link",
    "external_url": "guid",
    "id": "id",
    "title": "title",
    "date_published": "published",
    "date_modified": "modified",
    "summary": "summary",
    "content_html": "content",
    "content_text": "encoded",
}
_BOM = b"\xef\xbb\xbf"


def is_json(body: bytes) -> bool:
    """Whether the bytes begin as JSON does, and no feed in XML would."""
    return body[:64].removeprefix(_BOM).lstrip().startswith(b"{")


def entries_of(body: bytes) -> list[dict[str, str]] | None:
    """The entries, texts alone; None for any other JSON."""
    try:
        feed = msgspec.json.decode(body.removeprefix(_BOM))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    items = feed.get("items") if isinstance(feed, dict) else None
    return [_fields(item) for item in items if isinstance(item, dict)] if isinstance(items, list) else None


def _fields(item: dict[str, Any]) -> dict[str, str]:
    return {ours: item[theirs] for theirs, ours in _NAMES.items() if isinstance(item.get(theirs), str)}

"""What readers of an issue are told when it is corrected, when an item is taken down, when it is called back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from types import MappingProxyType
from typing import Literal

from digest.bulletin.differences import Difference, DifferenceKind, Passage, Piece
from digest.model import Issue
from digest.profile import Profile
from digest.render.colours import palette
from digest.render.envelope import LIMIT, Words, enclosed, inlined
from digest.render.glyphs import settable
from digest.render.links import office_colour
from digest.render.plain import CONTENT_HASH
from digest.render.sheet import Sheet
from digest.render.templating import filled
from digest.render.view import Rendition, View, view_of

Kind = Literal["correction", "taken-down", "recalled"]
LABELS: Mapping[DifferenceKind, str] = MappingProxyType(
    {
        "headline": "Tít",
        "contents_line": "Dòng mục lục",
        "paragraphs": "Nội dung",
        "source_line": "Dòng nguồn",
        "url": "Đường dẫn",
        "also": "Báo khác cùng đăng",
        "images": "Ảnh",
        "charts": "Biểu đồ",
        "title": "Tên mục",
        "number": "Số",
        "moved": "Chuyển mục",
        "reordered": "Thứ tự",
        "inserted": "Thêm tin",
        "dropped": "Bỏ tin",
    }
)
_TITLES: Mapping[Kind, str] = MappingProxyType(
    {"correction": "Đính chính", "taken-down": "Gỡ tin", "recalled": "Thu hồi"}
)
# The corrected issue itself goes out as "[Đính chính] …": what only tells of it is called otherwise.
_ABOUT: Mapping[Kind, str] = MappingProxyType(
    {"correction": "Những thay đổi trong ", "taken-down": "Tin đã gỡ khỏi ", "recalled": "Thông báo về "}
)
_SEE_PAGE = "Từng chữ thay đổi xem ở trang so sánh."
_LONGEST_REASON = 2_000  # characters, where nothing else would fit
_CONTEXT = 8  # words that a mail leaves beside what changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What became of an issue that went out: `issue` is the version that now stands, or the one that was called back.

    Of dropped items whose numbers are `withheld` nothing is repeated: they were taken down.
    """

    issue: Issue
    profile: Profile
    differences: Sequence[Difference] = ()
    reason: str = ""
    withheld: frozenset[int] = frozenset()

    @property
    def kind(self) -> Kind:
        """What happened."""
        if self.issue.status == "recalled":
            return "recalled"
        only_taken = self.differences and all(self.is_withheld(one) for one in self.differences)
        return "taken-down" if only_taken else "correction"

    def is_withheld(self, one: Difference) -> bool:
        """Whether the item was taken down."""
        return one.change == "dropped" and one.item in self.withheld

    @property
    def title(self) -> str:
        """What page and mail are called."""
        return f"[{_TITLES[self.kind]}] {_ABOUT[self.kind]}{self.profile.title_on(self.issue.date, self.issue.number)}"

    @property
    def view(self) -> View:
        """The issue in the profile's words."""
        return view_of(self.issue, self.profile)

    @property
    def said(self) -> str:
        """The sentence that says what happened."""
        if self.kind == "recalled":
            return "Số này đã được thu hồi. Đề nghị không sử dụng và không chuyển tiếp các bản đã nhận."
        replaced = f"Bản {self.issue.corrects} của số này được thay bằng bản {self.issue.version}."
        return f"{replaced} Đề nghị dùng bản mới thay cho bản đã nhận."


def correction_page(announcement: Announcement) -> Rendition:
    """The announcement as a web page in UTF-8, each change with what went and what came."""
    shown, notes = settable(_values(announcement, short=False), format_name="html")
    return Rendition(data=filled("bulletin/correction.html.j2", shown).encode(), notes=notes)


def correction_text(announcement: Announcement) -> str:
    """The announcement as plain text, each change with a few words around it."""
    shown, _ = settable(_values(announcement, short=True), format_name="text")
    return _fitting("\n\n".join(_paragraphs(form)) + "\n" for form in _shorter(shown))


def _fitting(forms: Iterator[str]) -> str:
    """The first form that is read to its end, else the last."""
    form = ""
    for form in forms:
        if len(form.encode()) <= LIMIT:
            return form
    return form


def _shorter(shown: Sheet) -> Iterator[Sheet]:
    """All of it; what changed and not how; that something changed: a mail that is cut off tells less."""
    yield shown
    said = f"{shown['said']} {_SEE_PAGE}"
    bare = [{**item, "changes": [{**change, "passages": []} for change in item["changes"]]} for item in shown["items"]]
    yield {**shown, "said": said, "items": bare}
    yield {**shown, "said": said, "items": [], "reason": shown["reason"][:_LONGEST_REASON]}


def correction_letter(announcement: Announcement) -> Rendition:
    """The announcement as a short mail; RenderError where the profile's mail address is none."""
    shown, notes = settable(_values(announcement, short=True), format_name="mail")
    html = _fitting(inlined(filled("mail/correction.html.j2", form)) for form in _shorter(shown))
    view = announcement.view
    words = Words(
        subject=announcement.title,
        plain=correction_text(announcement),
        html=html,
        identity=(announcement.kind, view.hash, str(view.issue.version)),
    )
    return Rendition(data=enclosed(view, words), notes=notes)


def _values(announcement: Announcement, *, short: bool) -> Sheet:
    view = announcement.view
    return {
        "title": announcement.title,
        "said": announcement.said,
        "reason": announcement.reason,
        "day": view.issue.date.isoformat(),
        "hash": view.hash,
        "hash_words": CONTENT_HASH,
        "by": announcement.profile.imprint.issuer or announcement.profile.imprint.maker,
        "contact": view.contact,
        "palette": palette(office_colour(announcement.profile)),
        "items": list(_items(announcement, short=short)),
    }


def _items(announcement: Announcement, *, short: bool) -> Iterator[Sheet]:
    """Item by item; of one that was taken down nothing is repeated."""
    for _, group in groupby(announcement.differences, key=lambda one: (one.change == "dropped", one.item)):
        changes = list(group)
        silent = announcement.is_withheld(changes[0])
        first = changes[0]
        yield {
            "place": first.section if silent else " – ".join(filter(None, (first.section, first.headline))),
            "changes": [_change(one, silent=silent, short=short) for one in changes],
        }


def _change(one: Difference, *, silent: bool, short: bool) -> Sheet:
    """One change; of a whole item the place says all."""
    passages = () if one.change in ("dropped", "inserted") else one.passages
    return {
        "label": "Gỡ tin" if silent else LABELS[one.change],
        "passages": [[_plain(piece) for piece in (_trimmed(words) if short else words)] for words in passages],
    }


def _plain(piece: Piece) -> Sheet:
    return {"text": piece.text, "state": piece.state}


def _trimmed(passage: Passage) -> Iterator[Piece]:
    """The passage with only a few words kept beside each change."""
    for place, piece in enumerate(passage):
        words = piece.text.split()
        first, last = place == 0, place == len(passage) - 1
        room = _CONTEXT if first or last else 2 * _CONTEXT
        if piece.state != "same" or len(words) <= room:
            yield piece
            continue
        left = [] if first else words[:_CONTEXT]
        right = [] if last else words[-_CONTEXT:]
        opening, closing = _blanks(piece.text)
        yield replace(piece, text=f"{opening}{' '.join([*left, '…', *right])}{closing}")


def _blanks(text: str) -> tuple[str, str]:
    """The blanks before its first word and behind its last."""
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def _paragraphs(shown: Sheet) -> Iterator[str]:
    yield shown["title"]
    yield shown["said"]
    if shown["reason"]:
        yield f"Lý do: {shown['reason']}"
    for item in shown["items"]:
        yield "\n".join([item["place"], *(line for change in item["changes"] for line in _lines(change))])
    if shown["contact"]:
        yield shown["contact"]
    yield f"{shown['hash_words']} {shown['hash']}"


def _lines(change: Sheet) -> Iterator[str]:
    """What a change is, and each passage as it was and as it is."""
    yield f"  {change['label']}"
    for pieces in change["passages"]:
        for name, leaves in (("Trước", "new"), ("Nay", "gone")):
            text = "".join(piece["text"] for piece in pieces if piece["state"] != leaves).strip()
            if text and any(piece["state"] not in ("same", leaves) for piece in pieces):
                yield f"    {name}: {text}"

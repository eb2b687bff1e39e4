"""Pictures of an issue: which may be printed, what the kept copy is, and whose picture a caption says it is. Pure.

An item's image is printed where it is `kept`: its `sha256` names the bytes, which renderers get as a mapping from
`Image.src` to `Picture` and never fetch. A caption is printed as it was written, credit included; the credit is read
out of it for the record, and where it is not sure there is none.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlsplit

from digest.model import Article, Image, Issue, Item, Kept, Rights
from digest.text import normalise, one_line
from digest.wire import content_hash

Mime = Literal["image/jpeg", "image/png"]

NO_PICTURE = "no-picture"
NO_CAPTION = "picture-no-caption"
NO_CREDIT = "picture-no-credit"
FLAGS = (NO_PICTURE, NO_CAPTION, NO_CREDIT)  # of an item; they are no part of its hash

MOST_AN_ITEM = 2  # are printed

_DOTS_AN_INCH = 200
_MOST_WIDE = 1600

_LABEL = re.compile(
    r"(?:^|(?P<apart>[-–—(\[.,;:|/!?…”\"]\s*)|\s)"
    r"(?P<label>(?:bài (?:và|,) )?(?:nguồn(?: ảnh)?|(?:hình )?ảnh|photo|đồ h(?:ọa|oạ))"
    r"(?:\s*(?:,|và|&|-)\s*(?:clip|video|bài|tư liệu))?(?: (?:minh h(?:ọa|oạ)|tư liệu|chụp))?)"
    r"(?:(?P<colon>\s*:)\s*|\s+)",
    re.IGNORECASE,
)
_AROUND = " \t-–—([|;/,:"
_ENDING = " .)];,"
_PHRASES = frozenset({"sưu tầm", "tư liệu", "internet", "tác giả", "nhân vật cung cấp"})
_MOST_WORDS = 12
_MOST_WORDS_WITHOUT_COLON = 4
# What a body that lends a picture may have in small letters. A verb is not among them: with one it is a description.
_SMALL_WORDS = (
    "an ảnh ban báo bệnh biên bộ bạn chí chính chủ cổng công cung cấp cục đại đài địa điện đoàn đọc do đồng giả giao"
    " hành hình hoá hóa học hội huyện internet kiểm liệu lịch miền ngoại nghiệp nhân nước nông pháp phát phòng phóng"
    " phố phủ phương phường quận quốc sát sĩ sở sưu tác tài tầm tâm tấn tế thành thanh thể thị thông tin tỉnh tòa toà"
    " trang trấn trung truyền trường tuyên tư từ tử ủy uỷ và văn vật vị viên viện xã y của theo"
)
_SMALL = frozenset(_SMALL_WORDS.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A copy that may be printed as it stands: JPEG or PNG in sRGB, upright, without metadata."""

    sha256: str
    mime: Mime
    width: int
    height: int
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """What a caption says of the picture, and whose picture it is; None for what it does not say."""

    text: str | None = None
    credit: str | None = None


def pixels_wide(millimetres: float) -> int:
    """How wide a copy has to be to be printed so wide: 200 dots an inch, at most 1,600."""
    return max(1, min(_MOST_WIDE, round(millimetres / 25.4 * _DOTS_AN_INCH)))


def caption_of(written: str | None) -> Caption:
    """`Họp bản - Ảnh: Lê Bến` → text and credit.

    "Ảnh: Đoàn công tác nghe báo cáo" is a description: what is not surely a name is none.
    """
    whole = one_line(normalise(written or "")).strip()
    for found in reversed(list(_LABEL.finditer(whole))):
        credit = whole[found.end() :].strip(_ENDING)
        if _is_credit(credit, found):
            return Caption(text=whole[: found.start("label")].rstrip(_AROUND) or None, credit=credit)
    return Caption(text=whole or None)


def _is_credit(words: str, label: "re.Match[str]") -> bool:
    if not words:
        return False
    if words.lower() in _PHRASES:
        return bool(label["colon"] or label["apart"])
    parts = [part for part in re.split(r"[\s/&+,-]+", words.strip("“”\"'")) if part]
    if label["colon"]:
        return len(parts) <= _MOST_WORDS and _is_name(parts[0]) and all(_is_name(part, _SMALL) for part in parts)
    return bool(label["apart"]) and len(parts) <= _MOST_WORDS_WITHOUT_COLON and all(map(_is_name, parts))


def _is_name(word: str, small: frozenset[str] = frozenset()) -> bool:
    """A capital, a domain, or one of the small words."""
    bare = word.strip("().;:“”\"'")
    return not bare or bare[0].isupper() or bare[0].isdigit() or bare in small or bool(re.search(r"\w\.\w", bare))


def may_print_pictures(rights: Rights) -> bool:
    """Whether an outlet's pictures may stand in print: where its whole text may, and it does not keep them back."""
    return rights.text == "full" and rights.pictures == "print"


def wanted(
    issue: Issue, *, each: int, rights: Callable[[Article], Rights], without: Collection[str] = ()
) -> dict[str, Item]:
    """The addresses of the pictures to print, at most `each` an item, with the item that shows each first.

    An address of `without`, whose picture could not be had, leaves its place to the item's next one.
    """
    found: dict[str, Item] = {}
    for item in items_of(issue):
        if item.origin == "own" or may_print_pictures(rights(_as_article(item))):
            left = [image for image in _on_the_web(item.images) if image.src not in without]
            for image in left[:each]:
                found.setdefault(image.src, item)
    return found


def items_of(issue: Issue) -> Iterator[Item]:
    """All items in their order."""
    return (item for section in issue.sections for item in section.items)


def printed_pictures(issue: Issue) -> dict[str, str]:
    """The hashes of the copies that the issue prints, by the picture's address."""
    return {image.src: image.kept.sha256 for item in items_of(issue) for image in item.images if image.kept}


def illustrated(issue: Issue, pictures: Mapping[str, Kept], asked: Iterable[str] = ()) -> Issue:
    """The issue with the copies of its pictures named, by address, and its hash made anew.

    `asked` are the addresses that were looked for: an item none of whose was had is flagged "no-picture". A printed
    picture whose caption or credit is not known is flagged too.
    """
    looked_for = frozenset(asked)
    return with_items(issue, lambda item: illustrated_item(item, pictures, looked_for))


def with_items(issue: Issue, change: Callable[[Item], Item]) -> Issue:
    """The issue with each item changed, and its hash made anew."""
    sections = tuple(replace(section, items=tuple(map(change, section.items))) for section in issue.sections)
    made = replace(issue, sections=sections)
    return replace(made, hash=content_hash(made))


def unkept_pictures(issue: Issue) -> int:
    """How many pictures would be printed, had their items' copies been kept."""
    bare = (item for item in items_of(issue) if not any(image.kept for image in item.images))
    return sum(min(MOST_AN_ITEM, len({image.src for image in item.images})) for item in bare)


def illustrated_item(item: Item, pictures: Mapping[str, Kept], asked: Collection[str]) -> Item:
    """The item as `illustrated` makes it."""
    images = _each_once(replace(image, kept=_kept(image, pictures)) for image in item.images)
    printed = [image for image in images if image.kept]
    missed = not printed and any(image.src in asked for image in images)
    found = {
        NO_PICTURE: missed,
        NO_CAPTION: any(caption_of(image.caption).text is None for image in printed),
        NO_CREDIT: any(image.kept is not None and image.kept.credit is None for image in printed),
    }
    others = tuple(flag for flag in item.flags if flag not in FLAGS)
    return replace(item, images=images, flags=(*others, *(flag for flag, holds in found.items() if holds)))


def _each_once(images: Iterable[Image]) -> tuple[Image, ...]:
    """A picture that stands at two addresses is printed at the first."""
    seen: set[str] = set()
    once = []
    for image in images:
        again = image.kept is not None and image.kept.sha256 in seen
        seen.update({image.kept.sha256} if image.kept else ())
        once.append(replace(image, kept=None) if again else image)
    return tuple(once)


def _kept(image: Image, pictures: Mapping[str, Kept]) -> Kept | None:
    kept = pictures.get(image.src)
    return replace(kept, credit=caption_of(image.caption).credit or kept.credit) if kept else None


def _on_the_web(images: Iterable[Image]) -> list[Image]:
    once: dict[str, Image] = {}
    for image in images:
        once.setdefault(image.src, image)
    return [image for image in once.values() if _scheme(image.src) in ("http", "https")]


def _scheme(address: str) -> str:
    """The scheme of an address, empty where it is none."""
    try:
        return urlsplit(address).scheme.lower()
    except ValueError:
        return ""


def _as_article(item: Item) -> Article:
    """As much of the item's article as says which outlet's it is."""
    return Article(id=item.article or "", url=item.url, outlet=item.outlet)

"""The issue as plain text, in the shape of the printed bulletin, and as a short text to paste into a chat."""

from collections.abc import Iterator

from digest.patterns import WEEKDAYS
from digest.profile import Profile
from digest.render.figures import chart_lines
from digest.render.marks import NO_ITEMS, SAME_STORY, with_marks
from digest.render.sheet import runs_on
from digest.render.storable import storable
from digest.render.view import ItemView, Masthead, Rendition, SectionView, View

CONTENT_HASH = "Mã nội dung (SHA-256):"
_SHORT_HASH = "Mã nội dung:"
_SHORT = 12  # letters of the hash: in a chat it is read out, not worked out


def text(view: View) -> Rendition:
    """UTF-8 text: masthead, contents where the profile has them, sections; a blank line between paragraphs, list entries line by line."""
    shown, notes = storable(view)
    parts = [shown.notice, *_masthead(shown.masthead)]
    contents = _contents(shown) if shown.profile.layout.contents else ""
    parts += [shown.masthead.intro, contents] if shown.sections else [NO_ITEMS]
    for section in shown.sections:
        parts += [section.title, *(part for item in section.items for part in _item(item, shown.profile))]
    parts += [shown.contact, "\n".join(shown.imprint), f"{CONTENT_HASH} {shown.hash}"]
    return Rendition(data=_joined(parts, "\n\n"), notes=notes)


def chat(view: View) -> Rendition:
    """UTF-8 text: headlines by section, each with its outlet and address on a line of its own."""
    shown, notes = storable(view)
    parts = [shown.notice, headed(shown)]
    parts += ["\n".join(_chat_lines(section)) for section in shown.sections] or [NO_ITEMS]
    parts.append(f"{_SHORT_HASH} {shown.hash[:_SHORT]}")
    return Rendition(data=_joined(parts, "\n\n"), notes=notes)


def headed(view: View) -> str:
    """What a text is called that has no masthead: `Điểm báo – Thứ Hai, 02/03/2026`.

    What the profile says in place of a weekday stands behind the title, and so does a weekday where that ends in no day.
    """
    said, day = view.masthead.weekday, f"{view.issue.date:%d/%m/%Y}"
    if said not in WEEKDAYS:
        return f"{view.title} ({said})" if said else view.title
    called = view.title.removesuffix(f" {day}")
    if called == view.title or called.lower().endswith(" ngày"):
        return f"{view.title} ({said.title()})"
    return f"{called.rstrip(' ,–-')} – {said.title()}, {day}"


def _joined(parts: list[str], between: str) -> bytes:
    return (between.join(part for part in parts if part) + "\n").encode()


def _masthead(masthead: Masthead) -> Iterator[str]:
    yield from (masthead.year, masthead.weekday, masthead.released, masthead.number or "")
    yield from (masthead.kicker, masthead.name, masthead.topic, masthead.frequency)


def _contents(view: View) -> str:
    """Item numbers run on across sections; a text has no pages to point to."""
    lines = []
    for section in view.sections:
        lines += [section.title, *(f"{item.number}. {item.contents_line}" for item in section.items)]
    return "\n".join(lines)


def _item(item: ItemView, profile: Profile) -> Iterator[str]:
    yield item.heading
    *body, last = list(_paragraphs(item)) or [""]
    closing = " ".join(part for part in (item.source_line, item.top_label) if part)
    yield from body
    charts = ("\n".join(chart_lines(chart)) for chart in item.charts)
    yield from (f"{last} {closing}",) if runs_on(item, profile) else (last, *charts, closing)
    if item.print_address and item.url:
        yield item.url
    if item.also:
        yield f"{SAME_STORY} {', '.join(other.outlet for other in item.also)}"


def _paragraphs(item: ItemView) -> Iterator[str]:
    """The entries of one list are one part, each on its line."""
    entries: list[str] = []
    for kind, words in with_marks(item.blocks):
        if kind in {"li", "oli", "row"}:
            entries.append(words)
            continue
        if entries:
            yield "\n".join(entries)
            entries = []
        yield words
    if entries:
        yield "\n".join(entries)


def _chat_lines(section: SectionView) -> Iterator[str]:
    yield section.title
    for item in section.items:
        outlet = f" ({item.entry.outlet})" if item.entry.outlet else ""
        yield f"{item.number}. {item.headline}{outlet}"
        if item.url:
            yield item.url

"""The covering note ("phiếu gửi") that goes into the document system with an issue, in the form of Decree 30/2020.

What the profile's imprint does not say is left out; the register's number, the signer's office and, where nobody is
named, the recipients are left open for the clerk to fill in.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from digest.patterns import has_number
from digest.profile import Layout
from digest.profile_parts import Imprint
from digest.render.plain import CONTENT_HASH
from digest.render.storable import storable
from digest.render.view import Rendition, View
from digest.render.word import packed
from digest.render.word_parts import Element, Look, element, paragraph, run
from digest.render.word_styles import PROPERTY_LENGTH, blank, text_width

_PAGE = Layout(paper="a4", font_size=14)  # the decree's, whatever the bulletin is printed on
_STATE, _MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
_MOTTO_MM = 56.0  # how long it is at 13 points; the line below it is as long
_NAME_MM, _TITLE_MM = 25.0, 45.0  # lines below office and title: a third to a half of them
_OPEN = "…" * 18
_TO_ALL = "Các cơ quan, đơn vị tại Nơi nhận"
_MOST_ABOVE = 4  # recipients above the text; of more each stands below it alone, so that the note stays one page
_LEFT = 0.45  # of the width, for the office's names
_SIGNING_LINES = 4
_STRONG, _SLANTED, _SMALL = Look(bold=True), Look(italic=True), Look(size=11)
_TWIP, _MILLIMETRE = 635, 36_000  # in EMU


def note(view: View) -> Rendition:
    """A Word file of one page; the same issue gives the same bytes."""
    shown, notes = storable(view)
    document = blank(replace(shown, profile=replace(shown.profile, layout=_PAGE)))
    document.core_properties.title = f"Phiếu gửi {shown.title}"[:PROPERTY_LENGTH]
    section = document.sections[0]
    section.different_first_page_header_footer = False
    section.header.is_linked_to_previous = section.footer.is_linked_to_previous = True  # a note has neither
    to = shown.profile.imprint.recipients
    width = text_width(section)
    for part in (*_head(shown, width), *_text(shown, to, width), *_foot(shown, to, width)):
        document.element.body.insert_element_before(part, "w:sectPr")
    buffer = io.BytesIO()
    document.save(buffer)
    return Rendition(data=packed(buffer), notes=notes)


def _head(view: View, width: int) -> Iterator[Element]:
    """The office at the left, the state at the right, number and day below them."""
    left, right = width * _LEFT, width * (1 - _LEFT)
    names = [_centred(run(name, Look(bold=is_own, size=12))) for name, is_own in _offices(view.profile.imprint)]
    state = [_centred(run(_STATE, Look(bold=True, size=12))), _centred(run(_MOTTO, Look(bold=True, size=13)))]
    yield _table(
        width,
        ([*names, _rule(left, _NAME_MM)] if names else [], [*state, _rule(right, _MOTTO_MM)]),
        (
            [_centred(run("Số: …………/PG-……", Look(size=13)))],
            [_centred(run(_day(view), Look(italic=True, size=13)))],
        ),
    )


def _offices(imprint: Imprint) -> Iterator[tuple[str, bool]]:
    """The names of office and maker; the last one is the office's own, above it stands whom it belongs to."""
    names = [name.upper() for name in (imprint.issuer, imprint.maker) if name]
    for place, name in enumerate(names, 1):
        yield name, place == len(names)


def _day(view: View) -> str:
    place = view.profile.imprint.place
    day = _in_words(view.issue.date)
    return f"{place}, {day}" if place else day.capitalize()


def _in_words(day: date) -> str:
    """Days below 10 and the months 1 and 2 take a nought, as the decree asks."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def _text(view: View, recipients: Sequence[str], width: int) -> Iterator[Element]:
    sender = view.profile.imprint.maker or view.profile.imprint.issuer
    yield paragraph("Normal")
    yield _centred(run("PHIẾU GỬI", _STRONG))
    yield _centred(run(view.title, _STRONG))
    if view.notice:
        yield _centred(run(f"({view.notice})", _SLANTED))
    yield _rule(width, _TITLE_MM)
    yield paragraph("Normal")
    yield from _addressed(recipients)
    yield paragraph("BodyText", run(f"{sender or 'Xin'} gửi kèm theo phiếu này các văn bản, tài liệu sau:"))
    names = _enclosures(view)
    yield from (
        paragraph("NumberedEntry", run(f"{place}. {name}{_stop(place, names)}")) for place, name in enumerate(names, 1)
    )
    yield paragraph("BodyText", run(_thanks(sender)))


def _addressed(recipients: Sequence[str]) -> Iterator[Element]:
    if 1 < len(recipients) <= _MOST_ABOVE:
        yield paragraph("BodyText", run("Kính gửi:"))
        yield from (
            paragraph("DashEntry", run(f"- {name}{_stop(place, recipients)}"))
            for place, name in enumerate(recipients, 1)
        )
    else:
        name = _TO_ALL if len(recipients) > 1 else recipients[0] if recipients else _OPEN
        yield _centred(run(f"Kính gửi: {name}"))
    yield paragraph("Normal")


def _thanks(sender: str) -> str:
    return f"Sau khi nhận được, đề nghị quý cơ quan gửi lại phiếu này{f' cho {sender}' if sender else ''}./."


def _enclosures(view: View) -> list[str]:
    said = view.issue.number is None or has_number(view.profile.masthead.title)
    number = "" if said else f" số {view.issue.number}"
    count = f"{len(view.items)} tin, bài"
    return [
        f"Tệp {view.file_stem}.pdf: {view.title}{number} ({count}), bản PDF",
        f"Tệp {view.file_stem}.docx: {view.title}{number}, bản Word",
    ]


def _stop(place: int, names: Sequence[str]) -> str:
    return "." if place == len(names) else ";"


def _foot(view: View, recipients: Sequence[str], width: int) -> Iterator[Element]:
    """Who gets it at the left; at the right who signs it, and below whoever received it."""
    name, _, office = (part.strip() for part in view.profile.imprint.responsible.partition(","))
    signed = [_centred(run(office.upper() or _OPEN, _STRONG))]
    signed += [*(paragraph("Normal") for _ in range(_SIGNING_LINES)), _centred(run(name, _STRONG))]
    received = [
        paragraph("Normal"),
        _centred(run("Ngày …… tháng …… năm ………", _SLANTED)),
        _centred(run("NGƯỜI NHẬN", _STRONG)),
        _centred(run("(Ký, ghi rõ họ tên)", _SLANTED)),
        *(paragraph("Normal") for _ in range(_SIGNING_LINES - 1)),
    ]
    yield paragraph("Normal")
    copies = [paragraph("Normal", run(line, look)) for line, look in _copies(recipients)]
    yield _table(width, (copies, [*signed, *received]))
    yield paragraph("Normal")
    yield paragraph("Normal", run(f"{CONTENT_HASH} {view.hash}", Look(size=9)))


def _copies(recipients: Sequence[str]) -> Iterator[tuple[str, Look]]:
    """Those named above need not be named again."""
    yield "Nơi nhận:", Look(bold=True, italic=True, size=12)
    if len(recipients) > _MOST_ABOVE:
        yield from ((f"- {name};", _SMALL) for name in recipients)
    elif recipients:
        yield "- Như trên;", _SMALL
    yield "- Lưu: VT.", _SMALL


def _centred(*content: Element) -> Element:
    return paragraph("Normal", *content, jc="center")


def _rule(column: float, millimetres: float) -> Element:
    """A drawn line in the middle of a column (EMU): the decree wants no underlined words."""
    made, border = paragraph("Normal"), element("w:pBdr")
    border.append(element("w:bottom", val="single", sz="6", space="0", color="000000"))
    side = _twips((column - millimetres * _MILLIMETRE) / 2)
    spacing = element("w:spacing", before="0", after="120", line="60", lineRule="exact")
    made[0].extend([border, spacing, element("w:ind", left=side, right=side)])
    return made


def _table(width: int, *rows: tuple[list[Element], list[Element]]) -> Element:
    """Two columns without lines; a cell holds a paragraph at least."""
    table, properties, grid = (element(tag) for tag in ("w:tbl", "w:tblPr", "w:tblGrid"))
    margins = element("w:tblCellMar")
    margins.extend(element(f"w:{side}", w="0", type="dxa") for side in ("left", "right"))
    properties.extend([element("w:tblW", w=_twips(width), type="dxa"), element("w:tblLayout", type="fixed"), margins])
    sizes = [_twips(width * share) for share in (_LEFT, 1 - _LEFT)]
    grid.extend(element("w:gridCol", w=size) for size in sizes)
    table.extend([properties, grid])
    for cells in rows:
        row = element("w:tr")
        row.extend(_cell(size, content) for size, content in zip(sizes, cells, strict=True))
        table.append(row)
    return table


def _cell(size: str, content: list[Element]) -> Element:
    cell, looks = element("w:tc"), element("w:tcPr")
    looks.append(element("w:tcW", w=size, type="dxa"))
    cell.extend([looks, *(content or [paragraph("Normal")])])
    return cell


def _twips(emu: float) -> str:
    return str(round(emu / _TWIP))

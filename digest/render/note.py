"""The covering note ("phiếu gửi") that goes into the document system with an issue, in the form of Decree 30/2020.

What the profile's imprint does not say is left out; the register's number and, where nobody is named, the recipients
are left open for the clerk to fill in.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from digest.profile import Layout
from digest.profile_parts import Imprint
from digest.render.storable import storable
from digest.render.view import Rendition, View
from digest.render.word import packed
from digest.render.word_parts import Element, Look, element, paragraph, run
from digest.render.word_styles import blank, text_width

_PAGE = Layout(paper="a4", font_size=14)  # the decree's, whatever the bulletin is printed on
_STATE, _MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
_OPEN = "…" * 18
_LEFT = 0.42  # of the width, for the office's names
_STRONG, _SLANTED = Look(bold=True), Look(italic=True)


def note(view: View, *, recipients: Sequence[str] = (), number: str = "") -> Rendition:
    """A Word file of one page; the same issue gives the same bytes. `number` is the register's, as in `41/PG-VP`."""
    shown, notes = storable(view)
    document = blank(replace(shown, profile=replace(shown.profile, layout=_PAGE)))
    document.core_properties.title = f"Phiếu gửi {shown.title}"
    section = document.sections[0]
    section.different_first_page_header_footer = False
    section.header.is_linked_to_previous = section.footer.is_linked_to_previous = True  # a note has neither
    for part in (
        *_head(shown, number, text_width(section)),
        *_text(shown, recipients),
        *_foot(shown, recipients, text_width(section)),
    ):
        document.element.body.insert_element_before(part, "w:sectPr")
    buffer = io.BytesIO()
    document.save(buffer)
    return Rendition(data=packed(buffer), notes=notes)


def _head(view: View, number: str, width: int) -> Iterator[Element]:
    """The office at the left, the state at the right, number and day below them."""
    left = [_centred(run(name, Look(bold=is_own, size=12))) for name, is_own in _offices(view.profile.imprint)]
    left += [_rule()] if left else []
    left.append(_centred(run(f"Số: {number or '          /PG'}", Look(size=13))))
    right = [
        _centred(run(_STATE, Look(bold=True, size=12))),
        _centred(_underlined(run(_MOTTO, Look(bold=True, size=13)))),
    ]
    yield _columns(width, left, [*right, paragraph("Normal"), _centred(run(_day(view), _SLANTED))])


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


def _text(view: View, recipients: Sequence[str]) -> Iterator[Element]:
    imprint = view.profile.imprint
    yield paragraph("Normal")
    yield _centred(run("PHIẾU GỬI", _STRONG))
    yield _centred(run(view.title, _STRONG))
    yield _rule()
    if len(recipients) > 1:
        yield paragraph("BodyText", run("Kính gửi:"))
        yield from (
            paragraph("DashEntry", run(f"- {name}{_stop(place, recipients)}"))
            for place, name in enumerate(recipients, 1)
        )
    else:
        yield _centred(run(f"Kính gửi: {recipients[0] if recipients else _OPEN}"))
    yield paragraph("Normal")
    sender = imprint.maker or imprint.issuer
    yield paragraph("BodyText", run(f"{sender or 'Xin'} gửi kèm theo phiếu này các tài liệu sau:"))
    names = _enclosures(view)
    yield from (
        paragraph("NumberedEntry", run(f"{place}. {name}{_stop(place, names)}")) for place, name in enumerate(names, 1)
    )
    yield paragraph("BodyText", run(_thanks(sender)))
    yield paragraph("Normal", run(f"Mã nội dung (SHA-256): {view.hash}", Look(size=9)))


def _thanks(sender: str) -> str:
    return f"Sau khi nhận được, đề nghị quý cơ quan gửi lại phiếu này{f' cho {sender}' if sender else ''}./."


def _enclosures(view: View) -> list[str]:
    number = f" số {view.issue.number}" if view.issue.number is not None else ""
    count = f"{len(view.items)} tin, bài"
    return [
        f"Tệp {view.file_stem}.pdf: {view.title}{number} ({count}), bản PDF",
        f"Tệp {view.file_stem}.docx: {view.title}{number}, bản Word",
    ]


def _stop(place: int, names: Sequence[str]) -> str:
    return "." if place == len(names) else ";"


def _foot(view: View, recipients: Sequence[str], width: int) -> Iterator[Element]:
    """Who gets it at the left; at the right room for the signature, with the name of who is responsible."""
    small = Look(size=11)
    left = [paragraph("Normal", run("Nơi nhận:", Look(bold=True, italic=True, size=12)))]
    left += [paragraph("Normal", run("- Như trên;", small))] if recipients else []
    left += [paragraph("Normal", run("- Lưu: VT.", small))]
    signed = [paragraph("Normal") for _ in range(5)]
    signed.append(_centred(run(view.profile.imprint.responsible, _STRONG)))
    yield paragraph("Normal")
    yield _columns(width, left, signed)
    yield paragraph("Normal")  # a document ends with a paragraph


def _centred(*content: Element) -> Element:
    return paragraph("Normal", *content, jc="center")


def _underlined(words: Element) -> Element:
    words.find(element("w:rPr").tag).append(element("w:u", val="single"))
    return words


def _rule() -> Element:
    """A short line below the names."""
    return _centred(run("―――――――", Look(size=6)))


def _columns(width: int, *cells: list[Element]) -> Element:
    table, properties, grid, row = (element(tag) for tag in ("w:tbl", "w:tblPr", "w:tblGrid", "w:tr"))
    margins = element("w:tblCellMar")
    margins.extend(element(f"w:{side}", w="0", type="dxa") for side in ("left", "right"))
    properties.extend([element("w:tblW", w=_twips(width), type="dxa"), element("w:tblLayout", type="fixed"), margins])
    table.extend([properties, grid, row])
    for content, share in zip(cells, (_LEFT, 1 - _LEFT), strict=True):
        size = _twips(width * share)
        grid.append(element("w:gridCol", w=size))
        cell, looks = element("w:tc"), element("w:tcPr")
        looks.append(element("w:tcW", w=size, type="dxa"))
        cell.extend([looks, *content])
        row.append(cell)
    return table


def _twips(emu: float) -> str:
    return str(round(emu / 635))

"""Word files as an office keeps them: with a head, a foot and styles of its own, and such as no bulletin may use."""

import io
import zipfile
from collections.abc import Callable, Mapping

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

Change = Callable[[bytes], bytes]

HEAD_WORDS = "SỞ MẪU TỈNH HẠ NGUỒN"
MAIN = "word/document.xml"
RELATIONS = "word/_rels/document.xml.rels"


def an_office_file(
    *, head: str = HEAD_WORDS, foot: str = "Số 1 đường Bờ Sông", page: bool = False, page_in_head: bool = False
) -> bytes:
    """A5-like paper, headings in green with ids as a Vietnamese Word writes them, a sample's text with a comment."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(180), Mm(250)
    section.left_margin = section.right_margin = Mm(22)
    if head:
        section.header.paragraphs[0].text = head
    if foot:
        section.footer.paragraphs[0].text = foot
    for wanted, story in ((page, section.footer), (page_in_head, section.header)):
        if wanted:
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), " PAGE ")
            story.paragraphs[0]._p.append(field)  # noqa: SLF001
    styles = document.styles
    styles["Normal"].font.name, styles["Normal"].font.size = "Arial", Pt(11)
    for level in (1, 2):
        heading = styles[f"Heading {level}"]
        heading.style_id = f"u{level}"
        heading.font.color.rgb = RGBColor(0x00, 0x66, 0x33)
    link = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, builtin=True)
    link.style_id = "Siuktni"
    _forget(document, "Quote", "Caption", "Body Text")
    document.add_heading("Tít mẫu", 1)
    sample = document.add_paragraph("Đoạn mẫu của phòng hành chính.")
    document.add_comment(sample.runs, text="Ghi chú riêng", author="Lê Bến")
    sections = section._sectPr  # noqa: SLF001
    sections.append(parse_xml(f'<w:pgNumType {nsdecls("w")} w:start="7"/>'))
    return _saved(document)


def bare() -> bytes:
    """A file whose section says nothing at all."""
    document = Document()
    body = document.element.body
    body.remove(body.sectPr)
    return _saved(document)


def _forget(document: object, *names: str) -> None:
    styles = document.styles  # type: ignore[attr-defined]  # python-docx brings no types
    for name in names:
        styles[name].delete()


def _saved(document: object) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]  # python-docx brings no types
    return buffer.getvalue()


def changed(data: bytes, changes: Mapping[str, Change] | None = None, more: Mapping[str, bytes] | None = None) -> bytes:
    """The file with some of its parts changed and others added."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, (changes or {})[name](part) if name in (changes or {}) else part)
        for name, part in (more or {}).items():
            new.writestr(name, part)
    return made.getvalue()


def with_relation(kind: str, target: str, *, external: bool = True) -> bytes:
    """The office's file with one more relationship of its text."""
    mode = ' TargetMode="External"' if external else ""
    address = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    entry = f'<Relationship Id="rId99" Type="{address}/{kind}" Target="{target}"{mode}/></Relationships>'
    return changed(an_office_file(), {RELATIONS: lambda data: data.replace(b"</Relationships>", entry.encode())})

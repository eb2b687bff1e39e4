"""Real documents, made while the tests run: PDFs by typst and by hand, Word files by python-docx and by hand."""

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import docx
import typst
from docx.document import Document

import templates

_FONTS = Path(templates.__file__).parent / "fonts"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

Shown = tuple[str, float, float, float, str]  # font, size, x, y, text

PROSE = (
    (
        "Từ đầu tháng ba, xã ven sông nhận hồ sơ khai sinh qua mạng và trả kết quả ngay trong buổi sáng. Người dân không "
        "còn phải đi hai lần, cán bộ tư pháp không còn phải chép tay vào sổ cái."
    ),
    (
        "Bộ phận một cửa của xã mở thêm một quầy dành cho người già, có ghế ngồi, nước uống và một đoàn viên giúp điền tờ "
        "khai. Mỗi ngày quầy này tiếp hơn ba mươi lượt người, phần đông là các cụ ở ba ấp xa nhất."
    ),
    (
        "Ông Bảy Lúa, trưởng ấp Bến Đò, nói rằng bà con thích nhất là tin nhắn báo kết quả. Trước đây muốn biết giấy tờ "
        "xong chưa thì phải chèo xuồng ra tận trụ sở, nay chỉ cần mở điện thoại."
    ),
    (
        "Theo báo cáo của xã, tỷ lệ hồ sơ đúng hạn trong quý vừa qua đạt chín mươi tám phần trăm. Số còn lại chậm vì thiếu "
        "chữ ký của người thân ở xa, và đã được gọi điện xin lỗi từng trường hợp."
    ),
)


def a_pdf(markup: str) -> bytes:
    """What typst makes of its markup, with the shipped fonts alone."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[_FONTS])
    setup = '#set text(font: "Liberation Serif", lang: "vi", hyphenate: false)\n'
    made = typst.compile((setup + markup).encode(), font_paths=fonts)
    assert isinstance(made, bytes)
    return made


def a_drawn_pdf(
    pages: Sequence[Sequence[Shown]],
    *,
    box: str = "0 0 595 842",
    extra: str = "",
    filters: bool = False,
) -> bytes:
    """A PDF by hand: on each page (font, size, x, y, text), the text one byte a letter as old typesetters wrote it."""
    fonts = sorted({font for page in pages for font, *_ in page})
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    names = " ".join(f"/F{at} {at + 3} 0 R" for at in range(len(fonts)))
    objects += [
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{font} /Encoding /WinAnsiEncoding >>".encode() for font in fonts
    ]
    kids = []
    for page in pages:
        shown = "\n".join(
            f"BT /F{fonts.index(font)} {size} Tf {x} {y} Td ({_escaped(text)}) Tj ET" for font, size, x, y, text in page
        )
        content = shown.encode("latin-1")
        packed = zlib.compress(content) if filters else content
        how = "/Filter /FlateDecode " if filters else ""
        objects.append(f"<< {how}/Length {len(packed)} >>\nstream\n".encode() + packed + b"\nendstream")
        kids.append(len(objects) + 1)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] {extra} /Contents {len(objects)} 0 R "
            f"/Resources << /Font << {names} >> >> >>".encode()
        )
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    objects[1] = f"<< /Type /Pages /Kids [{listed}] /Count {len(kids)} >>".encode()
    return assembled(objects)


def assembled(objects: Sequence[bytes], *, trailer: str = "") -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    out, places = io.BytesIO(b"%PDF-1.4\n"), []
    out.seek(0, io.SEEK_END)
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n".encode() + body + b"\nendobj\n")
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.writelines(f"{place:010d} 00000 n \n".encode() for place in places)
    out.write(f"trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def a_picture_pdf() -> bytes:
    """A page that is one grey picture, as a scanner makes it."""
    content = b"q 595 0 0 842 0 0 cm /I Do Q"
    return assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            (
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
                b" /Resources << /XObject << /I 5 0 R >> >> >>"
            ),
            f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream",
            (
                b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
                b" /Length 1 >>\nstream\n\x80\nendstream"
            ),
        ]
    )


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def a_docx(write: Callable[[Document], object]) -> bytes:
    """A Word file by python-docx."""
    document = docx.Document()
    write(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def a_raw_docx(body: str, *, parts: Mapping[str, str | bytes] | None = None, before: str = "") -> bytes:
    """A Word file by hand: the markup inside `w:body`, other parts by name, what stands before the root element."""
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<w:document xmlns:w="{_W}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        f'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><w:body>{body}</w:body></w:document>'
    )
    return a_zip({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **(parts or {})})


def a_zip(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def a_paragraph(text: str, *, font: str = "", style: str = "") -> str:
    """The markup of one paragraph."""
    fonts = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr>' if font else ""
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{named}<w:r>{fonts}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'

"""An office's own Word file: a good one is taken, any other refused with its reason and the remedy."""

import io
import zipfile

import pytest

from digest.errors import ProfileError
from digest.word_base import MOST_BYTES, MOST_PARTS, base_at
from tests.digest.office_files import MAIN, an_office_file, changed, with_relation

TYPES = "[Content_Types].xml"
HEAD = "word/header1.xml"
DOCTYPE = b'<!DOCTYPE a [<!ENTITY b "c">]>'


def swollen():
    return changed(an_office_file(), more={"word/media/anh.bmp": b"\0" * 3_000_000})


def with_field(words):
    def simple(data):
        return data.replace(b"</w:p>", f'<w:fldSimple w:instr=" {words} "/></w:p>'.encode(), 1)

    return changed(an_office_file(), {HEAD: simple})


def torn():
    """One part's bytes are not those that its sum was made of."""
    data = bytearray(changed(an_office_file(), more={"word/a.bin": b"x" * 40}))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        at = archive.getinfo("word/styles.xml").header_offset + 60
    data[at : at + 40] = b"\xff" * 40
    return bytes(data)


@pytest.mark.parametrize("data", [an_office_file(), an_office_file(head="", foot=""), an_office_file(page=True)])
def test_a_good_file_is_taken_as_it_is(tmp_path, data):
    (tmp_path / "so.docx").write_bytes(data)
    assert base_at(tmp_path / "so.docx") == data


def test_a_link_to_a_page_of_the_web_waits_for_its_reader_and_is_no_fault(tmp_path):
    (tmp_path / "so.docx").write_bytes(with_relation("hyperlink", "https://somau.example/"))
    assert base_at(tmp_path / "so.docx")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is no Word file, or a damaged one; save it in Word as a plain .docx"),
        (b"PK\x03\x04 cut off", "is no Word file, or a damaged one"),
        (an_office_file()[:-200], "is no Word file, or a damaged one"),
        (torn(), "is no Word file, or a damaged one"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 900,
            "is a .doc of old, or has a password; .* without a password",
        ),
        (b"\0" * (MOST_BYTES + 1), "more than 5 MB; take large pictures out"),
        (swollen(), "unpacks to more than 200 times its size"),
        (
            changed(an_office_file(), more={f"word/media/{n}.png": b"" for n in range(MOST_PARTS)}),
            "more than 500 parts or 50 MB unpacked; make a smaller one",
        ),
        (
            changed(an_office_file(), {TYPES: lambda data: data.replace(b"wordprocessingml.document.main", b"x.main")}),
            "is no Word document .a template .dotx",
        ),
        (changed(an_office_file(), {MAIN: lambda _: b"<a/>"}), "is no Word document"),
        (changed(an_office_file(), {TYPES: lambda _: b"<a"}), r"its part \[Content_Types\].xml cannot be read"),
        (changed(an_office_file(), {MAIN: lambda data: data[:-9]}), "its part word/document.xml cannot be read"),
        (
            changed(an_office_file(), {MAIN: lambda data: data.replace(b"?>", b"?>" + DOCTYPE, 1)}),
            "its part word/document.xml has a document type",
        ),
        (changed(an_office_file(), more={"word/vbaProject.bin": b"x"}), "holds macros; save it in Word"),
        (
            changed(
                an_office_file(), {TYPES: lambda data: data.replace(b"document.main", b"document.macroEnabled.main")}
            ),
            "holds macros",
        ),
        (
            changed(an_office_file(), {MAIN: lambda data: data.replace(b"</w:p>", b"<w:sectPr/></w:p>", 1)}),
            "has several sections .section breaks.; keep one",
        ),
        (with_relation("image", "https://somau.example/dem.png"), "fetches something from elsewhere .image."),
        (with_relation("attachedTemplate", "file:///mau.dotm"), "fetches something .*take a linked template off it"),
        (
            with_relation("oleObject", "embeddings/a.bin", external=False),
            "holds something embedded .*oleobject.; take it",
        ),
        (with_relation("aFChunk", "a.html", external=False), "holds something embedded"),
        (with_field("INCLUDEPICTURE https://somau.example/dem.png"), "header1.xml has the field INCLUDEPICTURE"),
        (
            with_field("ddeauto excel a b"),
            "header1.xml has the field DDEAUTO, which runs or fetches something; take it",
        ),
    ],
)
def test_a_file_that_an_issue_must_not_begin_with_is_refused_with_its_reason(tmp_path, data, reason):
    (tmp_path / "so.docx").write_bytes(data)
    with pytest.raises(ProfileError, match=f"^Word base so.docx: .*{reason}"):
        base_at(tmp_path / "so.docx")


def test_a_file_that_is_not_there_is_said_to_be_looked_for_beside_the_profile(tmp_path):
    with pytest.raises(ProfileError, match="it is looked for beside the profile"):
        base_at(tmp_path / "khong-co.docx")
    with pytest.raises(ProfileError, match="no file's name"):
        base_at(tmp_path / "a\0b")

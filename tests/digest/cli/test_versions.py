"""An issue from draft to approved, signed, corrected, with an item taken down, called back: on a real database."""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject
from sqlalchemy import Engine

from digest.errors import UsageError
from digest.model import Issue
from digest.pipeline.publishing import write_renditions
from digest.pipeline.versions import Deed, keep_version
from digest.profile import load
from digest.wire import content_hash, dump, dumps
from storage.database import begin, open_database, reading
from storage.history import history_of
from storage.issues import issue_of, printed_lately, save_draft, settle
from storage.renditions import renditions_of
from tests.digest.render.fakes import DAY, an_issue
from tests.fakes import at

Diembao = Callable[..., tuple[int, str, str]]
ON = ("--date", DAY.isoformat())


@contextmanager
def _database(home: Path) -> Iterator[Engine]:
    home.mkdir(exist_ok=True)
    engine = open_database(f"sqlite:///{home / 'diembao.db'}")
    yield engine
    engine.dispose()


@pytest.fixture(autouse=True)
def _no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    """Page numbers in Word's contents take LibreOffice seconds, and are no matter of versions."""
    monkeypatch.setenv("PATH", "")


@pytest.fixture
def stored(home: Path) -> Issue:
    """A draft of five items, kept."""
    issue = an_issue(5, 2, profile="cchc")
    with _database(home) as engine, begin(engine) as session:
        return save_draft(session, issue)


@pytest.fixture
def approved(home: Path, stored: Issue) -> Issue:
    with _database(home) as engine, begin(engine) as session:
        return settle(session, stored, "approved")


def _written(path: Path, issue: Issue) -> Path:
    path.write_text(dumps(dump(issue)), encoding="utf-8")
    return path


def _mended(issue: Issue) -> Issue:
    first, *others = issue.sections
    items = (replace(first.items[0], headline="Suối Vàng: tít đã sửa"), *first.items[1:])
    return replace(issue, sections=(replace(first, items=items), *others))


def _signed(pdf: bytes) -> bytes:
    """The PDF with a signature's field, as a signing program adds it."""
    writer = PdfWriter(clone_from=BytesIO(pdf))
    field = {"/FT": NameObject("/Sig"), "/T": TextStringObject("chu-ky"), "/Subtype": NameObject("/Widget")}
    fields = [writer._add_object(DictionaryObject({NameObject(k): v for k, v in field.items()}))]  # noqa: SLF001
    form = DictionaryObject({NameObject("/Fields"): ArrayObject(fields)})
    writer._root_object[NameObject("/AcroForm")] = form  # noqa: SLF001
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _edited_in_word(issue: Issue, folder: Path) -> Path:
    """The issue's Word file with another headline, as an editor saves it."""
    path = write_renditions(issue, load("cchc"), ("docx",), folder, advance=lambda _: None).paths[0]
    document = Document(str(path))
    (heading,) = [one for one in document.paragraphs if one.text == issue.sections[0].items[0].headline]
    heading.runs[0].text = "Suối Vàng: tít đã sửa"
    document.save(str(path))
    return path


def test_versions_are_listed_for_a_person_and_for_machines(diembao: Diembao, stored: Issue):
    status, out, _ = diembao("issues", "list")
    assert status == 0
    assert out == f"2026-03-02  cchc  version 1  draft        5 items  {str(stored.hash)[:12]}\n"
    (line,) = diembao("issues", "list", "--json")[1].splitlines()
    known = json.loads(line)
    assert (known["version"], known["items"], known["hash"], "sections" in known) == (1, 5, stored.hash, False)
    assert diembao("issues", "list", "--profile", "tin-nhanh")[:2] == (0, "")


def test_without_a_database_nothing_is_begun(diembao: Diembao, home: Path):
    for command in (("list",), ("show", *ON), ("approve", *ON), ("recall", *ON, "--reason", "x")):
        status, _, err = diembao("issues", *command)
        assert status == 3
        assert "there is no database yet; diembao run makes it" in err
    assert not home.exists()


@pytest.mark.usefixtures("stored")
def test_an_issue_that_is_not_there_is_named(diembao: Diembao):
    status, _, err = diembao("issues", "show", "--date", "2026-03-03")
    assert status == 3
    assert "has no issue of cchc on 2026-03-03; diembao issues list shows what it has" in err
    assert "has no version 2 of the issue of cchc" in diembao("issues", "show", *ON, "--version", "2")[2]


def test_an_approved_issue_is_its_hash_and_every_file_carries_it(diembao: Diembao, home: Path, stored: Issue):
    status, out, err = diembao("issues", "approve", *ON, "--hash", str(stored.hash)[:10], "--by", "trưởng phòng")
    assert status == 0, err
    assert f"approved: cchc of 2026-03-02, version 1, content {stored.hash}" in err
    files = [Path(line) for line in out.splitlines()]
    assert {file.parent for file in files} == {home / "issues" / "2026-03-02"}
    assert len(files) == 10
    status, out, err = diembao("issues", "show", *ON)
    known = json.loads(out)
    assert (known["status"], known["hash"]) == ("approved", stored.hash)
    assert "version 1  approved  by trưởng phòng" in err
    for file in files:
        assert f": {file}, {file.stat().st_size} bytes, sha256 {hashlib.sha256(file.read_bytes()).hexdigest()}" in err
    pdf = next(file for file in files if file.suffix == ".pdf")
    metadata = PdfReader(pdf).metadata
    assert metadata is not None
    assert f"sha256:{stored.hash}" in str(metadata.get("/Keywords"))


def test_what_was_changed_after_it_was_seen_is_not_approved(diembao: Diembao, home: Path, stored: Issue):
    status, _, err = diembao("issues", "approve", *ON, "--hash", "abc123")
    assert status == 2
    assert "not abc123: it has changed since it was seen" in err
    with _database(home) as engine, reading(engine) as session:
        assert issue_of(session, "cchc", DAY) == stored
    assert not (home / "issues").exists()


@pytest.mark.usefixtures("approved")
def test_an_approved_issue_cannot_be_approved_again(diembao: Diembao):
    status, _, err = diembao("issues", "approve", *ON)
    assert status == 2
    assert "is approved: only a draft can be approved" in err


def test_a_signed_pdf_comes_back_with_a_hash_of_its_own(diembao: Diembao, home: Path, tmp_path: Path, approved: Issue):
    made = write_renditions(approved, load("cchc"), ("pdf",), tmp_path, advance=lambda _: None)
    signed = tmp_path / "da-ky.pdf"
    signed.write_bytes(_signed(made.paths[0].read_bytes()))
    status, out, err = diembao("issues", "signed", signed, *ON, "--by", "văn thư")
    assert (status, err) == (0, "")
    assert Path(out.strip()).read_bytes() == signed.read_bytes()
    with _database(home) as engine, reading(engine) as session:
        (kept,) = renditions_of(session, profile="cchc", day=DAY, version=1)
        (event,) = history_of(session, "cchc", DAY)
    assert (kept.format, kept.issue_hash) == (f"signed-{kept.sha256[:8]}", approved.hash)
    assert kept.sha256 == hashlib.sha256(signed.read_bytes()).hexdigest() != made.files[0].sha256
    assert (event.deed, event.by, event.reason) == ("signed", "văn thư", f"sha256:{kept.sha256}")


@pytest.mark.usefixtures("approved")
def test_a_signed_pdf_that_says_nothing_of_itself_is_kept_with_a_word(diembao: Diembao, tmp_path: Path):
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(tmp_path / "quet.pdf")
    status, _, err = diembao("issues", "signed", tmp_path / "quet.pdf", *ON)
    assert status == 0
    assert "note: the PDF does not say which content it shows" in err
    assert "note: the PDF holds no digital signature" in err


def test_a_signed_file_of_another_content_is_refused(diembao: Diembao, home: Path, tmp_path: Path, approved: Issue):
    other = _mended(approved)
    made = write_renditions(other, load("cchc"), ("pdf",), tmp_path, advance=lambda _: None)
    (tmp_path / "thu.pdf").write_bytes(b"%PDF-1.7\nhong")
    (tmp_path / "thu.txt").write_bytes(b"khong phai")
    for name, said in (
        (
            made.paths[0].name,
            f"shows the content {content_hash(other)[:12]}, and issue cchc of 2026-03-02, version 1 is",
        ),
        ("thu.pdf", "cannot be read as PDF"),
        ("thu.txt", "thu.txt: is no PDF"),
    ):
        status, out, err = diembao("issues", "signed", tmp_path / name, *ON)
        assert (status, out) == (3, "")
        assert said in err
    assert not (home / "issues").exists()


def test_a_draft_cannot_be_signed_or_recalled(diembao: Diembao, tmp_path: Path, stored: Issue):
    made = write_renditions(stored, load("cchc"), ("pdf",), tmp_path, advance=lambda _: None)
    for command in (("signed", made.paths[0]), ("recall", "--reason", "nhầm")):
        status, _, err = diembao("issues", *command, *ON)
        assert status == 2
        assert "is draft: only an approved or published one can be" in err


def test_a_correction_is_the_next_version_and_readers_are_told(
    diembao: Diembao, home: Path, tmp_path: Path, approved: Issue
):
    file = _written(tmp_path / "sua.json", _mended(approved))
    status, _, err = diembao("issues", "correct", file, "--reason", "sai tên xã")
    assert status == 0
    assert "kept as version 2, draft; it corrects version 1: diembao issues approve --date 2026-03-02" in err
    status, out, err = diembao("issues", "approve", *ON)
    assert status == 0, err
    files = {Path(line).name: Path(line) for line in out.splitlines()}
    assert {path.parent for path in files.values()} == {home / "issues" / "2026-03-02" / "v2"}
    assert "Bản đính chính, thay cho bản 1" in files["cchc-2026-03-02.txt"].read_text(encoding="utf-8")
    told = files["cchc-2026-03-02.correction.html"].read_text(encoding="utf-8")
    assert "Lý do: sai tên xã" in told
    assert "<ins>" in told
    assert files["cchc-2026-03-02.correction.eml"].read_bytes().startswith(b"Subject: ")
    lines = diembao("issues", "list")[1].splitlines()
    assert [line.split()[4] for line in lines] == ["corrected", "approved"]
    record = diembao("issues", "show", *ON)[2]
    assert "version 2  edited  sai tên xã" in record
    assert "version 1  corrected" in record


def test_a_correction_needs_a_reason_and_a_difference(diembao: Diembao, tmp_path: Path, approved: Issue):
    file = _written(tmp_path / "sua.json", approved)
    status, _, err = diembao("issues", "correct", file, "--reason", "không có gì")
    assert status == 2
    assert "says the very same: there is nothing to keep" in err
    assert diembao("issues", "correct", file)[0] == 2
    (tmp_path / "hong.json").write_text("{", encoding="utf-8")
    status, _, err = diembao("issues", "correct", tmp_path / "hong.json", "--reason", "x")
    assert status == 3
    assert "hong.json" in err


def test_an_item_is_taken_down_and_the_record_stays(diembao: Diembao, tmp_path: Path, approved: Issue):
    status, _, err = diembao("issues", "take-down", *ON, "--item", "9", "--reason", "x")
    assert status == 3
    assert "has no item 9; its items are 1 to 5" in err
    status, _, err = diembao("issues", "take-down", *ON, "--item", "2", "--reason", "báo yêu cầu", "--by", "trực")
    assert status == 0
    assert "kept as version 2, draft; it corrects version 1" in err
    status, out, _ = diembao("issues", "approve", *ON, "-o", tmp_path / "ra")
    assert status == 0
    files = {Path(line).name: Path(line) for line in out.splitlines()}
    gone = approved.sections[0].items[1].headline
    told = files["cchc-2026-03-02.taken-down.html"].read_text(encoding="utf-8")
    assert "[Gỡ tin]" in told
    assert gone not in told
    assert gone not in files["cchc-2026-03-02.html"].read_text(encoding="utf-8")
    assert gone in diembao("issues", "show", *ON, "--version", "1")[1]
    assert "version 1  taken-down  item 2  by trực  báo yêu cầu" in diembao("issues", "show", *ON)[2]


def test_an_issue_is_called_back_and_nothing_follows_it(diembao: Diembao, home: Path, tmp_path: Path, approved: Issue):
    status, out, err = diembao("issues", "recall", *ON, "--reason", "in nhầm ngày")
    assert status == 0
    assert "recalled: cchc of 2026-03-02, version 1" in err
    names = [Path(line).name for line in out.splitlines()]
    assert names == ["cchc-2026-03-02.recalled.html", "cchc-2026-03-02.recalled.eml"]
    assert "in nhầm ngày" in (home / "issues" / "2026-03-02" / names[0]).read_text(encoding="utf-8")
    file = _written(tmp_path / "sua.json", _mended(approved))
    status, _, err = diembao("issues", "correct", file, "--reason", "muộn")
    assert status == 2
    assert "was recalled: nothing takes its place" in err
    assert diembao("issues", "recall", *ON, "--reason", "lần nữa")[0] == 2


def test_what_was_edited_in_word_becomes_the_next_version(
    diembao: Diembao, home: Path, tmp_path: Path, approved: Issue
):
    word = _edited_in_word(approved, tmp_path)
    status, _, err = diembao("import", word, "--as", "edits", "--save")
    assert status == 2
    assert "is approved: say with --reason why it is corrected" in err
    status, _, err = diembao("import", word, "--as", "edits", "--save", "--reason", "sai tít", "--edited", "moi.json")
    assert status == 0, err
    assert "item 1: headline:" in err
    assert "note: kept as version 2, draft; it corrects version 1" in err
    with _database(home) as engine, reading(engine) as session:
        second = issue_of(session, "cchc", DAY)
    assert second is not None
    assert (second.version, second.corrects, second.sections[0].items[0].headline) == (2, 1, "Suối Vàng: tít đã sửa")
    assert second.sections[0].items[0].article == approved.sections[0].items[0].article
    assert json.loads(Path("moi.json").read_text(encoding="utf-8"))["hash"] == second.hash
    status, _, err = diembao("import", word, "--as", "edits", "--save", "--reason", "lần nữa")
    assert status == 2
    assert "what others changed since would be lost; begin with the newest, or say --over" in err
    untouched = write_renditions(second, load("cchc"), ("docx",), tmp_path / "hai", advance=lambda _: None).paths[0]
    status, _, err = diembao("import", untouched, "--as", "edits", "--save", "--reason", "lần nữa")
    assert status == 0
    assert "note: nothing was changed: there is no new version" in err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--as", "issue", "--save"), "--against, --keep, --save and --edited go with --as edits"),
        (("--as", "edits", "--save", "--against", "x.json"), "leave --against out, or use --edited FILE"),
        (("--as", "edits", "--reason", "vì"), "--reason and --by go with --save"),
        (("--as", "edits", "--edited", "a", "-o", "a"), "--edited a: the changes go there; name another file"),
    ],
)
def test_options_that_do_not_go_together_are_named(diembao: Diembao, options: tuple[str, ...], said: str):
    status, _, err = diembao("import", "sua.docx", *options)
    assert status == 2
    assert said in err


def test_a_version_between_two_is_not_corrected(diembao: Diembao, home: Path, tmp_path: Path, approved: Issue):
    file = _written(tmp_path / "sua.json", _mended(approved))
    assert diembao("issues", "correct", file, "--reason", "một")[0] == 0
    with _database(home) as engine:
        deed = Deed(moment=at("2026-03-02 11:00"), reason="hai")
        with pytest.raises(UsageError, match="is not the newest: that is version 2; begin with it"):
            keep_version(engine, approved, replace(approved, sections=an_issue(3).sections), deed)


@pytest.fixture
def corrected(diembao: Diembao, tmp_path: Path, approved: Issue) -> Issue:
    """An approved issue with a correction that waits."""
    file = _written(tmp_path / "sua.json", _mended(approved))
    assert diembao("issues", "correct", file, "--reason", "sai tên xã")[0] == 0
    return approved


@pytest.mark.usefixtures("corrected")
def test_an_issue_is_called_back_with_the_correction_that_waits(diembao: Diembao, home: Path):
    status, _, err = diembao("issues", "recall", *ON, "--reason", "in nhầm")
    assert status == 0
    assert "recalled: cchc of 2026-03-02, version 1" in err
    lines = diembao("issues", "list")[1].splitlines()
    assert [line.split()[4] for line in lines] == ["recalled", "recalled"]
    assert "is recalled: only a draft can be approved" in diembao("issues", "approve", *ON)[2]
    with _database(home) as engine, reading(engine) as session:
        assert printed_lately(session, "cchc", DAY.replace(day=3)) == ()


def test_a_version_that_another_has_followed_is_not_approved(diembao: Diembao, tmp_path: Path, stored: Issue):
    assert diembao("issues", "correct", _written(tmp_path / "sua.json", _mended(stored)), "--reason", "một")[0] == 0
    status, _, err = diembao("issues", "approve", *ON, "--version", "1")
    assert status == 2
    assert "version 1 is not the newest: that is version 2; begin with it" in err


@pytest.mark.usefixtures("corrected")
def test_what_is_signed_is_what_went_out_though_a_correction_waits(diembao: Diembao, tmp_path: Path):
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(tmp_path / "quet.pdf")
    assert diembao("issues", "signed", tmp_path / "quet.pdf", *ON)[0] == 0
    assert "version 1  signed" in diembao("issues", "show", *ON)[2]


@pytest.mark.usefixtures("corrected")
def test_files_are_made_again_the_same(diembao: Diembao):
    first = [Path(line) for line in diembao("issues", "approve", *ON)[1].splitlines()]
    before = {path: path.read_bytes() for path in first}
    for path in first:
        path.unlink()
    status, out, err = diembao("issues", "files", *ON)
    assert status == 0, err
    assert [Path(line) for line in out.splitlines()] == first
    assert {path: path.read_bytes() for path in first} == before


@pytest.mark.usefixtures("corrected")
def test_a_file_made_from_an_earlier_version_would_undo_what_came_since(
    diembao: Diembao, tmp_path: Path, approved: Issue
):
    first, *others = approved.sections
    items = (*first.items[:1], replace(first.items[1], headline="Tít của người kia"), *first.items[2:])
    theirs = _written(tmp_path / "hai.json", replace(approved, sections=(replace(first, items=items), *others)))
    status, _, err = diembao("issues", "correct", theirs, "--reason", "hai")
    assert status == 2
    assert "hai.json: was made from the content" in err
    assert diembao("issues", "correct", theirs, "--reason", "hai", "--over")[0] == 0


@pytest.mark.parametrize("given", ["", "một\nhai", "\x1b[31mđỏ", "x" * 501])
def test_who_and_why_are_one_line_of_words(diembao: Diembao, approved: Issue, given: str):
    for option in ("--by", "--reason"):
        arguments = {"--by": "trực", "--reason": "vì"} | {option: given}
        status, _, err = diembao("issues", "recall", *ON, *(part for pair in arguments.items() for part in pair))
        assert status == 2
        assert f"{option}: give one line of 1 to 500 printed characters" in err
    assert approved.status == "approved"


def test_two_signed_copies_stand_beside_each_other(diembao: Diembao, tmp_path: Path, approved: Issue):
    made = write_renditions(approved, load("cchc"), ("pdf",), tmp_path, advance=lambda _: None)
    pdf = made.paths[0].read_bytes()
    for name, data in (("mot.pdf", pdf), ("hai.pdf", _signed(pdf))):
        (tmp_path / name).write_bytes(data)
    kept = [Path(diembao("issues", "signed", tmp_path / name, *ON)[1].strip()) for name in ("mot.pdf", "hai.pdf")]
    assert [path.read_bytes() for path in kept] == [pdf, _signed(pdf)]
    record = diembao("issues", "show", *ON)[2]
    assert all(f": {path}, " in record for path in kept)


def test_a_protected_or_twisted_pdf_is_one_line(diembao: Diembao, tmp_path: Path, approved: Issue):
    made = write_renditions(approved, load("cchc"), ("pdf",), tmp_path, advance=lambda _: None)
    locked = PdfWriter(clone_from=made.paths[0])
    locked.encrypt("bi-mat")
    locked.write(tmp_path / "khoa.pdf")
    twisted = PdfWriter(clone_from=made.paths[0])
    field = DictionaryObject({NameObject("/T"): TextStringObject("a"), NameObject("/Kids"): NumberObject(5)})
    form = DictionaryObject({NameObject("/Fields"): ArrayObject([field])})
    twisted._root_object[NameObject("/AcroForm")] = form  # noqa: SLF001 - as a broken program writes it
    twisted.write(tmp_path / "vo.pdf")
    for name, said in (("khoa.pdf", "is protected; save it without protection"), ("vo.pdf", "cannot be read as PDF")):
        status, out, err = diembao("issues", "signed", tmp_path / name, *ON)
        assert (status, out) == (3, ""), err
        assert said in err


def test_the_reason_before_the_first_approval_is_nobody_s_business(diembao: Diembao, tmp_path: Path, stored: Issue):
    first = _written(tmp_path / "mot.json", _mended(stored))
    assert diembao("issues", "correct", first, "--reason", "nội bộ: ý của sếp")[0] == 0
    assert diembao("issues", "approve", *ON)[0] == 0
    assert diembao("issues", "take-down", *ON, "--item", "2", "--reason", "báo đã gỡ")[0] == 0
    out = diembao("issues", "approve", *ON)[1]
    (told,) = [Path(line).read_text(encoding="utf-8") for line in out.splitlines() if line.endswith("taken-down.html")]
    assert "báo đã gỡ" in told
    assert "ý của sếp" not in told


def test_an_item_taken_down_stays_unnamed_though_its_headline_was_mended(
    diembao: Diembao, tmp_path: Path, approved: Issue
):
    assert diembao("issues", "correct", _written(tmp_path / "mot.json", _mended(approved)), "--reason", "một")[0] == 0
    assert diembao("issues", "take-down", *ON, "--item", "1", "--reason", "báo đã gỡ")[0] == 0
    out = diembao("issues", "approve", *ON)[1]
    (told,) = [Path(line).read_text(encoding="utf-8") for line in out.splitlines() if line.endswith("taken-down.html")]
    assert approved.sections[0].items[0].headline not in told
    assert "Suối Vàng: tít đã sửa" not in told


def test_a_correction_that_says_what_it_corrects_is_not_approved(diembao: Diembao, tmp_path: Path, approved: Issue):
    assert diembao("issues", "correct", _written(tmp_path / "mot.json", _mended(approved)), "--reason", "một")[0] == 0
    back = _written(tmp_path / "hai.json", approved)
    assert diembao("issues", "correct", back, "--reason", "lại như cũ", "--over")[0] == 0
    status, _, err = diembao("issues", "approve", *ON)
    assert status == 2
    assert "says the very same as version 1, which it corrects" in err

"""The PDF as readers, screen readers and archives take it."""

import io
from dataclasses import replace

import pikepdf
import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from digest.errors import RenderError
from digest.model import Issue
from digest.profile import Profile, load
from digest.render.links import link_target
from digest.render.pdf import pdf
from digest.render.typesetting import typeset, typeset_apart
from digest.render.view import view_of
from tests.digest.render.fakes import DAY, a_view, an_issue, an_item, issue_of
from tests.digest.render.readers import joined, outline, pages_holding, printed_contents

SIZES = [pytest.param(1, 1, id="1"), pytest.param(11, 2, id="11"), pytest.param(60, 5, id="60")]


def made(issue: Issue, profile: Profile | None = None) -> PdfReader:
    return PdfReader(io.BytesIO(pdf(a_view(issue, profile)).data))


def inner_links(reader: PdfReader) -> list[tuple[int, str, int]]:
    """The page, the target's name or "" and the target's page of each link inside the document."""
    pages = {page.indirect_reference: number for number, page in enumerate(reader.pages, 1)}
    names = reader.named_destinations
    found = []
    for number, page in enumerate(reader.pages, 1):
        for entry in page.get("/Annots", ArrayObject()):
            place = entry.get_object().get("/Dest")
            if place is None:
                continue
            named = names.get(str(place)) if isinstance(place, str) else None
            target = named.page if named is not None else place[0]
            found.append((number, str(place) if named is not None else "", pages[target]))
    return found


def addresses(reader: PdfReader) -> list[str]:
    actions = [
        entry.get_object().get("/A", DictionaryObject()).get("/URI")
        for page in reader.pages
        for entry in page.get("/Annots", ArrayObject())
    ]
    return [str(address) for address in actions if address is not None]


@pytest.mark.parametrize(("items", "sections"), SIZES)
def test_each_contents_line_shows_its_heading_s_page_and_leads_there(items: int, sections: int) -> None:
    issue = an_issue(items, sections)
    reader = made(issue)
    lines, headlines = [], []
    for section in issue.sections:
        lines += [section.title, *(f"{item.number}. {item.contents_line}" for item in section.items)]
        headlines += [section.title, *(item.headline for item in section.items)]
    headings = outline(reader)
    assert [heading.words for heading in headings] == headlines
    first_text_page = headings[0].page
    contents = " ".join(page.extract_text() for page in reader.pages[:first_text_page])
    printed = printed_contents(contents, lines)
    assert printed == [heading.page for heading in headings]
    targets = {name: target for _, name, target in inner_links(reader) if name}
    assert list(targets.values()) == printed
    for headline, page in zip(headlines, printed, strict=True):
        assert page in pages_holding(reader, headline)


@pytest.mark.parametrize(("items", "sections"), SIZES)
def test_every_item_leads_back_to_the_contents_and_out_to_its_article(items: int, sections: int) -> None:
    issue = an_issue(items, sections)
    reader = made(issue)
    words = joined(" ".join(page.extract_text() for page in reader.pages))
    assert [target for _, name, target in inner_links(reader) if not name] == [1] * items
    assert words.count("Về đầu trang") == items
    assert words.count("Về đầu trang./.") == 1
    wanted = [item.url for section in issue.sections for item in section.items]
    found = addresses(reader)
    assert [url for url in dict.fromkeys(found) if "bengio" not in url] == wanted


def test_headings_stand_in_the_outline_as_sections_and_items() -> None:
    depths = [heading.depth for heading in outline(made(an_issue(4, 2)))]
    assert depths == [0, 1, 1, 0, 1, 1]


def test_a_pdf_claims_archive_and_accessibility_and_speaks_vietnamese() -> None:
    with pikepdf.open(io.BytesIO(pdf(a_view()).data)) as document:
        with document.open_metadata() as known:
            claimed = {name.rpartition("}")[2]: known[name] for name in known}
        assert (claimed["part"], claimed["conformance"]) in {("2", "A"), ("1", "A")}
        assert known.pdfa_status == "2A"
        assert 'pdfuaid:part="1"' in str(known) or "<pdfuaid:part>1</pdfuaid:part>" in str(known)
        assert str(document.Root.Lang).startswith("vi")
        assert bool(document.Root.MarkInfo.Marked)
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
        assert str(document.docinfo.Title) == "Điểm báo Cải cách hành chính 02/03/2026"


def test_all_faces_are_embedded_and_can_be_copied_from() -> None:
    faces: dict[str, bool] = {}
    for page in made(an_issue(5)).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]  # a page of ours has resources
            known = font.get_object()
            descriptor = known["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            embedded = "/FontFile2" in descriptor or "/FontFile3" in descriptor
            faces[str(known["/BaseFont"]).partition("+")[2]] = embedded and "/ToUnicode" in known
    assert {"LiberationSerif", "LiberationSerif-Bold", "LiberationSerif-Italic"} <= {
        face.partition("-Identity")[0] for face in faces
    }
    assert all(faces.values())


@pytest.mark.parametrize(("paper", "size"), [("a4", (210, 297)), ("19x27", (190, 270))])
def test_the_profile_s_paper_is_kept(paper: str, size: tuple[int, int]) -> None:
    plain = load("cchc-2023")
    profile = replace(plain, layout=replace(plain.layout, paper=paper))  # type: ignore[arg-type]  # parametrised
    box = made(an_issue(1), profile).pages[0].mediabox
    assert (round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)) == size


@pytest.mark.parametrize("place", ["bottom-right", "bottom-centre", "top-centre"])
@pytest.mark.parametrize("running", [True, False])
def test_pages_after_the_first_carry_head_and_number(place: str, *, running: bool) -> None:
    plain = load("cchc-2023")
    layout = replace(plain.layout, page_number=place, running_head=running)  # type: ignore[arg-type]  # parametrised
    first, second, *_ = made(an_issue(11), replace(plain, layout=layout)).pages
    head = "ĐIỂM BÁO CẢI CÁCH HÀNH CHÍNH – 02/03/2026"
    assert head not in first.extract_text()
    assert (head in second.extract_text()) is running
    lines = [line.strip() for line in second.extract_text().split("\n")]
    assert lines.count("2") == 1


@pytest.mark.parametrize("count", [9, 14, 23])
def test_no_page_begins_with_an_address_and_none_ends_with_a_heading(count: int) -> None:
    issue = an_issue(count, 5)
    reader = made(issue)
    headings = {heading.words for heading in outline(reader)}
    for number, page in enumerate(reader.pages, 1):
        lines = [joined(line) for line in page.extract_text().split("\n")]
        body = [line for line in (lines if number == 1 else lines[1:]) if line][:-1]
        assert not body[0].startswith(("https://", "Cùng nội dung"))
        assert body[-1] not in headings


def test_printed_addresses_and_other_outlets_are_links() -> None:
    item = an_item(3, url="https://báo.example/một cửa")
    found = addresses(made(issue_of(item), load("cchc")))
    target = link_target(item.url)
    assert target in found
    assert "https://bengio.example/3" in found


def test_an_issue_without_items_says_so() -> None:
    reader = made(Issue(profile="cchc-2023", date=DAY))
    assert len(reader.pages) == 1
    assert "Số này không có tin, bài." in joined(reader.pages[0].extract_text())


def test_the_office_s_own_masthead_contact_and_names_are_printed() -> None:
    plain = load("cchc-2023")
    imprint = replace(plain.imprint, issuer="Sở Mẫu", contact="Thư từ gửi về", email="toasoan@bengio.example")
    masthead = replace(plain.masthead, show_number=True, colour="#ffcc00")
    reader = made(an_issue(1, number=9), replace(plain, imprint=imprint, masthead=masthead))
    words = joined(" ".join(page.extract_text() for page in reader.pages))
    assert "Số 9" in words
    assert words.index("Thư từ gửi về: toasoan@bengio.example") > words.index("Về đầu trang./.")
    assert "mailto:toasoan@bengio.example" in addresses(reader)
    assert reader.metadata is not None
    assert reader.metadata.author == "Sở Mẫu"


def test_lines_of_a_paragraph_and_long_words_are_set() -> None:
    item = an_item(1, paragraphs=("Dòng một\nDòng hai", "x" * 400), kinds=("p", "p"))
    text = made(issue_of(item)).pages[0].extract_text()
    assert "Dòng một\n" in text
    assert "Dòng hai" in text


def test_a_process_of_its_own_makes_the_same_bytes() -> None:
    view = view_of(an_issue(2), load("cchc"))
    assert pdf(view, setter=typeset_apart) == pdf(view)


@pytest.mark.parametrize("setter", [typeset, typeset_apart])
def test_what_cannot_be_set_is_one_clear_error(setter: type) -> None:
    with pytest.raises(RenderError, match="pdf: cannot be set"):
        setter("{}", DAY)


def test_setting_that_takes_too_long_is_ended() -> None:
    with pytest.raises(RenderError, match="took longer than"):
        typeset_apart("{}", DAY, timeout=0.01)

"""An issue printed and read back: in both series and all three forms the same issue, field by field."""

import io
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader, PdfWriter

from digest.model import Bar, Chart, Issue, Item, Kind, Section
from digest.pipeline.bulletin_lines import lines_of
from digest.pipeline.importing import bring_issue
from digest.profile import Profile, load, shipped_names
from digest.render.figures import figures
from digest.render.renditions import render
from digest.render.view import RECALLED
from digest.wire import issue_from, parse
from tests.digest.render.fakes import DAY, a_chart, a_picture, an_image, an_issue, an_item, issue_of
from tests.fakes import SHARED, needs_shared

PROFILES = [load(name) for name in ("cchc", *(name for name in shipped_names() if name != "cchc"))]
FORMS = ("text", "docx", "pdf")


@pytest.fixture(autouse=True)
def _office_for_the_real_ones(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Page numbers in Word's contents take LibreOffice seconds; two real issues and one of ours show that they are read."""
    if "real" not in request.node.name and "as_it_was" not in request.node.name:
        monkeypatch.setenv("PATH", "")


def _read(issue: Issue, form: str, pictures=()) -> Issue:
    data = render(issue, load(issue.profile), form, dict(pictures)).data
    return bring_issue(lines_of(data, name="so.bin"), PROFILES, name="so.bin").issue


def _in_print(issue: Issue, form: str) -> Issue:
    """The issue as far as the form shows it."""
    profile = load(issue.profile)
    sections = [section for section in issue.sections if section.items]
    return replace(
        issue,
        hash=None,
        status="draft",
        corrects=None,
        sections=tuple(
            replace(section, items=tuple(_item(item, profile, form) for item in section.items)) for section in sections
        ),
    )


def _item(item: Item, profile: Profile, form: str) -> Item:
    """A text names no address of another outlet, and those of items where the profile prints them; quotations are text."""
    text: Kind = "p"
    kinds = item.kinds + (text,) * (len(item.paragraphs) - len(item.kinds))
    also, url, charts = item.also, item.url, item.charts
    if form == "text":
        kinds = tuple(text if kind == "q" else kind for kind in kinds)
        also = tuple(replace(other, url=None) for other in also)
        url = url if profile.layout.print_address else None
        charts = tuple(replace(chart, start=None) for chart in charts)
    return replace(
        item,
        article=None,
        provinces=(),
        images=(),
        flags=(),
        published=item.published if profile.source_line.date else None,
        kinds=kinds,
        also=also,
        url=url if item.origin == "press" and (item.outlet or item.author or profile.layout.print_address) else None,
        charts=charts,
    )


def _assert_same(issue: Issue, form: str, pictures=()) -> None:
    read = _read(issue, form, pictures)
    wanted = _in_print(issue, form)
    assert (read.profile, read.date, read.number) == (wanted.profile, wanted.date, wanted.number)
    assert [(one.key, one.title, len(one.items)) for one in read.sections] == [
        (one.key, one.title, len(one.items)) for one in wanted.sections
    ]
    for old, new in zip(wanted.sections, read.sections, strict=True):
        assert [replace(item, flags=()) for item in new.items] == list(old.items)


def _unmarked(item: Item) -> Item:
    """Entries that count without their own number: print puts it there, so one that has it cannot be told from it."""
    texts = tuple(
        text.split(". ", 1)[-1] if kind == "oli" else text
        for text, kind in zip(item.paragraphs, item.kinds, strict=True)
    )
    return replace(item, paragraphs=texts)


def _daily(sections: int, **fields: object) -> Issue:
    issue = an_issue(items=11, sections=sections, **fields)
    return replace(
        issue,
        sections=tuple(replace(one, items=tuple(map(_unmarked, one.items))) for one in issue.sections),
    )


def _monthly() -> Issue:
    """Own and reprinted articles in three sections of the profile's and one of the office's own, with charts."""
    titles = [(rule.key, rule.title) for rule in load("ban-tin-thang").sections[:3]]
    titles.append(("chuyen_cua_tinh", "CHUYỆN CỦA TỈNH"))
    sections = [
        Section(key=key, title=title, items=tuple(_article(place * 3 + turn) for turn in (1, 2, 3)))
        for place, (key, title) in enumerate(titles)
    ]
    return Issue(profile="ban-tin-thang", date=DAY, number=3, sections=tuple(sections))


def _article(number: int) -> Item:
    item = _unmarked(an_item(number, also=(), published=None))
    title = item.headline.upper()
    texts = (*item.paragraphs[:-1], f"{item.paragraphs[-1].rstrip('.')}./.")
    item = replace(item, headline=title, contents_line=title, paragraphs=texts, charts=_charts(number))
    if number % 3 == 0:
        return replace(item, outlet="Báo điện tử Lúa", author="Ths. Ngô Thị Sương")
    author = "Lê Bến" if number % 2 else "Trần Mây - Vụ Việc gần, Bộ Bút"
    return replace(item, origin="own", outlet=None, url=None, author=author)


def _charts(number: int) -> tuple[Chart, ...]:
    if number == 2:
        return (a_chart(9, decimals=None, source="Sở Nội vụ Hạ Nguồn", note="Xếp theo điểm của năm trước"),)
    if number == 5:
        bars = (Bar(name="Xã Gò: Sậy", value=-1.5), Bar(name="Bản Mây", value=12_345.25), Bar(name="Xã Lau", value=0))
        return a_chart(60, decimals=3), Chart(title="Hồ sơ", rows=bars, unit="nghìn hồ sơ", source="Tỉnh")
    return ()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("sections", [2, 5])
def test_a_daily_comes_back_as_it_was(form, sections):
    _assert_same(_daily(sections), form)


def test_a_brief_without_contents_comes_back_from_its_text():
    issue = _daily(1)
    (section,) = issue.sections
    printed = replace(section, key="trong_ngay", title="TIN ĐÁNG CHÚ Ý")
    _assert_same(replace(issue, profile="tin-nhanh", sections=(printed,)), "text")


@pytest.mark.parametrize("form", FORMS)
def test_a_monthly_comes_back_with_its_charts_its_own_and_its_reprinted_articles(form):
    _assert_same(_monthly(), form)


def _with_long_titles() -> Issue:
    """The monthly without charts, whose first headlines take up to four lines of a page."""
    issue = _monthly()
    tails = (
        " ĐỂ NGƯỜI ĐI LÀM XA VÀ HỘ KINH DOANH Ở CHỢ ĐẦU MỐI NHẬN HỒ SƠ" * 3,
        " Ở BẢN XA VÀ Ở CHỢ PHIÊN CỦA HUYỆN VÙNG CAO",
    )

    def titled(item: Item) -> Item:
        title = item.headline + (tails[item.number % 3] if item.number % 3 < len(tails) else "")
        return replace(item, headline=title, contents_line=title, charts=())

    sections = (replace(one, items=tuple(map(titled, one.items))) for one in issue.sections)
    return replace(issue, sections=tuple(sections))


@pytest.mark.parametrize("form", FORMS)
def test_headlines_of_a_monthly_may_take_four_lines(form):
    _assert_same(_with_long_titles(), form)


def test_a_monthlys_pdf_without_its_tags_keeps_its_sections_headlines_authors_and_number():
    issue = _with_long_titles()
    issue = replace(issue, sections=issue.sections[:3])  # without tags an office's own section is not known from text
    writer = PdfWriter(PdfReader(io.BytesIO(render(issue, load(issue.profile), "pdf", {}).data)))
    del writer.root_object["/StructTreeRoot"]
    plain = io.BytesIO()
    writer.write(plain)
    read = bring_issue(lines_of(plain.getvalue(), name="so.pdf"), PROFILES, name="so.pdf").issue
    assert (read.profile, read.number) == (issue.profile, issue.number)

    def told(one: Issue) -> list[tuple[object, ...]]:
        return [
            (section.title, item.headline, item.outlet, item.author, item.origin)
            for section in one.sections
            for item in section.items
        ]

    assert told(read) == told(issue)


@pytest.mark.parametrize("form", FORMS)
def test_captions_of_pictures_stay_out_of_the_paragraphs(form):
    picture = a_picture(600, 400)
    image = an_image(picture, "https://bao1.example/1.jpg", "Quầy một cửa ở chợ phiên - Ảnh: Lê Bến")
    issue = _monthly()
    first, *rest = issue.sections
    items = tuple(replace(item, images=(image,)) for item in first.items)
    issue = replace(issue, sections=(replace(first, items=items), *rest))
    _assert_same(issue, form, [(image.src, picture)])


@pytest.mark.parametrize("form", FORMS)
def test_items_that_know_little_and_own_items_come_back(form):
    odd = (
        an_item(1, author=None, published=None),
        an_item(2, outlet=None, published=None, author="Lê Bến", also=()),
        an_item(3, origin="own", author="Trần Mây", outlet=None, published=None, url=None, also=()),
    )
    _assert_same(issue_of(*map(_unmarked, odd)), form)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("fields", [{"status": "corrected", "version": 2, "corrects": 1}, {"status": "recalled"}])
def test_what_is_said_at_the_top_of_a_version_is_no_part_of_it(form, fields):
    issue = _daily(5, **fields)
    read = _read(issue, form)
    assert [one.headline for section in read.sections for one in section.items] == [
        one.headline for section in issue.sections for one in section.items
    ]
    assert RECALLED not in str(read)


@pytest.mark.parametrize("form", FORMS)
def test_as_a_chart_is_drawn_so_it_comes_back(form):
    charts = [chart for section in _monthly().sections for item in section.items for chart in item.charts]
    read = [chart for section in _read(_monthly(), form).sections for item in section.items for chart in item.charts]
    assert [figures(chart)["rows"][0]["value"] for chart in read] == [
        figures(chart)["rows"][0]["value"] for chart in charts
    ]


@needs_shared
@pytest.mark.parametrize("form", FORMS)
def test_the_real_daily_comes_back(form):
    issue = issue_from(parse((SHARED / "bulletins" / "2023-12-11.issue.json").read_bytes()))
    _assert_same(issue, form)


@needs_shared
@pytest.mark.parametrize("form", FORMS)
def test_the_real_monthly_comes_back(form):
    body = (SHARED / "seeds" / "002-monthly-bulletin-2023-05.txt").read_bytes()
    day = date(2023, 5, 31)
    _assert_same(bring_issue(lines_of(body, name="so.txt"), PROFILES, name="so.txt", day=day).issue, form)

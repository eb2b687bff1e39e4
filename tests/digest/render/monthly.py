"""A monthly to render: own articles beside reprints, pictures, a chart over pages, titles of one to four lines."""

from dataclasses import replace

from digest.model import Issue, Item, Section
from digest.profile import Profile, load
from digest.render.view import View, view_of
from tests.digest.render.fakes import DAY, a_chart, a_picture, an_image, an_item

FIRST, SECOND = "https://baolua.example/mot.jpg", "https://baolua.example/hai.jpg"
CAPTION = "Người dân nộp hồ sơ tại xã Bến Lau - Ảnh: Lê Bến"
LONG = (
    "XÃ BẾN LAU MỞ QUẦY HƯỚNG DẪN NỘP HỒ SƠ TRỰC TUYẾN TẠI CHỢ PHIÊN, TẠO ĐIỀU KIỆN THUẬN LỢI CHO NGƯỜI DÂN, "
    "DOANH NGHIỆP Ở CÁC THÔN XA TRÊN ĐỊA BÀN TỈNH HẠ NGUỒN TRONG GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH NĂM 2026"
)
PICTURES = {FIRST: a_picture(900, 500), SECOND: a_picture(600, 500)}
MONTHLY = load("ban-tin-thang")


def monthly_issue(articles: int = 2) -> Issue:
    """So many articles in each section, the first of each section an own one."""
    sections = []
    for place, rule in enumerate(MONTHLY.sections):
        numbers = range(place * articles + 1, (place + 1) * articles + 1)
        items = tuple(_article(number, own=number == numbers[0]) for number in numbers)
        sections.append(Section(key=rule.key, title=rule.title, items=items))
    first = sections[0].items[0]
    shown = (an_image(PICTURES[FIRST], FIRST, CAPTION), an_image(PICTURES[SECOND], SECOND))
    opening = replace(first, images=shown, charts=(a_chart(91),), headline=LONG, contents_line=LONG)
    sections[0] = replace(sections[0], items=(opening, *sections[0].items[1:]))
    return Issue(profile=MONTHLY.id, date=DAY, number=3, sections=tuple(sections))


def _article(number: int, *, own: bool) -> Item:
    item = an_item(number)
    title = item.headline.upper()
    known = replace(item, headline=title, contents_line=title, also=())
    if own:
        return replace(known, origin="own", author="Lê Bến", outlet=None, published=None, url=None)
    return replace(known, outlet="Báo điện tử Lúa", author="Trần Mây")


def a_monthly(articles: int = 2, profile: Profile = MONTHLY) -> View:
    """That issue in its profile's words, or in another's."""
    return view_of(monthly_issue(articles), profile, PICTURES)

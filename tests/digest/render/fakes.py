"""Issues to render: any number of items, every title and every paragraph unlike the others."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

from digest.model import SECTION_KEYS, Also, Bar, Chart, Image, Issue, Item, Kept, Kind, Section
from digest.pictures import Mime, Picture
from digest.profile import Profile, load
from digest.profile_parts import Copyright
from digest.render.view import View, view_of
from tests.scrapers.pictures.makers import a_scene, written

DAY = date(2026, 3, 2)  # a Monday

TITLES = (
    "CHỦ TRƯƠNG CẢI CÁCH",
    "CẢI CÁCH ĐỊA PHƯƠNG",
    "LĨNH VỰC CẢI CÁCH",
    "QUẢN LÝ HÀNH CHÍNH",
    "PHÂN TÍCH – BÌNH LUẬN",
)

_PLACES = (
    "Xã Bến Lau",
    "Phường Đồi Chè",
    "Huyện Suối Vàng",
    "Thị trấn Cầu Gỗ",
    "Tỉnh Hạ Nguồn",
    "Xã Gò Sậy",
    "Bản Mây",
)
_DEEDS = (
    "trả kết quả hồ sơ đất đai ngay trong buổi sáng",
    "bỏ giấy xác nhận cư trú ở mười hai thủ tục",
    "chấm điểm cán bộ một cửa bằng phiếu hỏi của dân",
    "mở quầy hướng dẫn nộp hồ sơ trực tuyến tại chợ phiên",
    "cấp bản sao hộ tịch điện tử trong vòng hai giờ",
    "gộp ba bước thẩm định thành một lần kiểm tra",
    "công khai lịch hẹn và người giải quyết từng hồ sơ",
    "đưa tổ lưu động về thôn xa nhận hồ sơ bảo trợ xã hội",
    "thí điểm trả lương theo vị trí việc làm ở khối xã",
)
_SENTENCES = (
    "Người dân chỉ phải đến bộ phận một cửa một lần, phần còn lại cán bộ tự liên hệ với cơ quan chuyên môn.",
    "Số giấy tờ phải nộp giảm từ bảy xuống ba, và không còn yêu cầu bản sao có chứng thực.",
    "Chủ tịch xã cho biết khó nhất không phải là máy móc mà là thói quen hẹn lại ngày khác.",
    "Mỗi chiều thứ Sáu, tổ công tác rà lại những hồ sơ trễ hẹn và gửi thư xin lỗi đến từng hộ.",
    "Theo kế hoạch, đến quý III toàn bộ kết quả sẽ được lưu ở kho dữ liệu dùng chung của tỉnh.",
    "Các phòng chuyên môn ký số trên cùng một hệ thống, nên hồ sơ không phải mang đi mang lại.",
    "Diện tích phòng tiếp dân được mở thêm 40 m², có góc đọc sách và máy lấy số cho người cao tuổi.",
)
_AUTHORS = ("Lê Bến", None, "Trần Mây - Hoàng Gió", "Ngô Sương")
_LISTS: tuple[tuple[Kind, str], ...] = (
    ("h", "Ba việc phải xong trước tháng Sáu ở nơi thứ {n}"),
    ("li", "Rà soát lại toàn bộ mẫu đơn đang dùng, đợt {n};"),
    ("li", "Niêm yết phí, lệ phí bằng chữ lớn tại cửa ra vào, đợt {n};"),
    ("oli", "1. Giao một đầu mối chịu trách nhiệm đến cùng, đợt {n}."),
    ("oli", "2. Báo cáo kết quả vào ngày 25 hằng tháng, đợt {n}."),
    ("row", "Hồ sơ đã nhận: {n}.120 | Đúng hẹn: 98,{n}%"),
    ("q", "“Dân không hỏi máy nhanh bao nhiêu, dân hỏi bao giờ xong”, bà Sáu ở thôn {n} nói."),
)


def an_item(number: int = 1, **fields: object) -> Item:
    """A press item of four to eleven paragraphs, its words told from the others' by its number."""
    headline = f"{_PLACES[number % 7]} số {number} {_DEEDS[number % 9]}"
    blocks = _blocks(number)
    known: dict[str, object] = {
        "number": number,
        "headline": headline,
        "contents_line": headline,
        "article": f"a{number}",
        "paragraphs": tuple(text for _, text in blocks),
        "kinds": tuple(kind for kind, _ in blocks),
        "outlet": f"Bao{number}.example",
        "published": DAY - timedelta(days=number % 3),
        "author": _AUTHORS[number % 4],
        "url": f"https://bao{number}.example/cai-cach/mot-cua-{number}.html?tu=trang-nhat&so={number}",
        "also": (Also(outlet="Bengio.example", url=f"https://bengio.example/{number}"),) if number % 5 == 3 else (),
    }
    return Item(**(known | fields))  # type: ignore[arg-type]  # the caller names real fields


def _blocks(number: int) -> list[tuple[Kind, str]]:
    """Paragraphs of an item; every fourth item also has each of the other kinds."""
    blocks: list[tuple[Kind, str]] = [("p", f"Từ đầu tháng, nơi thứ {number} {_DEEDS[(number + 4) % 9]}.")]
    for place in range(3 + number % 3):
        words = " ".join(_SENTENCES[(number + place + step) % 7] for step in range(3 + number % 4))
        blocks.append(("p", f"Đoạn {place + 1} của tin {number}: {words}"))
    if number % 4 == 1:
        blocks += [(kind, text.format(n=number).strip()) for kind, text in _LISTS]
        blocks.append(("p", f"Việc ở nơi thứ {number} sẽ được tổng kết vào cuối năm."))
    return blocks


def an_issue(items: int = 11, sections: int = 2, **fields: object) -> Issue:
    """An issue of `items` items spread over the first `sections` sections, as profile `cchc-2023` or `cchc` prints it.

    `fields` replace the Issue's other fields; for items of one's own see `issue_of`.
    """
    share = -(-items // sections)
    numbers = range(1, items + 1)
    made = tuple(
        Section(
            key=SECTION_KEYS[place],
            title=TITLES[place],
            items=tuple(an_item(number) for number in numbers[place * share : (place + 1) * share]),
        )
        for place in range(sections)
    )
    known: dict[str, object] = {"profile": "cchc-2023" if sections <= 2 else "cchc", "date": DAY, "sections": made}
    return Issue(**(known | fields))  # type: ignore[arg-type]  # the caller names real fields


def an_issue_in(profile: Profile, items: int, **fields: object) -> Issue:
    """An issue of the profile's own sections, `items` items spread over them; every seventh title takes two lines."""
    share = max(1, -(-items // len(profile.sections)))
    entries = tuple(_titled(number) for number in range(1, items + 1))
    made = tuple(
        Section(key=section.key, title=section.title, items=entries[place * share : (place + 1) * share])
        for place, section in enumerate(profile.sections)
    )
    known: dict[str, object] = {"profile": profile.id, "date": DAY, "number": 3, "sections": made}
    return Issue(**(known | fields))  # type: ignore[arg-type]  # the caller names real fields


def _titled(number: int) -> Item:
    item = an_item(number)
    if number % 7:
        return item
    long = f"{item.headline}, và {_DEEDS[(number + 3) % 9]} ở cả những thôn xa nhất của nơi thứ {number}"
    return an_item(number, headline=long, contents_line=long)


def issue_of(*items: Item, profile: str = "cchc-2023") -> Issue:
    """An issue of one section that holds just these items."""
    return Issue(profile=profile, date=DAY, sections=(Section(key="chu_truong", title=TITLES[0], items=items),))


def a_full_view(profile: Profile, items: int = 5) -> View:
    """A view of all that an issue can hold: pictures, a chart, lists, other outlets, an own item, a long title."""
    kept = {f"https://anh.example/{place}.jpg": a_picture(600 + 40 * place, 400) for place in (1, 2)}
    images = tuple(an_image(kept[src], src, f"Quầy trả kết quả, ảnh {src[-5]}. Ảnh: Lê Bến") for src in kept)
    issue = an_issue_in(profile, items)
    first, *others = issue.sections
    own = replace(first.items[0], origin="own", images=images[:1], charts=(a_chart(12, note="Tính đến ngày 28/02."),))
    long = an_item(90, headline="Tít dài " * 37 + "hết", images=images[1:], paragraphs=("Mở đầu.", "x" * 300, "Hết."))
    first = replace(first, items=(own, *first.items[1:], long))
    printing = replace(profile, copyright=replace(profile.copyright, pictures="print"))
    return view_of(replace(issue, sections=(first, *others)), printing, kept)


def a_chart(count: int = 9, **fields: object) -> Chart:
    """An index in per cent of so many communes, from an axis that starts at 50; no name is like another."""
    bars = tuple(Bar(name=f"{_PLACES[n % 7]} - Huyện Suối Vàng {n}", value=70 + n * 0.25) for n in range(1, count + 1))
    known: dict[str, object] = {"title": f"Chỉ số hài lòng của {count} xã", "rows": bars, "unit": "%", "start": 50.0}
    return Chart(**(known | {"decimals": 2} | fields))  # type: ignore[arg-type]  # the caller names real fields


def a_picture(width: int = 900, height: int = 600, mime: Mime = "image/jpeg") -> Picture:
    """A copy of many colours."""
    data = written(a_scene(width, height), "PNG" if mime == "image/png" else "JPEG")
    return Picture(sha256=hashlib.sha256(data).hexdigest(), mime=mime, width=width, height=height, data=data)


def an_image(picture: Picture, src: str, caption: str | None = None) -> Image:
    """The address of a picture whose copy is kept."""
    kept = Kept(sha256=picture.sha256, width=picture.width, height=picture.height)
    return Image(src=src, caption=caption, kept=kept)


def a_view(
    issue: Issue | None = None, profile: Profile | None = None, pictures: Mapping[str, Picture] = MappingProxyType({})
) -> View:
    """The issue in its own profile's words unless another profile is given; with pictures, one that prints them."""
    shown = issue if issue is not None else an_issue()
    if profile is None:
        profile = load(shown.profile)
        profile = replace(profile, copyright=Copyright(pictures="print")) if pictures else profile
    return view_of(shown, profile, pictures)

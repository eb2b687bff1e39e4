"""Invented articles without end: the same seed, host and number give the same article, any other gives another."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from digest.model import VIETNAM
from digest.text import slug

DAY = datetime(2026, 3, 3, 7, 30, tzinfo=VIETNAM)
_FIRST_HOUR = datetime(2026, 3, 2, 6, 0, tzinfo=VIETNAM)

_WHO = (
    *(
        "Xã Bến Cau",
        "Phường Cầu Gỗ",
        "Huyện Vàm Trăng",
        "Sở Nội vụ Hà Châu",
        "Thị trấn Đồi Thông",
        "Tổ một cửa Sông Lam",
    ),
    *("Bộ phận tiếp dân Mường Lai", "Trung tâm hành chính Cồn Dừa", "Ủy ban xã Lũng Vài", "Đặc khu Hòn Sương"),
)
_DOES = (
    *("rút ngắn", "công khai", "thí điểm", "bãi bỏ", "đơn giản hóa", "số hóa", "chấm điểm", "trả trước hạn", "gộp"),
    *("liên thông", "nhận qua mạng", "hẹn giờ giải quyết"),
)
_WHAT = (
    *("giấy khai sinh", "hồ sơ đất đai", "giấy phép xây dựng", "thủ tục hộ tịch", "đăng ký kinh doanh", "sổ hộ nghèo"),
    *("lý lịch tư pháp", "chế độ người có công", "phí sao lục", "bản trích đo thửa đất", "giấy xác nhận cư trú"),
)
_HOW = (
    *(
        "ngay tại nhà văn hóa thôn",
        "trong buổi sáng",
        "sau ba tháng chạy thử",
        "không cần bản giấy",
        "vào cả ngày nghỉ",
    ),
    *("cho người đi làm ca", "bằng một lần khai", "qua tủ trả kết quả", "với một cán bộ lưu động"),
)
_OPENS = (
    *("Theo báo cáo tuần", "Từ đầu tháng", "Ông chủ tịch xã cho biết", "Chị Tạ Bích Liên kể", "Ở điểm tiếp nhận mới"),
    *(
        "Sau khi rà soát",
        "Tại buổi giao ban",
        "Nhiều hộ ven sông nói",
        "Tổ công nghệ số ghi nhận",
        "Trong đợt kiểm tra",
    ),
)
_SAYS = (
    *(
        "người dân không còn phải đi hai chuyến",
        "cán bộ tư pháp trả bản điện tử trong hai giờ",
        "phần mềm tự điền dữ liệu cũ",
    ),
    *("biên nhận có mã tra cứu riêng", "hồ sơ trễ hạn phải có thư xin lỗi", "ba khâu trung gian được cắt bỏ"),
    *("lệ phí được niêm yết bằng mã quét", "thời gian chờ giảm còn mười một phút", "ai cũng xem được tiến độ của mình"),
)
_WHY = (
    *("nhờ kho dữ liệu dùng chung của tỉnh", "khi mạng cáp quang về đến thôn", "vì mỗi bước có người chịu trách nhiệm"),
    *("theo kế hoạch của hội đồng nhân dân", "dù nhân sự giảm một phần ba", "trước khi nhân rộng ra bốn xã khác"),
)
_PEOPLE = ("Lê Bến", "Đình Phúc", "Mai Đồng", "Út Trà", "Nông Hà", "Y Khoa", "Khánh An", "Thanh Hường", "Bùi Lữ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One invented article; `slug` is its title as an address."""

    number: int
    title: str
    slug: str
    sapo: str
    paragraphs: tuple[str, ...]
    author: str
    published: datetime


@lru_cache(maxsize=4096)
def piece(seed: int, host: int, number: int) -> Piece:
    """The article with this number of a host."""
    luck = random.Random(f"{seed}/{host}/{number}")  # noqa: S311 - no secret, the same each time
    serial = host * 1000 + number
    title = f"{_some(luck, _WHO, _DOES, _WHAT, _HOW)}, đợt {serial}"
    return Piece(
        number=number,
        title=title,
        slug=slug(title),
        sapo=f"{_sentence(luck)} {_sentence(luck)}",
        paragraphs=tuple(_paragraph(luck, place, serial) for place in range(luck.randint(9, 15))),
        author=luck.choice(_PEOPLE),
        published=_FIRST_HOUR + timedelta(minutes=luck.randint(0, 1000)),
    )


def _paragraph(luck: random.Random, place: int, serial: int) -> str:
    """Several sentences, the first of which stands nowhere else: equal paragraphs would be taken for repetition."""
    first = f"Lượt hồ sơ thứ {serial * 20 + place} {luck.choice(_WHY)} {luck.choice(_SAYS)}."
    return " ".join([first, *(_sentence(luck) for _ in range(luck.randint(2, 4)))])


def _sentence(luck: random.Random) -> str:
    return f"{_some(luck, _OPENS)}, {_some(luck, _SAYS, _WHY)} và tỷ lệ đúng hạn đạt {luck.randint(70, 99)},{luck.randint(0, 9)}%."


def _some(luck: random.Random, *banks: tuple[str, ...]) -> str:
    return " ".join(luck.choice(bank) for bank in banks)

"""A small invented bulletin as the text of a file, and issues to edit."""

from datetime import date

from digest.bulletin.lines import Line, lines_of_text
from digest.model import Issue, Item, Section
from tests.digest.render.fakes import DAY, TITLES

LONG = (
    "Bộ phận một cửa của xã mở thêm buổi chiều thứ Bảy để người đi làm xa về kịp nộp hồ sơ, và mỗi hồ sơ có một người "
    "chịu trách nhiệm đến cùng thay vì chuyển qua ba phòng như trước."
)
SHORT = "Chủ tịch xã nói việc này không cần thêm người, chỉ cần xếp lại ca trực."

# Traps on purpose: a slip in a section's title, a list that counts, entries by dash, a line broken at a real hyphen, an
# abbreviation that stands in the contents alone, a source line without author, the mark that closes the issue.
DAILY = f"""
Năm 2026

THỨ HAI

Phát hành: 02/03/2026

Bản tin

Điểm báo

CẢI CÁCH HÀNH CHÍNH

(Phát hành hàng ngày từ thứ Hai đến thứ Sáu)

Trong ngày, một số vấn đề được báo chí quan tâm phản ánh:

CHỦ TRƯỞNG CẢI CÁCH\t1
1. Gộp ba bước thẩm định thành một lần kiểm tra.....\t1
CẢI CÁCH ĐỊA PHƯƠNG.....\t2
2. Hạ Nguồn: DN chấm điểm bốn sở của tỉnh\t2
3. Suối Vàng: Trả hồ sơ trong 24 giờ\t3

CHỦ TRƯỞNG CẢI CÁCH

Gộp ba bước thẩm định thành một lần kiểm tra

{LONG}

- Hồ sơ đất đai: một buổi.
- Hồ sơ hộ tịch: hai giờ.

{SHORT} (Baolua.example 01/3, Lê Bến)[Về đầu trang](#)

CẢI CÁCH ĐỊA PHƯƠNG

Hạ Nguồn: Doanh nghiệp chấm điểm bốn sở của tỉnh

{LONG}

Kế hoạch gồm hai việc:

1. Khuyến khích các sở gửi phiếu hỏi theo Công văn số 12/KH-
UBND của tỉnh.

2. Công bố điểm vào cuối quý. (Baosuoi.example 02/3) [Về đầu trang](#)

Suối Vàng: Trả hồ sơ trong 24 giờ

{LONG} Người dân gọi đó là

quầy không hẹn lại. {SHORT} (Baonui.example 28/2, Trần Mây, Hoàng Gió)[Về đầu trang./.](#)
"""


def daily(text: str = DAILY) -> list[Line]:
    return lines_of_text(text.splitlines())


def lines(*texts: str, **fields: object) -> list[Line]:
    return [Line(text=text, **fields) for text in texts]  # type: ignore[arg-type]  # the caller names real fields


def an_edited(number: int, **fields: object) -> Item:
    """An item whose words tell it from every other."""
    known: dict[str, object] = {
        "number": number,
        "article": f"a{number}",
        "headline": f"Xã số {number} {('bỏ giấy xác nhận', 'mở quầy ở chợ', 'trả lời trong ngày')[number % 3]} lần {number}",
        "contents_line": f"Xã số {number}: việc lần {number}",
        "paragraphs": (f"Tin {number} kể việc thứ nhất.", f"Tin {number} kể việc thứ hai."),
        "kinds": ("p", "p"),
        "outlet": f"Bao{number}.example",
        "published": date(2026, 3, 1),
        "author": "Lê Bến",
        "url": f"https://bao{number}.example/tin-{number}.html",
    }
    return Item(**(known | fields))  # type: ignore[arg-type]  # the caller names real fields


def an_issue(first: tuple[Item, ...], second: tuple[Item, ...] = ()) -> Issue:
    """An issue of two sections of the profile `cchc`; one without items is left out."""
    sections = (
        Section(key="chu_truong", title=TITLES[0], items=first),
        Section(key="dia_phuong", title=TITLES[1], items=second),
    )
    return Issue(profile="cchc", date=DAY, sections=tuple(section for section in sections if section.items))

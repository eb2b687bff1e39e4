"""What makes a sentence weighty for a reader in an office: a decision, a figure, a deadline, a document's number."""

import re

from classifiers.facts import documents

_DECISION = re.compile(
    r"\b(?:ban hành|phê duyệt|quyết định|quyết nghị|thông qua|chấp thuận|phê chuẩn|ký (?:ban hành|quyết định|kết|duyệt)|bãi bỏ|thay thế|"
    r"sửa đổi|bổ sung|có hiệu lực|công bố|bổ nhiệm|miễn nhiệm|điều động|thành lập|sáp nhập|giải thể|hợp nhất|cắt giảm|"
    r"đơn giản hóa|giao (?:cho )?(?:Bộ|Sở|UBND|Văn phòng|Cục|Chủ tịch|Công an|các)|yêu cầu|chỉ đạo|kết luận|thống nhất|đồng ý|"
    r"phân cấp|ủy quyền|kỷ luật|khiển trách|cảnh cáo|cách chức|khởi tố|xử phạt|đình chỉ|thu hồi|áp dụng|thí điểm)\b",
    re.IGNORECASE,
)
_UNIT = (
    r"%|phần trăm|nghìn|ngàn|triệu|tỉ|tỷ|đồng|USD|người|hộ|hồ sơ|thủ tục|dịch vụ|xã|phường|huyện|tỉnh|đơn vị|cơ quan|"
    r"biên chế|lượt|trường hợp|doanh nghiệp|DN|dự án|giờ|ngày làm việc|m2|m²|km|ha|tấn|điểm|bậc|lần|tuổi|công chức|viên chức"
)
_FIGURE = re.compile(rf"(?<![\d/.,])(?:\d{{1,3}}(?:\.\d{{3}})+|\d+(?:,\d+)?)\s*(?:{_UNIT})(?!\w)", re.IGNORECASE)
_DEADLINE = re.compile(
    r"\b(?:trước|chậm nhất|muộn nhất|đến hết|hết|kể từ|từ|đến|trong|hạn(?: chót| cuối)?|thời hạn|hoàn thành)\b"
    r"[^.;,]{0,25}?(?:ngày|tháng|quý|năm)\s+(?:\d{1,4}|[IV]{1,3}\b|này|nay)|\bthời hạn\b|\bhạn chót\b",
    re.IGNORECASE,
)
# A law by its name or number; a capital tells "luật Đất đai" from "luật sư" and "kỷ luật".
_LAW = re.compile(
    r"(?<!pháp )(?<!kỷ )(?<!học )(?<!ĐH )(?<!ty )\b[Ll]uật (?:số \d|[A-ZĐÂĂÁẤÊÔƠƯÚỨỦ][^\W\d_])|\b[Bb]ộ luật [^\W\d_]"
)


def _names_a_document(sentence: str) -> bool:
    return bool(documents(sentence)) or bool(_LAW.search(sentence))


_SIGNS = (_DECISION.search, _FIGURE.search, _DEADLINE.search, _names_a_document)


def weight(sentence: str) -> int:
    """How many of the four a sentence holds, 0 to 4."""
    return sum(bool(sign(sentence)) for sign in _SIGNS)


_NUMBER = re.compile(r"(?<![\d/.,-])\d+(?:[.,]\d+)*(?:\s?%|(?![\d/%-]))(?:\s+[^\W\d_]+)?")
_YEAR = re.compile(r"(?:19|20)\d\d\b(?!\s*%)")


def figures(text: str) -> frozenset[str]:
    """The numbers of a text, years apart; one of a single digit with the syllable behind it ("7 ngày")."""
    found: set[str] = set()
    for match in _NUMBER.finditer(text):
        number, _, unit = match.group().replace(" %", "%").partition(" ")
        if not _YEAR.match(number):
            found.add(number if len(number) > 1 else f"{number} {unit}".lower())
    return frozenset(found)

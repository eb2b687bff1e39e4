"""What a text states that a copy states too: documents by number, figures with their unit, the stage of a procedure.

Spellings of one fact meet: "Nghị quyết số 57-NQ/TW" and "Nghị quyết 57", "18.000 tỉ" and "18 nghìn tỷ".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Where a matter stands; a later stage is news to who read of an earlier one.
PLANNED, SUBMITTED, DECIDED, IN_FORCE, DONE = 1, 2, 3, 4, 5

_KINDS = {
    "nghị quyết": "nq",
    "nghị định": "nđ",
    "quyết định": "qđ",
    "thông tư": "tt",
    "chỉ thị": "ct",
    "công điện": "cđ",
    "công văn": "cv",
    "kết luận": "kl",
    "kế hoạch": "kh",
    "thông báo": "tb",
    "quy định": "qđi",
    "hướng dẫn": "hd",
    "pháp lệnh": "pl",
    "đề án": "đa",
}
# "Nghị định 7 năm 2026" is a document's number and year, "kế hoạch 5 năm 2026-2030" is none.
_NOT_A_NUMBER = r"\s*(?:%|:\d|năm\b(?! (?:19|20)\d\d\b(?!\s*[-–])))"
_NAMED = re.compile(
    rf"({'|'.join(_KINDS)})(?: liên tịch)?(?: số)?:? (\d{{1,5}})\b(?!{_NOT_A_NUMBER})",
    re.IGNORECASE,
)
# Of these kinds a number needs no body behind it: "12/QĐ".
_KNOWN = r"(?:NQ|NĐ|QĐ|TTLT|TTg|TTr|TT|CT|CĐ|CV|KL|KH|TB|HD|BC|QH\d{1,2})\b"
_NUMBERED = re.compile(
    rf"\b(\d{{1,5}})(?:[/-]\d{{4}})?[/-]({_KNOWN}|[A-ZĐ]{{2,4}}(?=[-/][A-ZĐa-z]))(?:[-/][A-ZĐa-z]{{1,8}}\d{{0,2}})*\b"
)

_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_MANY = {"nghìn": 1e3, "ngàn": 1e3, "triệu": 1e6, "tỉ": 1e9, "tỷ": 1e9}
_FIGURE = re.compile(
    rf"(?<![\d/.,-])({_NUMBER})((?: (?:nghìn|ngàn|triệu|tỉ|tỷ)\b)*)(?:\s*(%|USD|k?m2)|[- ]([^\W\d_]+))?", re.IGNORECASE
)
_ROUNDING = 0.1
_CALENDAR = re.compile(
    r"\b(?:ngày|tháng|năm|quý|khóa|lúc|hôm|thế kỷ|nhiệm kỳ)\s+\d[\d/.-]*(?:\s*[-–]\s*\d[\d/.-]*)?"
    r"|\b\d{1,2}[/-]\d{1,2}(?:[/-]\d{4})?\b|\b\d{1,2}[/-]\d{4}\b|\b(?:19|20)\d\d\b|\b\d{1,2}(?:h\d{0,2}|:\d\d)\b",
    re.IGNORECASE,
)

_NOT_YET = (
    r"đề xuất|kiến nghị|dự thảo|lấy ý kiến|góp ý|dự kiến|xem xét|nghiên cứu|tính toán|phương án|sắp|có thể|sẽ|đề nghị|"
    r"chuẩn bị|muốn|cần|yêu cầu|chờ|trước khi|chưa|rà soát|dự định|lên kế hoạch|xin|hướng tới"
)
_STAGES = {
    DONE: r"hoàn thành|hoàn tất|tổng kết|sơ kết|sau (?:một|hai|ba|\d+) (?:tuần|tháng|năm)|kết quả|khánh thành",
    IN_FORCE: r"có hiệu lực|chính thức (?:áp dụng|vận hành|hoạt động|triển khai)|từ hôm nay|bắt đầu|đi vào (?:hoạt động|vận hành)|"
    r"áp dụng từ|khởi công|ra mắt|ra quân",
    DECIDED: r"thông qua|phê duyệt|ban hành|quyết định|ký\b|bổ nhiệm|chốt|chấp thuận|đồng ý|thống nhất|bấm nút|kỷ luật|cách chức|"
    r"khiển trách|cảnh cáo|công bố|phê chuẩn|bầu|khởi tố|bắt(?! buộc| đầu| tay| nguồn)\b|tuyên|trao quyết định|điều động|miễn nhiệm",
    SUBMITTED: r"trình|thảo luận|cho ý kiến|thẩm tra|thẩm định",
    PLANNED: _NOT_YET,
}
_PLAN = re.compile(rf"\b(?:{_NOT_YET})\b", re.IGNORECASE)
_STAGE = {stage: re.compile(rf"\b(?:{words})", re.IGNORECASE) for stage, words in _STAGES.items()}
_CLAUSE = re.compile(r"[.;:!?\n]+\s|,\s")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and the word that says what it counts, "" where a word of quantity alone follows ("2 tỷ")."""

    value: float
    unit: str

    def about(self, other: "Figure") -> bool:
        """Whether both may be one figure, rounded differently: "hơn 1.200 tỷ" and "1.230 tỷ"."""
        return self.unit == other.unit and abs(self.value - other.value) <= _ROUNDING * max(self.value, other.value)


def documents(text: str) -> frozenset[str]:
    """The numbered documents a text names, each by kind and number."""
    named = (f"{_KINDS[kind.lower()]} {int(number)}" for kind, number in _NAMED.findall(text))
    numbered = (f"{kind.lower()} {int(number)}" for number, kind in _NUMBERED.findall(text))
    return frozenset((*named, *numbered))


def figures(text: str) -> frozenset[Figure]:
    """The figures of a text with what they count; dates, hours, years and documents' numbers are none."""
    plain = _CALENDAR.sub(" ", _NUMBERED.sub(" ", _NAMED.sub(" ", text.replace("²", "2"))))
    return frozenset(_figures(plain))


def _figures(text: str) -> Iterator[Figure]:
    for number, many, sign, unit in _FIGURE.findall(text):
        value = float(number.replace(".", "").replace(",", "."))
        for word in many.lower().split():
            value *= _MANY[word]
        counted = (sign or unit).lower()
        if many or counted:
            yield Figure(value, "" if many else counted)


def stage(text: str) -> int | None:
    """The latest stage of its matter that a text says is reached; None where it says nothing of the kind."""
    stages = [one for clause in _CLAUSE.split(text) if (one := _stage_of(clause)) is not None]
    return max(stages, default=None)


def _stage_of(clause: str) -> int | None:
    """What stands behind a word of planning ("đề xuất ban hành") is only planned."""
    plan = _PLAN.search(clause)
    for reached in (DONE, IN_FORCE, DECIDED, SUBMITTED):
        match = _STAGE[reached].search(clause)
        if match and not (plan and plan.start() < match.start()):
            return reached
    return PLANNED if plan else None

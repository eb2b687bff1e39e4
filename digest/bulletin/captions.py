"""The captions of pictures in a text file, which lost the pictures: a gap is left, or the caption is a page's first line."""

import re
from collections.abc import Sequence

from digest.bulletin.lines import ENDS
from digest.bulletin.pages import Printed
from digest.text import one_line

_GAP = 3  # blank lines: the middle one was the picture
_MOST = 3  # lines
_LONGEST = 250  # letters
_LEAST = 40
_FULL = 0.93  # of the width
_PERCENTILE = 0.9
_CREDIT = re.compile(
    r"(?:[-–(]\s*|^)(?:Ảnh|Nguồn(?:\s+ảnh)?)\b\s*:?[^.!?]{0,80}\)?$|\bNguồn:\s*\S+\.\S+$", re.IGNORECASE
)
# Who or what is seen at the beginning, and what they do.
_SEEN = re.compile(
    r"(?:toàn cảnh|quang cảnh|ông|bà|các đồng chí|đồng chí|đ/c|đại tá|thượng tá|trung tá|thiếu tướng|bí thư|chủ tịch|phó "
    r"|giám đốc|lãnh đạo|đại diện|đại biểu|các đại biểu|đoàn|lực lượng|cán bộ|công chức|nhân viên|người dân|tổ công|tổ chuyển"
    r"|bộ trưởng|thứ trưởng|thủ tướng|phó thủ tướng|ban |sơ đồ|mô hình)",
    re.IGNORECASE,
)
_DOES = re.compile(
    r"(?:cảnh|trình bày|phát biểu|trao|tặng|thăm|hướng dẫn|tích hợp|giới thiệu|chủ trì|tham quan|tham dự|làm việc|kiểm tra"
    r"|báo cáo|tiếp |ký kết|chụp|giải quyết|nghe|bấm nút|tại )",
    re.IGNORECASE,
)


def caption_lines(lines: Sequence[Printed]) -> set[int]:
    """The numbers of the lines that are captions."""
    width = _width(lines)
    double = 2 * sum(line.gap == 1 for line in lines) > len(lines)
    found: set[int] = set()
    for at, line in enumerate(lines):
        alone = line.gap >= _GAP and not line.turned
        top = line.turned or (double and line.gap == 0)
        if not (alone or top) or at == 0:
            continue
        group = _group(lines[at : at + _MOST + 1], width)
        if group and _is_caption(_text(group), sure=alone):
            found |= {one.number for one in group}
    return found


def _text(lines: Sequence[Printed]) -> str:
    return one_line(" ".join(line.text for line in lines))


def _width(lines: Sequence[Printed]) -> int:
    lengths = sorted(len(line.text) for line in lines if len(line.text) >= _LEAST)
    return lengths[int(_PERCENTILE * (len(lengths) - 1))] if lengths else _LEAST


def _group(lines: Sequence[Printed], width: int) -> Sequence[Printed]:
    """The lines up to a credit, else to where a text begins: behind a line that is not full, with a capital.

    None where that is too far.
    """
    for count in range(1, len(lines)):
        # "Ảnh: Đoàn lãnh đạo nghe …" is no credit, and goes on.
        if _CREDIT.search(_text(lines[:count])) and not lines[count].text[:1].islower():
            return lines[:count]
        if ENDS.search(lines[count - 1].text):
            break
    for count, (line, after) in enumerate(zip(lines, [*lines[1:], None], strict=True), 1):
        if after is None or count > _MOST:
            return ()
        begins = after.text[:1].isupper() or not after.text[:1].isalnum()
        if begins and len(line.text) < _FULL * width:
            return lines[:count]
    return ()


def _is_caption(text: str, *, sure: bool) -> bool:
    """Whether a group is one: by its credit, or unlike a text's end where a picture stood or somebody is seen to act."""
    if len(text) > _LONGEST or text.isupper():
        return False
    if _CREDIT.search(text):
        return True
    if ENDS.search(text) or not any(letter.isalpha() for letter in text):
        return False
    return sure or bool(_SEEN.match(text) and _DOES.search(text))

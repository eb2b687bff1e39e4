"""How a sentence begins and ends, and what that says of it: it leans on the one before, announces the next, looks back."""

import re

_CONNECTIVE = re.compile(
    r"(?:theo đó|trong (?:khi )?đó|do (?:đó|vậy)|vì (?:vậy|thế)|bởi (?:vậy|thế)|chính vì (?:vậy|thế|lẽ đó)|nhờ (?:đó|vậy)|từ đó|"
    r"qua đó|(?:ngay )?sau đó|trước đó|khi đó|lúc (?:đó|này)|tiếp (?:đó|theo)|nhân đó|trên cơ sở đó|cùng ngày|tuy (?:nhiên|vậy|thế)|"
    r"thế nhưng|nhưng|song(?! phương)|(?:mặc )?dù (?:vậy|thế)|dẫu (?:vậy|thế)|ngược lại|trái lại|ngoài ra|(?:bên )?cạnh đó|"
    r"cùng (?:với )?đó|song song (?:với )?đó|đồng thời|mặt khác|hơn (?:nữa|thế)|thậm chí|tương tự|như (?:vậy|thế|trên)|"
    r"cụ thể(?: là| hơn)?|chẳng hạn|ví dụ|đơn cử|tức là|nghĩa là|kết quả là|cũng (?:theo|tại|trong|như|với|vì)|tại đây|ở đây|nơi đây|"
    r"đây|đó|và|rồi|còn|riêng|đặc biệt(?=,)|đáng chú ý|quan trọng hơn|theo (?:ông|bà|anh|chị)(?= ?,))(?!\w)",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"(?:Ông|Bà|Anh|Chị|Cô|Cậu|Em|Cụ|Thầy|Họ|Nó|Hắn|Chúng|Vị)[ ,](?!con\b|em\b|bà\b|giáo\b|cô\b|thể\b|học\b|tôi\b|ta\b)"
)
_POINTED_AT = re.compile(r"(?:[^\W\d_]+ ){1,4}(?:này|đó|ấy|nói trên|kể trên|nêu trên)\b")
_SENTENCE_ENDS = (".", "!", "?", "…")
_CLOSERS = "\"'”’»)]"
_LONGEST_ANNOUNCEMENT = 14  # syllables
# "Điểm khó là cách tính." says nothing before it is told how.
_ANNOUNCING = re.compile(
    r"(?:(?:và|nhưng|song|còn|tuy nhiên,|thế nhưng,?) )?"
    r"(?:(?:điều|điểm|vấn đề|câu chuyện|chuyện|cái|việc|phần|khâu|bước|yếu tố)(?: (?:làm|khiến|gây|được|còn|vẫn|lại))? )?"
    r"(?:quan trọng|khó(?: khăn)?|đáng (?:nói|chú ý|mừng|lo|tiếc|ghi nhận|quan tâm|bàn|kể)|mấu chốt|thú vị|vướng(?: mắc)?|"
    r"cốt lõi|then chốt|băn khoăn|lo ngại|trăn trở|quan tâm)"
    r"(?: (?:hơn|nhất|cả|nữa|lớn)){0,2} (?:chính là|là|nằm ở|ở)\b",
    re.IGNORECASE,
)
_TO_COME = re.compile(r"\b(?:như sau|sau đây|dưới đây)[.…]$", re.IGNORECASE)
_BACKGROUND = re.compile(
    r"(?:trước đây|trước kia|trước nay|lâu nay|bấy lâu nay|từ trước (?:đến|tới) nay|(?:các |những )?quy định (?:cũ|trước đây|hiện hành)|"
    r"(?:luật|nghị định|thông tư|quyết định) (?:cũ|hiện hành)|"
    r"(?:cũng )?(?:theo|tại|căn cứ) (?:các |những )?(?:quy định|luật|nghị định|thông tư|nghị quyết|điều|khoản|mức|cơ chế|chính sách|cách)\b[^,.;:]{0,60}\b(?:cũ|hiện hành|trước đây))\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\b(?:thay vì|thay cho|thì nay|nay (?:còn|là|chỉ|được|đã)|từ nay|(?:giảm|rút|rút ngắn|cắt|hạ) (?:còn|xuống)|"
    r"sẽ được|được (?:sửa|thay|bãi bỏ)|bãi bỏ|sửa đổi|thay thế)\b",
    re.IGNORECASE,
)


def ends_a_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does, closing marks apart."""
    return text[-8:].rstrip(_CLOSERS).endswith(_SENTENCE_ENDS)


def leans(text: str) -> bool:
    """Whether a sentence says nothing without the one before."""
    words = text[:80].lstrip("“\"'‘-–— ")
    if words[:1].islower() or _CONNECTIVE.match(words):
        return True
    pointed_at, pronoun = _POINTED_AT.match(words), _PRONOUN.match(words)
    if pointed_at and pointed_at.group()[1:].islower():  # "Ông Kha nói việc này …" names its subject
        return True
    return bool(pronoun and not words[pronoun.end() : pronoun.end() + 1].isupper())


def announces(text: str) -> bool:
    """Whether a sentence tells nothing itself, but that something is to come."""
    if len(text) > 8 * _LONGEST_ANNOUNCEMENT or len(text.split()) > _LONGEST_ANNOUNCEMENT:
        return False
    return bool(_TO_COME.search(text)) or (bool(_ANNOUNCING.match(text)) and not any(map(str.isdigit, text)))


def looks_back(text: str) -> bool:
    """Whether a text tells how things were, or are until the news comes into force, and not what changes."""
    return bool(_BACKGROUND.match(text.lstrip("“\"'‘-–— "))) and not _CHANGED.search(text)

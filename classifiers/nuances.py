"""Finer patterns beside the codebook's own: which level acts, by which paper, about what unit, and who speaks.

The codebook parts sections by such things (central or local, a platform or one service on it, staff policy or named
people, a report or somebody's view); a broad rule alone cannot.
"""

import re

from classifiers.rule import Rule, rule

_CITIES = r"hà nội|tp\.? ?hcm|thành phố hồ chí minh|đà nẵng|cần thơ|hải phòng|huế|tỉnh \w+"
_SECTOR_MINISTRIES = (
    r"tài chính|công thương|xây dựng|y tế|công an|quốc phòng|ngoại giao|khoa học|kh-cn|kh&cn|giáo dục|gd-đt|gd&đt|"
    r"nông nghiệp|nn-mt|văn hóa|tài nguyên|tn-mt|tn&mt|kế hoạch|kh-đt|kh&đt|giao thông|gtvt|gt-vt|lao động|thông tin|"
    r"tt-tt|tt&tt"
)


def _phrase(key: str, label: str, pattern: str) -> Rule:
    """A pattern that anchors itself: phrases with a gap, and openings of a headline."""
    return Rule(key=key, label=label, pattern=re.compile(pattern))


LEVELS = (
    rule("party_top", "Bộ Chính trị, Trung ương", r"bộ chính trị|ban bí thư|tổng bí thư|trung ương|t\.ư"),
    rule("premier", "Thủ tướng", r"thủ tướng|phó thủ tướng"),
    rule("government", "Chính phủ", r"chính phủ"),
    rule("parliament", "Quốc hội", r"quốc hội|đbqh|ubtvqh"),
    rule(
        "home_ministry",
        "bộ quản lý chung",
        r"bộ (?:trưởng )?(?:bộ )?(?:nội vụ|tư pháp)|văn phòng chính phủ|thanh tra chính phủ|ban tổ chức trung ương",
    ),
    rule("sector_ministry", "bộ chuyên ngành", rf"bộ (?:trưởng )?(?:bộ )?(?:{_SECTOR_MINISTRIES})"),
    rule(
        "sector_body",
        "cơ quan ngành dọc",
        r"ngành (?:y tế|thuế|hải quan|giáo dục|tòa án|kiểm sát|công an|điện|ngân hàng|bảo hiểm|nông nghiệp|tư pháp|"
        r"xây dựng)|(?:cục|chi cục|tổng cục) (?:thuế|hải quan|csgt|cảnh sát|quản lý|đăng kiểm|đường)|bhxh|kho bạc|"
        r"ngân hàng nhà nước|tòa án|viện kiểm sát|kiểm toán nhà nước",
    ),
    rule(
        "local_leader",
        "lãnh đạo địa phương",
        rf"(?:chủ tịch|bí thư|phó bí thư|phó chủ tịch) (?:ubnd |hđnd )?"
        rf"(?:{_CITIES}|tỉnh|thành phố|tp|tỉnh ủy|thành ủy|huyện|xã|phường|quận)",
    ),
    rule("department", "sở", r"sở \w+"),
    rule("two_tiers", "sau sắp xếp, cấp xã", r"(?:hai|2) cấp|cấp xã|sau sáp nhập|sau hợp nhất|sau sắp xếp"),
)

PAPERS = (
    rule("law", "luật", r"(?:dự )?luật|bộ luật|pháp lệnh"),
    rule("decree", "nghị định, thông tư", r"nghị định|thông tư"),
    rule("resolution", "nghị quyết, quy định", r"nghị quyết|kết luận|quy định"),
    rule("directive", "chỉ thị, công điện, kế hoạch", r"chỉ thị|công điện|công văn|kế hoạch"),
    rule("draft", "đang bàn, dự thảo", r"dự thảo|dự án luật|dự luật|lấy ý kiến|góp ý|thảo luận"),
)

MATTERS = (
    rule(
        "platform",
        "nền tảng dùng chung",
        r"vneid|căn cước|định danh|dịch vụ công quốc gia|dữ liệu (?:quốc gia|dân cư|về dân cư)|siêu ứng dụng|đề án 06",
    ),
    rule(
        "one_service",
        "một loại dịch vụ",
        r"khám bệnh|bhyt|lái xe|sổ đỏ|hộ tịch|khai sinh|kết hôn|hộ chiếu|lý lịch tư pháp|thuế|hải quan|học bạ|bằng cấp|"
        r"đăng kiểm|xây dựng|đất đai|công chứng|bảo hiểm|lương hưu|nhà ở",
    ),
    rule(
        "service_centre",
        "nơi tiếp nhận và trả kết quả",
        r"trung tâm (?:phục vụ )?hành chính(?: công)?|một cửa|bộ phận tiếp nhận|trả kết quả",
    ),
    rule(
        "headcount",
        "số người, tuyển dụng",
        r"biên chế|tinh giản|vị trí việc làm|số lượng (?:cấp phó|cán bộ|phó)|tuyển dụng|thi tuyển|dôi dư|"
        r"thiếu (?:cán bộ|giáo viên|viên chức|công chức)|nghị định 178|nghỉ việc|nghỉ hưu",
    ),
    rule("pay", "lương, phụ cấp, thưởng", r"lương|tiền lương|phụ cấp|thưởng|thu nhập tăng thêm|trợ cấp"),
    _phrase(
        "named_post",
        "một người nhận chức",
        r"^[\"'“‘]?(?:ông|bà|trung tướng|đại tướng|thiếu tướng|đại tá|pgs|gs|ts|tân)(?!\w).{3,60}"
        r"(?:làm|giữ|được (?:bầu|chỉ định|bổ nhiệm|phân công|điều động)|thôi|tái|là) .{0,20}"
        r"(?:chủ tịch|bí thư|giám đốc|bộ trưởng|trưởng|phó|cục|chánh|viện|hiệu)",
    ),
    rule(
        "people_up",
        "nhân sự, kỷ luật",
        r"bổ nhiệm|điều động|luân chuyển|chỉ định|phân công|bầu|phê chuẩn|miễn nhiệm|cách chức|kỷ luật|khai trừ|"
        r"cảnh cáo|khiển trách|tân",
    ),
    rule(
        "answerable",
        "làm rõ trách nhiệm",
        r"phê bình|kiểm điểm|chấn chỉnh|xử nghiêm|xử lý nghiêm|làm rõ trách nhiệm|chịu trách nhiệm|trách nhiệm",
    ),
    rule(
        "harass",
        "gây phiền hà",
        r"nhũng nhiễu|vòi|gây khó|hành dân|phiền hà|đùn đẩy|né tránh|sợ trách nhiệm|vô cảm|cửa quyền|thái độ",
    ),
    rule("inspected", "thanh tra, giám sát", r"thanh tra|kiểm tra|giám sát|kết luận thanh tra|sai phạm|vi phạm"),
    rule("waste", "lãng phí", r"lãng phí|bỏ hoang|bỏ trống|tiết kiệm"),
    rule(
        "survey", "chỉ số, xếp hạng", r"chỉ số|xếp hạng|khảo sát|hài lòng|bảng xếp hạng|par index|papi|pci|sipas|ddci"
    ),
    _phrase(
        "units_merge",
        "sắp xếp trường, bệnh viện",
        r"(?:sáp nhập|sắp xếp|hợp nhất|giải thể|bỏ|lập).{0,30}(?<!\w)"
        r"(?:trường|bệnh viện|trung tâm y tế|đại học|hội đồng trường|trạm y tế)",
    ),
    _phrase(
        "places_merge",
        "sắp xếp đơn vị hành chính",
        r"(?:sáp nhập|hợp nhất|sắp xếp|thành lập|lên|nhập).{0,25}"
        r"(?:tỉnh|thành phố|xã|phường|huyện|đơn vị hành chính|thôn|tổ dân phố|đặc khu)",
    ),
)

VOICES = (
    _phrase(
        "asks_how",
        "hỏi đáp thủ tục",
        r"(?<!\w)(?:tôi|xin hỏi|cho tôi hỏi|làm sao|thủ tục (?:như thế nào|ra sao)|cần (?:giấy tờ|làm) gì|có phải|"
        r"như thế nào)(?!\w)",
    ),
    _phrase(
        "expert_says",
        "chuyên gia nói",
        r"(?<!\w)(?:ts|gs|pgs|tiến sĩ|chuyên gia|luật sư|nguyên)(?!\w).{0,80}"
        r"(?:cho rằng|nhận định|phân tích|nhìn nhận|chia sẻ|nói)",
    ),
    rule(
        "interview",
        "phỏng vấn, thư",
        r"trao đổi với|trả lời phỏng vấn|phỏng vấn|chia sẻ với|đối thoại với|nói với|bài viết của|thư gửi",
    ),
    rule(
        "readers",
        "ý kiến người đọc",
        r"bạn đọc|độc giả|ý kiến|góc nhìn|người dân mong|kỳ vọng|dư luận|nhiều người",
    ),
    rule(
        "turns",
        "lập luận",
        r"nhưng|song|tuy nhiên|vấn đề là|thế nhưng|nếu|chỉ là|không chỉ|mà là|không thể",
    ),
    _phrase(
        "calls",
        "mở đầu bằng lời bàn",
        r"^(?:để|khi|muốn|đừng|hãy|cần|phải|từ chuyện|nhìn từ|không thể|làm gì|vì sao|sao|bao giờ|đã đến lúc|có nên)"
        r"(?!\w)",
    ),
)

NUANCES = LEVELS + PAPERS + MATTERS + VOICES

"""The codebook's own rules as patterns: what a piece is about, who acts, which sector, in which form it is written."""

from classifiers.nuances import NUANCES
from classifiers.rule import rule

_OFFICES = (
    r"chủ tịch|bí thư|giám đốc|thứ trưởng|bộ trưởng|cục trưởng|vụ trưởng|chánh (?:văn phòng|án|thanh tra)|"
    r"hiệu trưởng|trưởng (?:ban|phòng|công an)|viện trưởng|tổng thư ký|cán bộ|lãnh đạo"
)
_MINISTRIES = (
    r"nội vụ|tài chính|tư pháp|công thương|xây dựng|y tế|công an|quốc phòng|ngoại giao|khoa học|kh-cn|kh&cn|giáo dục|"
    r"gd-đt|gd&đt|nông nghiệp|văn hóa|vh-tt|dân tộc|tài nguyên|tn-mt|kế hoạch|giao thông|gtvt|lao động|thông tin|tt-tt"
)

SUBJECTS = (
    rule(
        "procedure",
        "thủ tục hành chính, một cửa",
        r"thủ tục hành chính|tthc|cải cách hành chính|cchc|(?:cơ chế|bộ phận|liên thông) một cửa|[“\"']một cửa[”\"']|"
        r"dịch vụ công|hành chính công|phục vụ hành chính|đơn giản hóa thủ tục|cắt giảm (?:thủ tục|giấy tờ)",
    ),
    rule("paperwork", "thủ tục, hồ sơ, giấy tờ", r"thủ tục|hồ sơ|giấy tờ|giấy phép|cấp phép|cấp đổi|sổ đỏ|sổ hồng"),
    rule(
        "digital_state",
        "chính quyền số",
        r"(?:chính quyền|chính phủ) (?:số|điện tử)|chuyển đổi số|đề án 06|vneid|định danh điện tử|căn cước|"
        r"dữ liệu (?:quốc gia|dân cư|đất đai|dùng chung)|số hóa|công dân số|học bạ số|bệnh án điện tử",
    ),
    rule(
        "index",
        "chỉ số cải cách",
        r"par[ -]?index|sipas|papi|pci|ddci|chỉ số (?:cải cách|hài lòng|năng lực cạnh tranh|phục vụ|hiệu quả quản trị)",
    ),
    rule(
        "apparatus",
        "tổ chức bộ máy",
        r"bộ máy|chính quyền (?:địa phương )?(?:hai|2) cấp|mô hình (?:hai|2) cấp|"
        r"đơn vị hành chính|(?:sáp nhập|hợp nhất|sắp xếp|nhập) (?:tỉnh|xã|phường|huyện|sở|bộ|các|tổ|thôn|cơ quan|đơn vị|trường)|"
        r"sau (?:sáp nhập|sắp xếp|hợp nhất)|trung tâm hành chính|chính quyền cấp xã|cấp xã",
    ),
    rule("surplus", "trụ sở dôi dư", r"dôi dư|trụ sở (?:cũ|công|bỏ|làm việc)|tài sản công|công sản"),
    rule("merger", "sáp nhập, sắp xếp", r"sáp nhập|hợp nhất|sắp xếp|tinh gọn|giải thể|tổ chức lại|tái cơ cấu"),
    rule("decentralise", "phân cấp, phân quyền", r"phân cấp|phân quyền|ủy quyền|cơ chế đặc thù|trao quyền"),
    rule(
        "staffing",
        "biên chế, lương",
        r"biên chế|tinh giản|vị trí việc làm|tiền lương|lương cơ sở|bảng lương|tăng lương|phụ cấp|nghỉ hưu sớm|"
        r"nghỉ việc|thôi việc|không chuyên trách|nghị định 178|tuyển dụng|thi tuyển|tuổi nghỉ hưu|nhân tài",
    ),
    rule("civil_servant", "cán bộ, công chức, viên chức", r"công chức|viên chức|cán bộ"),
    rule("kpi", "đánh giá cán bộ", r"kpi|đánh giá (?:cán bộ|công chức|viên chức)|xếp loại (?:cán bộ|công chức)"),
    rule(
        "discipline",
        "kỷ luật, kỷ cương",
        r"kỷ luật|khiển trách|cảnh cáo|cách chức|kiểm điểm|đình chỉ|trách nhiệm (?:người đứng đầu|cá nhân|tập thể)|"
        r"đùn đẩy|né tránh|sợ trách nhiệm|nhũng nhiễu|vô cảm|kỷ cương|chấn chỉnh|xử lý (?:nghiêm|trách nhiệm|cán bộ)",
    ),
    rule(
        "appointment",
        "bổ nhiệm, điều động",
        rf"bổ nhiệm|điều động|luân chuyển|giữ (?:chức|nhiệm vụ)|thôi (?:giữ )?(?:chức|nhiệm vụ)|miễn nhiệm|bãi nhiệm|"
        rf"tái đắc cử|đắc cử|trúng cử|công tác cán bộ|nhân sự|chỉ định|phân công|biệt phái|tiểu sử|kiện toàn|cho thôi|"
        rf"(?:tân|làm|được bầu(?: làm| giữ)?|bầu|có|giữ) (?:phó |quyền )?(?:{_OFFICES})",
    ),
    rule(
        "inspection",
        "thanh tra, sai phạm",
        r"thanh tra|kiểm tra|kiểm toán|lãng phí|sai phạm|vi phạm|khiếu nại|tố cáo|giám sát|kết luận|tham nhũng|tiêu cực",
    ),
    rule("budget", "ngân sách, tự chủ", r"ngân sách|tự chủ|đầu tư công|giải ngân|dự toán|đơn vị sự nghiệp"),
    rule(
        "institutions",
        "thể chế, pháp luật",
        r"thể chế|điều kiện kinh doanh|văn bản quy phạm|(?:sửa|xây dựng) (?:đổi |luật|pháp luật)|dự (?:án|thảo) luật|"
        r"môi trường (?:kinh doanh|đầu tư)|điểm nghẽn|nghị quyết (?:số )?(?:57|59|66|68)|pháp luật",
    ),
    rule(
        "crime",
        "hình sự",
        r"khởi tố|truy tố|bị cáo|bị can|xét xử|hầu tòa|lãnh án|năm tù|tạm giam|bắt (?:giữ|tạm|giam|khẩn|nhóm|cựu|nguyên)|"
        r"bị bắt|ma túy|cướp|giết|sát hại|hối lộ|lừa đảo|đường dây|phiên tòa|tòa tuyên|án mạng",
    ),
    rule("party", "đại hội Đảng", r"đại hội (?:đảng|đại biểu|xiv|xiii|lần thứ)|văn kiện|bầu cử|ứng cử viên"),
    rule("assembly", "cử tri, kỳ họp", r"cử tri|kỳ họp|hđnd|chất vấn|đại biểu"),
    rule("obstacle", "tháo gỡ vướng mắc", r"tháo gỡ|vướng mắc|gỡ vướng|tồn đọng|bất cập|cởi trói|gỡ khó|thông thoáng"),
    rule(
        "complaint",
        "người dân kêu",
        r"bức xúc|kêu cứu|kêu (?:khổ|khó|mất)|phiền hà|khó khăn|than phiền|chậm trễ|mòn mỏi",
    ),
    rule("army", "quân sự", r"quân khu|quân đội|sĩ quan|quân sự|quốc phòng|bộ đội|biên phòng|tướng"),
    rule("visit", "thăm, tiếp, lễ", r"thăm|tiếp|hội đàm|chúc mừng|dâng hương|khánh thành|khởi công|kỷ niệm|lễ hội"),
)

ACTORS = (
    rule(
        "centre",
        "cấp trung ương",
        r"thủ tướng|phó thủ tướng|quốc hội|chính phủ|bộ chính trị|trung ương|t\.ư|tổng bí thư|chủ tịch nước|"
        r"ban bí thư|nghị định|thông tư|toàn quốc|cả nước|công điện",
    ),
    rule(
        "ministry", "bộ, ngành", rf"(?:bộ|bộ trưởng|thứ trưởng|bộ trưởng bộ) (?:{_MINISTRIES})|cục (?!bộ|diện)|tổng cục"
    ),
    rule(
        "province",
        "tỉnh, thành phố",
        r"ubnd (?:tỉnh|tp|thành phố)|tỉnh ủy|thành ủy|chủ tịch (?:ubnd )?(?:tỉnh|tp|thành phố)|tỉnh|"
        rf"sở (?:{_MINISTRIES}|quy hoạch|du lịch|nn-mt|nn&mt)|các sở",
    ),
    rule(
        "district", "huyện, xã", r"(?<!hợp tác )xã(?! hội)|phường|huyện|quận|thị trấn|đặc khu|thôn|tổ dân phố|khu phố"
    ),
    rule("lawmaker", "đại biểu, chuyên gia", r"đại biểu|chuyên gia|luật sư|gs\.?|ts\.?|pgs\.?|tiến sĩ|viện trưởng"),
    rule("company", "doanh nghiệp", r"công ty|tập đoàn|ngân hàng|doanh nghiệp|cổ phiếu|cổ phần|startup|hãng"),
    rule(
        "foreign",
        "nước ngoài",
        r"mỹ|trung quốc|nhật bản|hàn quốc|nga|ukraine|israel|iran|nước (?:anh|pháp|đức)|thái lan|ấn độ|campuchia|châu âu|"
        r"trump|putin|gaza|singapore|úc|triều tiên|indonesia|malaysia|philippines",
    ),
)

SECTORS = (
    rule(
        "health", "ngành y tế", r"y tế|bệnh viện|bệnh nhân|bhyt|bảo hiểm y tế|khám (?:chữa )?bệnh|bệnh án|bác sĩ|thuốc"
    ),
    rule("justice", "ngành tư pháp", r"tư pháp|công chứng|thi hành án|hộ tịch|khai sinh|lý lịch|luật sư|đấu giá"),
    rule("tax", "ngành thuế", r"thuế|hóa đơn|hộ kinh doanh|kê khai|hoàn thuế"),
    rule("customs", "ngành hải quan", r"hải quan|thông quan|xuất nhập khẩu|xuất nhập cảnh|hộ chiếu|visa|thị thực"),
    rule("insurance", "bảo hiểm xã hội", r"bhxh|bảo hiểm xã hội|lương hưu|bảo hiểm thất nghiệp|trợ cấp"),
    rule(
        "land",
        "ngành đất đai",
        r"đất đai|sổ đỏ|sổ hồng|quyền sử dụng đất|giá đất|tiền sử dụng đất|thửa đất|bất động sản|đăng ký đất|nhà đất",
    ),
    rule(
        "education",
        "ngành giáo dục",
        r"học sinh|giáo viên|nhà trường|trường (?:học|đh|thpt|thcs|tiểu|mầm|công lập)|đại học|gd-đt|gd&đt|giáo dục|tuyển sinh|thi tốt nghiệp|học bạ|nhà giáo|hiệu trưởng",
    ),
    rule("bank", "ngành ngân hàng", r"ngân hàng|tín dụng|thanh toán|tài khoản|ví điện tử"),
    rule(
        "police",
        "ngành công an",
        r"công an|csgt|cảnh sát|giấy phép lái xe|bằng lái|đăng ký xe|biển số|cư trú|thường trú",
    ),
    rule(
        "transport", "ngành giao thông", r"đăng kiểm|vận tải|hàng không|sân bay|sát hạch|giao thông|xe buýt|đường sắt"
    ),
    rule("construction", "ngành xây dựng", r"xây dựng|quy hoạch|nhà ở xã hội|giấy phép xây dựng|chung cư|dự án"),
    rule(
        "telecom",
        "viễn thông",
        r"sim|thuê bao|viễn thông|nhà mạng|điện tử|trực tuyến|ứng dụng|phần mềm|trí tuệ nhân tạo",
    ),
    rule("farming", "nông nghiệp, môi trường", r"nông nghiệp|môi trường|lâm nghiệp|thủy lợi|nước sạch|kiểm lâm|thú y"),
)

FORMS = (
    rule("question", "tít là câu hỏi", r".*\?[\"'”’]?\s*$", title_only=True),
    rule("quote_first", "tít là lời trích", r"^\s*[\"'“‘].*", title_only=True),
    rule("speaker", "tít dẫn lời người nói", r"^[^:]{4,60}:\s+.*", title_only=True),
    rule("series", "loạt bài", r"(?:kỳ|bài) (?:[0-9]+|cuối)|- kỳ|tiếp theo", title_only=True),
    rule("roundup", "tin tổng hợp", r"^(?:điểm tin|tin tức|bản tin|tin nhanh|tin sáng|tin tối|24h).*", title_only=True),
    rule(
        "opinion",
        "bình luận, ý kiến",
        r"góc nhìn|bạn đọc|ý kiến|bình luận|xã luận|phỏng vấn|trao đổi với|trả lời|hiến kế|kỳ vọng|"
        r"bài học|nhìn từ|suy nghĩ|câu chuyện|phép thử|đừng|hãy|làm sao|vì sao|tại sao|thế nào|làm gì",
    ),
    rule("ought", "nói điều nên làm", r"cần|phải|nên|không thể|đừng|hãy|không nên|đã đến lúc", title_only=True),
    rule(
        "essay",
        "lối viết luận bàn",
        r"bài toán|cơ hội|thách thức|nghịch lý|câu chuyện|nỗi lo|niềm tin|tư duy|động lực|kiến tạo|khát vọng|chuyện|"
        r"khi nào|bao giờ|đâu là|từ chuyện|nếu|mong|lòng dân|sự im lặng|kinh nghiệm|gợi ý",
        title_only=True,
    ),
    rule("author_speaks", "người viết xưng tôi", r"tôi|chúng ta|chúng tôi"),
    rule("dateline", "mở đầu theo lối tin", r"^(?:sáng|chiều|tối|trưa|ngày|hôm|mới đây) .*"),
    rule(
        "reported",
        "lối viết tin",
        r"(?:sáng|chiều|tối|trưa|ngày|hôm) (?:nay|qua|\d+)|cho (?:biết|hay)|vừa (?:có|ký|ban hành|quyết)|"
        r"theo (?:đó|ông|bà|bộ|sở)",
    ),
    rule("figures", "có con số", r".*\d.*"),
    rule("person", "nêu đích danh", r"(?:ông|bà|đồng chí) \w+ \w+"),
    rule(
        "urge",
        "chỉ đạo, yêu cầu",
        r"yêu cầu|chỉ đạo|đôn đốc|giao nhiệm vụ|kết luận|quán triệt|phê duyệt|ban hành|vừa ký",
    ),
    rule("proposal", "đề xuất, dự thảo", r"đề xuất|dự thảo|kiến nghị|lấy ý kiến|dự kiến|trình"),
    rule("award", "danh hiệu, cuộc thi", r"cuộc thi|hội thi|giải thưởng|khen thưởng|bằng khen|tuyên dương|trao tặng"),
)

RULES = SUBJECTS + ACTORS + SECTORS + FORMS + NUANCES

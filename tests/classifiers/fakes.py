"""Invented labelled articles, enough of them to teach a small model."""

from datetime import date, timedelta
from functools import cache

from classifiers.labels import Label, Labelled
from classifiers.modelfile import Model
from classifiers.training import fit, prepare
from tests.fakes import an_article

FIRST_DAY, SECOND_DAY = date(2026, 3, 2), date(2026, 3, 3)

# Section, areas, province and the headlines of six stories each.
_RELEVANT = (
    ("dia_phuong", ("tthc",), "Cần Thơ", (
        "Cần Thơ cắt giảm thủ tục hành chính cho người dân",
        "Bộ phận một cửa ở Cần Thơ trả hồ sơ ngay trong buổi sáng",
        "UBND TP Cần Thơ công khai thời hạn giải quyết giấy tờ",
        "Cần Thơ mở thêm điểm tiếp nhận dịch vụ công tại phường",
        "Người dân Cần Thơ chấm điểm bộ phận một cửa",
        "Phường ở Cần Thơ làm thủ tục hành chính cả ngày thứ bảy",
    )),
    ("dia_phuong", ("bo_may",), "Gia Lai", (
        "Gia Lai sắp xếp lại bộ máy các phòng cấp xã",
        "Sau sáp nhập, tỉnh Gia Lai bố trí lại trụ sở dôi dư",
        "UBND tỉnh Gia Lai hợp nhất hai sở trong quý này",
        "Chính quyền địa phương 2 cấp ở Gia Lai vận hành ổn định",
        "Gia Lai lấy ý kiến về tên gọi xã mới",
        "Bộ máy cấp xã tại Gia Lai gọn hơn một phần ba",
    )),
    ("chu_truong", ("the_che",), "", (
        "Thủ tướng yêu cầu gỡ điểm nghẽn thể chế trong năm nay",
        "Quốc hội bàn sửa luật về tổ chức chính quyền",
        "Chính phủ ban hành nghị định cắt giảm điều kiện kinh doanh",
        "Bộ Chính trị ra nghị quyết về xây dựng pháp luật",
        "Thủ tướng giao các bộ rà soát văn bản quy phạm chồng chéo",
        "Trung ương thống nhất chủ trương cải cách thể chế",
    )),
    ("linh_vuc", ("so", "tthc"), "", (
        "Ngành thuế nhận hóa đơn điện tử của hộ kinh doanh",
        "Hải quan số hóa toàn bộ hồ sơ thông quan",
        "Bệnh án điện tử liên thông giữa các bệnh viện tuyến cuối",
        "Bảo hiểm xã hội chi trả lương hưu qua tài khoản số",
        "Đăng ký xe trực tuyến không cần đến trụ sở công an",
        "Cơ sở dữ liệu đất đai giúp cấp sổ đỏ nhanh hơn",
    )),
    ("quan_ly", ("cong_vu",), "Nghệ An", (
        "Nghệ An kỷ luật cán bộ nhũng nhiễu khi tiếp dân",
        "Khiển trách trưởng phòng ở Nghệ An vì đùn đẩy việc",
        "Chủ tịch tỉnh Nghệ An chấn chỉnh kỷ cương công vụ",
        "Nghệ An điều động, bổ nhiệm bảy lãnh đạo sở",
        "Thanh tra công vụ đột xuất nhiều xã ở Nghệ An",
        "Nghệ An xử lý trách nhiệm người đứng đầu để việc chậm trễ",
    )),
    ("phan_tich", ("tai_chinh",), "", (
        "Vì sao đơn vị sự nghiệp vẫn ngại tự chủ?",
        "Góc nhìn: tự chủ tài chính không phải là khoán trắng",
        "Giao quyền ngân sách, chúng ta còn chờ gì?",
        "Bạn đọc hiến kế chi tiêu ngân sách tiết kiệm",
        "Làm gì để tự chủ bệnh viện công đi vào thực chất?",
        "Phỏng vấn chuyên gia: ngân sách phải đi cùng trách nhiệm",
    )),
)  # fmt: skip
_OTHER = (
    "Đội bóng áo đỏ thắng đậm trên sân nhà", "Tiền đạo trẻ lập cú đúp trong hiệp một", "Vận động viên bơi lội phá kỷ lục cá nhân",
    "Huấn luyện viên trưởng từ chức sau trận thua", "Giải quần vợt mở rộng gặp mưa lớn", "Tay vợt chủ nhà vào vòng tứ kết",
    "Ca sĩ trẻ ra mắt đĩa nhạc đầu tay", "Phim hài mùa hè bán vé chạy", "Nhạc sĩ già kể chuyện bài hát cũ",
    "Hoa hậu khoe áo dài ngày xuân", "Đạo diễn nổi tiếng quay lại với sân khấu", "Diễn viên đóng vai phản diện được khen",
    "Khởi tố nhóm trộm cắp xe máy", "Bắt nghi phạm cướp tiệm vàng", "Tòa tuyên án kẻ lừa đảo qua mạng",
    "Xe tải lật trên đèo, tài xế bị thương", "Cháy kho hàng trong đêm", "Phá đường dây ma túy xuyên biên giới",
    "Giá vàng giảm ba phiên liên tiếp", "Chứng khoán đỏ lửa cuối phiên chiều", "Tập đoàn công nghệ báo lãi lớn",
    "Cổ phiếu thép bị bán mạnh", "Giá cà phê lên mức cao nhất", "Hãng xe điện mở nhà máy ở nước ngoài",
    "Mưa lớn gây ngập nhiều tuyến phố", "Không khí lạnh tràn về miền Bắc", "Bão đổi hướng ra khơi xa",
    "Cách nấu món canh chua miền Tây", "Năm loại rau tốt cho tim mạch", "Mẹo giữ hoa tươi lâu ngày Tết",
    "Tổng thống Mỹ thăm Nhật Bản", "Ukraine và Nga trao đổi tù binh", "Động đất mạnh ở Indonesia",
    "Sinh viên chế tạo máy bay mô hình", "Du khách thích thú với chợ nổi", "Cặp song sinh chào đời ở hai năm khác nhau",
)  # fmt: skip


def invented_rows() -> list[Labelled]:
    """Seventy-two rows, half of them relevant, in all sections and areas; the first and second of each six make a day."""
    rows = []
    for kind, (section, areas, province, titles) in enumerate(_RELEVANT):
        places = (province,) if province else ()
        for at, title in enumerate(titles):
            label = Label(id=f"r{kind}{at}", rel=2 if kind % 2 else 1, section=section, areas=areas, provinces=places)
            rows.append(_row(label, title, at))
    rows += [_row(Label(id=f"o{at}", rel=0), title, at % 6) for at, title in enumerate(_OTHER)]
    return rows


def _row(label: Label, title: str, at: int) -> Labelled:
    day = (FIRST_DAY, SECOND_DAY)[at] if at < 2 else None
    article = an_article(id=label.id, title=title, sapo=None, paragraphs=(), published=None)
    return Labelled(article=article, label=label, day=day, sample="day" if day else "active")


@cache
def a_small_model() -> Model:
    """A model of the invented rows; trained once a test run."""
    return fit(prepare(invented_rows()), trained=FIRST_DAY)


def decided_rows() -> list[Labelled]:
    """What an invented office decided on the eight days after: it prints no news of the tax office, and puts appointments
    under the provinces' own reform.

    Half of the rows are of these two kinds, and half are as the small model has them.
    """
    rows = []
    for at in range(48):
        kind, number = at % 4, at // 4
        title = _DECIDED[kind].format(verb=_VERBS[number], what=_WORDS[number], where=_PLACES[(number + kind) % 12])
        is_printed = kind in {1, 2}
        label = Label(
            id=f"d{at}", rel=1 if is_printed else 0, section="dia_phuong" if is_printed else None, detailed=False
        )
        article = an_article(id=label.id, url=None, title=title, sapo=None, paragraphs=(), published=None)
        day = LATER + timedelta(days=at // 6)
        rows.append(Labelled(article=article, label=label, day=day, sample="decided"))
    return rows


# After the shipped model was trained, so that it cannot have learnt from these days.
LATER = date(2026, 7, 6)
_DECIDED = (
    "{verb} hóa đơn điện tử, {what} ở {where} kể chuyện",
    "{where} bổ nhiệm giám đốc sở, {what} {verb} theo",
    "{verb} cho {what}, {where} cắt giảm giấy tờ",
    "Đội bóng {where} {verb} trận gặp {what}",
)
_VERBS = (
    *("Dùng thử", "Bỏ hẳn", "Chờ mãi", "Học cách", "Hỏi về", "Mở lại"),
    *("Quên mất", "Tính chuyện", "Nghĩ kỹ", "Góp ý", "Ngại nhất", "Được khen"),
)
_WORDS = (
    *("hàng xáo", "tiệm may", "xưởng mộc", "quán cơm", "ghe lúa", "lò gạch"),
    *("vườn nhãn", "trại gà", "chợ đêm", "bến phà", "hợp tác xã nấm", "làng chiếu"),
)
_PLACES = (
    *("Gia Lai", "Nghệ An", "Cần Thơ", "Huế", "Cà Mau", "Lào Cai"),
    *("Sơn La", "Đồng Tháp", "An Giang", "Phú Thọ", "Hưng Yên", "Quảng Trị"),
)

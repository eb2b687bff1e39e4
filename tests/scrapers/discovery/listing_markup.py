"""Section pages as the site families build them, with invented texts: what they hold and what should be read.

Each page holds what misleads: menus, topics, tags, films, counts, labels, times and standfirsts inside links.
"""

from dataclasses import dataclass

from digest.model import Zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """A rebuilt section page; `articles` are (path, headline, zone) in the page's order, without those of menus."""

    url: str
    body: str
    articles: tuple[tuple[str, str, Zone], ...]
    pattern: str | None = None
    aliases: tuple[str, ...] = ()


_F1 = Markup(
    url="https://baolua.example/chinhtri/",
    pattern=r"-post\d+\.html$",
    articles=(
        ("/xa-ven-song-tra-ket-qua-som-post869275.html", "Xã ven sông trả kết quả sớm cho người dân", "main"),
        ("/bo-phan-mot-cua-lam-viec-ca-thu-bay-post869300.html", "Bộ phận một cửa làm việc cả thứ bảy", "main"),
        ("/huyen-dao-so-hoa-kho-ho-so-post869301.html", "Huyện đảo số hóa kho hồ sơ", "side"),
    ),
    body="""
<header class="site-header"><ul class="menu-heading nav"><li><a href="/chinhtri/">Chính trị</a></li>
<li class="sub"><a class="title" href="/le-hoi-mua-nuoc-noi-post860001.html">Lễ hội mùa nước nổi</a></li></ul></header>
<div class="main-column"><article class="story story--large">
<figure class="story__thumb"><a class="cms-link" href="/xa-ven-song-tra-ket-qua-som-post869275.html"
 title="Xã ven sông trả kết quả sớm cho người dân"><img data-src="a.jpg" alt="Ảnh minh họa: bộ phận một cửa của xã"></a></figure>
<h2 class="story__heading"><a class="cms-link" href="/xa-ven-song-tra-ket-qua-som-post869275.html">
  Xã ven sông trả kết quả sớm cho người dân <i class="ic-type-video"></i></a></h2>
<div class="story__meta"><a class="cate" href="/chinhtri/">Chính trị</a><time datetime="2026-03-02T07:30:00+07:00">2/3/2026</time></div>
<div class="story__summary"><a href="/xa-ven-song-tra-ket-qua-som-post869275.html#binh-luan">3 bình luận</a></div></article>
<article class="story"><h2 class="story__heading"><a href="/bo-phan-mot-cua-lam-viec-ca-thu-bay-post869300.html">Bộ phận một cửa
 làm việc cả thứ bảy</a></h2><a class="tag" href="/tag/mot-cua-tag1234.html">một cửa</a></article>
<a href="/topic/cai-cach-thu-tuc-hanh-chinh-post12345.html">Chuyên đề: cải cách thủ tục hành chính</a></div>
<div class="sidebar sticky"><div class="story"><span class="rank">1</span>
<a class="story__title" href="/huyen-dao-so-hoa-kho-ho-so-post869301.html"><span class="number">1</span> Huyện đảo số hóa kho hồ sơ</a></div></div>
<footer class="site-footer"><a href="/gioi-thieu-toa-soan-bao-lua-post1.html">Giới thiệu</a></footer>""",
)
_F2 = Markup(
    url="https://baolua.example/thoi-su",
    pattern=r"(?<!event)-\d+\.html$",
    articles=(
        ("/phuong-moi-rut-ngan-thoi-gian-cap-phep-10280456.html", "Phường mới rút ngắn thời gian cấp phép", "main"),
        ("/doi-thoai-voi-doanh-nghiep-dau-nam-10280457.html", "Đối thoại với doanh nghiệp đầu năm", "main"),
    ),
    body="""
<ul class="c-menu menu"><li><a href="/thoi-su">Thời sự</a></li></ul>
<div class="b-grid"><div class="b-grid__img"><a href="/phuong-moi-rut-ngan-thoi-gian-cap-phep-10280456.html"><img alt=""></a></div>
<div class="b-grid__content"><div class="b-grid__row b-grid__cate"><a href="/thoi-su">Thời sự</a></div>
<h3 class="b-grid__title"><a href="/phuong-moi-rut-ngan-thoi-gian-cap-phep-10280456.html">Phường mới rút ngắn thời gian cấp phép</a></h3>
<div class="b-grid__desc"><a href="/phuong-moi-rut-ngan-thoi-gian-cap-phep-10280456.html">Sáng nay, phường mới công bố quy trình ba bước,
rút ngắn một nửa thời gian cấp phép xây dựng cho các hộ dân trên địa bàn.</a></div></div></div>
<div class="b-grid"><a href="https://baolua.example/doi-thoai-voi-doanh-nghiep-dau-nam-10280457.html"
 title="Đối thoại với doanh nghiệp đầu năm">Đối thoại với doanh nghiệp...</a><span class="time">08:10 02/03/2026</span></div>
<a href="/sap-xep-don-vi-hanh-chinh-event512.html">Sắp xếp đơn vị hành chính</a><a class="c-more" href="?page=2">Xem thêm</a>
<div class="c-footer footer"><a href="/lien-he-quang-cao-tren-bao-lua-10000001.html">Liên hệ quảng cáo</a></div>""",
)
_F3 = Markup(
    url="https://baolua.example/thoi-su.htm",
    pattern=r"-\d{15,21}\.htm$",
    articles=(
        ("/cap-the-can-cuoc-tai-nha-102260302073000123.htm", "Cấp thẻ căn cước tại nhà cho người cao tuổi", "main"),
        (
            "/so-nganh-cong-khai-tien-do-102260302064500456.htm",
            "Sở, ngành công khai tiến độ xử lý hồ sơ",
            "hidden_in_markup",
        ),
        ("/tong-dai-tra-loi-ban-dem-102260301220000789.htm", "Tổng đài trả lời cả ban đêm", "side"),
    ),
    body="""
<div class="header__nav"><ul class="menu-nav nav"><li><a class="nav-link" href="/thoi-su.htm" title="Thời sự">Thời sự</a></li></ul></div>
<div class="box-category-item" data-id="102260302073000123">
<a class="box-category-link-with-avatar img-resize" href="/cap-the-can-cuoc-tai-nha-102260302073000123.htm"
 title="Cấp thẻ căn cước tại nhà cho người cao tuổi"><img class="box-category-avatar" alt="Cấp thẻ căn cước tại nhà - Ảnh 1."></a>
<div class="box-category-content"><h3 class="box-title-text"><a data-type="title" class="box-category-link-title"
 href="/cap-the-can-cuoc-tai-nha-102260302073000123.htm">Cấp thẻ căn cước tại nhà cho người cao tuổi</a></h3>
<a class="box-category-category" href="/thoi-su/xa-hoi.htm">Xã hội</a>
<span class="box-category-time time-ago" title="2026-03-02T07:30:00">2 giờ trước</span></div></div>
<div class="swiper-slide" style="display:none"><a class="box-category-link-title"
 href="/so-nganh-cong-khai-tien-do-102260302064500456.htm">Sở, ngành công khai tiến độ xử lý hồ sơ</a></div>
<div class="box-category-item"><a href="/video/ban-tin-sang-102260302050000111.htm">Bản tin sáng: mưa rào nhiều nơi</a></div>
<div class="layout__sidebar sidebar-1"><ul><li><a href="/tong-dai-tra-loi-ban-dem-102260301220000789.htm">Tổng đài trả lời cả ban đêm</a>
</li></ul></div><a href="/chu-de/sap-xep-bo-may-102260301000000276.htm">Sắp xếp bộ máy</a>
<div class="footer"><a href="/chinh-sach-bao-mat-102200101000000001.htm">Chính sách bảo mật</a></div>""",
)
_F4 = Markup(
    url="https://baolua.example/chinh-tri/",
    pattern=r"/\d{6}/[a-z0-9-]+-[0-9a-f]{7}/?$",
    articles=(
        ("/chinh-tri/202603/hanh-chinh-so-phuc-vu-so-97d34ad/", "Hành chính số, phục vụ số, tiện ích thật", "main"),
        ("/kinh-te/202603/hop-tac-xa-ky-hop-dong-so-1c2d3e4/", "Hợp tác xã ký hợp đồng số", "side"),
    ),
    body="""
<div id="main-menu" class="navbar"><a href="/chinh-tri/">Chính trị</a></div>
<div class="media"><a class="pull-left" href="/chinh-tri/202603/hanh-chinh-so-phuc-vu-so-97d34ad/"><img class="media-object" src="a.jpg"></a>
<div class="media-body"><h4 class="media-heading"><a href="/chinh-tri/202603/hanh-chinh-so-phuc-vu-so-97d34ad/">Hành chính số, phục vụ số,
tiện ích thật</a></h4><div class="date">07:30, 02/03/2026</div><p>Sau một năm, tỉnh đã có thêm nhiều dịch vụ.</p>
<a class="btn-more" href="/chinh-tri/202603/hanh-chinh-so-phuc-vu-so-97d34ad/">Xem tiếp</a></div></div>
<div class="col-right"><li><a href="/kinh-te/202603/hop-tac-xa-ky-hop-dong-so-1c2d3e4/">» Hợp tác xã ký hợp đồng số</a></li></div>
<a href="/multimedia/anh/">Ảnh</a><ul class="pagination"><li><a href="/chinh-tri/?page=2">2</a></li></ul>""",
)
_F5 = Markup(
    url="https://baolua.example/thoi-su/",
    pattern=r"-a\d+\.html$",
    articles=(
        ("/bo-phan-mot-cua-luu-dong-ve-ap-a196670.html", "Bộ phận một cửa lưu động về ấp", "main"),
        ("/nguoi-dan-cham-diem-can-bo-a196671.html", "Người dân chấm điểm cán bộ", "main"),
    ),
    body="""
<nav><a href="/thoi-su/">Thời sự</a><a href="/gioi-thieu-a1.html">Giới thiệu</a></nav>
<ul class="list-news"><li><a class="thumb" href="/bo-phan-mot-cua-luu-dong-ve-ap-a196670.html"><img alt="Bộ phận một cửa lưu động về ấp"></a>
<a class="fw700" href="/bo-phan-mot-cua-luu-dong-ve-ap-a196670.html">Bộ phận một cửa lưu động về ấp<span class="datepub"> (02/03/2026)</span></a></li>
<li><a href="/nguoi-dan-cham-diem-can-bo-a196671.html"><span>Người dân chấm điểm cán bộ</span><p class="sapo">Mỗi quý một lần, người dân
chấm điểm thái độ phục vụ.</p></a></li></ul>""",
)
_F6 = Markup(
    url="https://baolua.example/chinh-tri",
    pattern=r"-\d+\.html$",
    articles=(("/tap-huan-chu-ky-so-cho-can-bo-xa-5061234.html", "Tập huấn chữ ký số cho cán bộ xã", "main"),),
    body="""
<div class="list"><div class="item" v-for="item in items"><a href="{{ item.url }}">{{ item.title }}</a></div>
<script type="text/template"><a href="/mau-bai-viet-1234567.html">Mẫu</a></script>
<div class="item"><a href="/tap-huan-chu-ky-so-cho-can-bo-xa-5061234.html"><div class="cate">Chính trị</div>
<div class="name">Tập huấn chữ ký số cho cán bộ xã</div><div class="time">02/03/2026 09:15</div></a></div></div>""",
)
_COUNTED = Markup(
    url="https://baolua.example/thoi-su",
    pattern=r"-\d+\.html$",
    articles=(
        ("/tinh-mien-phi-dich-vu-cong-5046136.html", "Tỉnh miễn phí dịch vụ công", "main"),
        ("/xa-ghep-van-giu-diem-tiep-nhan-5046137.html", "Xã ghép vẫn giữ điểm tiếp nhận 'một cửa'", "main"),
    ),
    body="""
<article class="item-news"><div class="thumb-art"><a href="/tinh-mien-phi-dich-vu-cong-5046136.html" title="Tỉnh miễn phí dịch vụ công">
<img alt="Tỉnh miễn phí dịch vụ công"></a></div><h3 class="title-news"><a href="/tinh-mien-phi-dich-vu-cong-5046136.html"
 data-medium="Item-1">Tỉnh miễn phí dịch vụ công</a></h3><p class="description"><a href="/tinh-mien-phi-dich-vu-cong-5046136.html">Từ tháng
ba, lệ phí của ba mươi thủ tục được bỏ khi nộp hồ sơ trực tuyến trên cổng dịch vụ công.</a></p><span class="meta-news">
<a class="count_cmt" href="/tinh-mien-phi-dich-vu-cong-5046136.html#box_comment"><span class="txt_num_comment">128</span></a></span></article>
<li><a href="https://m.baolua.example/xa-ghep-van-giu-diem-tiep-nhan-5046137.html?utm_source=box">Xã ghép vẫn giữ điểm tiếp nhận
 'một cửa' <span>(34)</span></a></li><a href="https://video.baolua.example/ban-tin-toi-5046138.html">Bản tin tối: thời tiết</a>
<a href="https://en.baolua.example/new-commune-opens-5046139.html">New commune opens its one-stop shop</a>
<a href="/tac-gia/le-ben-1234567.html">Lê Bến</a><a href="/podcast/chuyen-sang-5046140.html">Chuyện sáng</a>""",
)
_SHAREPOINT = Markup(
    url="https://so.example/qt/tintuc/Pages/cai-cach.aspx",
    articles=(
        (
            "/qt/tintuc/Pages/chi-dao-dieu-hanh.aspx?ItemID=4321",
            "Ban hành kế hoạch cải cách hành chính năm 2026",
            "main",
        ),
        ("/qt/tintuc/Pages/chi-dao-dieu-hanh.aspx?ItemID=4322", "Công bố danh mục thủ tục hành chính nội bộ", "main"),
    ),
    body="""
<table id="s4-topheader"><tr><td class="ms-nav"><a href="/qt/tintuc/Pages/gioi-thieu.aspx">Giới thiệu</a></td></tr></table>
<table class="ms-listviewtable"><tr><td><a href="/qt/tintuc/Pages/chi-dao-dieu-hanh.aspx?ItemID=4321">Ban hành kế hoạch cải cách hành
chính năm 2026</a> <span class="ngaydang">(02/03/2026)</span></td></tr>
<tr><td><a href="chi-dao-dieu-hanh.aspx?ItemID=4322">Công bố danh mục thủ tục hành chính nội bộ</a></td></tr></table>
<a href="/qt/tintuc/Pages/cai-cach.aspx?Page=2">Trang sau</a><a href="/vanban/Lists/QD-12.pdf">Quyết định 12</a>""",
)
_LIFERAY = Markup(
    url="https://tinh.example/web/guest/cai-cach-hanh-chinh",
    articles=(
        (
            "/web/guest/chi-tiet/-/asset_publisher/Xy12/content/ubnd-tinh-hop-ban-chi-dao-cai-cach",
            "UBND tỉnh họp Ban Chỉ đạo cải cách",
            "main",
        ),
        ("/-/kiem-tra-cong-vu-dot-xuat-tai-ba-so", "Kiểm tra công vụ đột xuất tại ba sở", "main"),
    ),
    body="""
<div class="portlet-nav nav"><a href="/web/guest/lich-cong-tac">Lịch công tác</a></div>
<div class="asset-abstract"><h3 class="asset-title"><a href="/web/guest/chi-tiet/-/asset_publisher/Xy12/content/ubnd-tinh-hop-ban-chi-dao-cai-cach">
UBND tỉnh họp Ban Chỉ đạo cải cách</a></h3></div>
<div class="asset-abstract"><a href="/-/kiem-tra-cong-vu-dot-xuat-tai-ba-so">Kiểm tra công vụ đột xuất tại ba sở</a>
<a href="/-/kiem-tra-cong-vu-dot-xuat-tai-ba-so">Chi tiết</a></div>
<a href="/web/guest/cai-cach-hanh-chinh?p_p_id=101&amp;_101_INSTANCE_ab_cur=2">Tiếp theo</a>""",
)
_DNN = Markup(
    url="https://huyen.example/tin-tuc.aspx",
    articles=(
        ("/tin-tuc/tabid/81/ArticleID/2301/Default.aspx", "Khai trương trung tâm phục vụ hành chính công", "main"),
        ("/tin-tuc/5/223344/xa-ven-bien-thi-diem-phi-dia-gioi", "Xã ven biển thí điểm phi địa giới", "main"),
        ("/index.php/tin/4501-nong-dan-nop-ho-so-qua-dien-thoai", "Nông dân nộp hồ sơ qua điện thoại", "main"),
    ),
    body="""
<div class="breadcrumb"><a href="/tin-tuc/tabid/81/ArticleID/1/Default.aspx">Trang chủ</a></div>
<a href="/tin-tuc/tabid/81/ArticleID/2301/Default.aspx"><b>Khai trương trung tâm phục vụ hành chính công</b></a>
<a href="/tin-tuc/5/223344/xa-ven-bien-thi-diem-phi-dia-gioi">Xã ven biển thí điểm phi địa giới</a>
<a href="/index.php/tin/4501-nong-dan-nop-ho-so-qua-dien-thoai">Nông dân nộp hồ sơ qua điện thoại</a>
<a href="/dich-vu-cong-truc-tuyen-toan-trinh">Dịch vụ công trực tuyến toàn trình</a><a href="/tabid/81/Default.aspx">Tin tức</a>""",
)
_WORDS_ALONE = Markup(
    url="https://tapchi.example/tin-tuc.html",
    pattern=r"^/[a-z0-9-]+\.html$",
    articles=(("/cuc-thue-day-manh-hoa-don-dien-tu.html", "Cục Thuế đẩy mạnh hóa đơn điện tử", "main"),),
    body="""
<ul class="main-menu"><li><a href="/chien-luoc-va-chinh-sach-tai-chinh.html">Chiến lược và chính sách tài chính</a></li></ul>
<h2><a href="/cuc-thue-day-manh-hoa-don-dien-tu.html">Cục Thuế đẩy mạnh hóa đơn điện tử</a></h2>
<a href="/chien-luoc-va-chinh-sach-tai-chinh.html">Chiến lược và chính sách tài chính</a><a href="/dat-bao.html">Đặt báo</a>""",
)

PAGES = {
    "F1": _F1,
    "F2": _F2,
    "F3": _F3,
    "F4": _F4,
    "F5": _F5,
    "F6": _F6,
    "counts and editions": _COUNTED,
    "SharePoint": _SHAREPOINT,
    "Liferay": _LIFERAY,
    "DNN and others": _DNN,
    "words alone": _WORDS_ALONE,
}

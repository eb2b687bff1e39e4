"""What most Vietnamese publishing systems have in common: asked after source and family, before the general extractor."""

from scrapers.source import Selectors

GENERIC = Selectors(
    title=(
        "[itemprop=headline]",
        ".title-detail, .detail-title, .article-title, .article__title, .news-title, .post-title, .entry-title",
        ".article-detail-title, .header-title, .titledetail, .title-news, .tieu-de, .tieude, .TieuDe, .title_detail, .news_title, .content-title",
        "[id$=lblTitle], [id$=lbTitle], [id$=lblTieuDe], [id$=lbl_title], [id$=ltrTitle]",
    ),
    sapo=(
        "[data-role=sapo], [data-field=sapo]",
        "[class~=sapo], [class*=-sapo], [class*=_sapo], [class*=sapo_], [class*=sapo-]",
        ".chapeau, .chappeau, .article-summary, .article__summary, .post-summary, .news-summary, .detail-summary",
        ".article-detail-desc, .article-lead, .detail-lead, .lead, .article-intro, .detail-intro, .intro-text, .article-brief, .article-desc",
        ".mota, .mo-ta, .trich-dan, .trichdan, .tomtat, .tom-tat, .TomTat, .summary, .detail-desc, .article-description",
        ".description, .desc, .intro, .excerpt, .news-desc, .head-content, .pHead",
    ),
    body=(
        "[itemprop=articleBody]",
        "[data-role=content], [data-field=body]",
        ".article-body, .article__body, .article-content, .article__content, .detail-content, .detail-content-body",
        ".content-detail, .detail__content, .news-content, .news-detail-content, .entry-content, .post-content",
        ".singular-content, .editor-content, .fulltext, .content-news, .news_content, .body-content, .detail-body",
        ".journal-content-article, .ExternalClass, .entry-body, .noi-dung, .noidung, .NoiDung, .content-fck, .art-body",
        ".__MASTERCMS_CONTENT, .main-content-detail, .article-detail-content, .newsdetail-content, .content_detail, #content-detail",
        "[id$=divNewsDetails], [id$=divArticleDescription], [id$=lblContent], [id$=NoiDung], #main-detail-body",
    ),
    author=(
        "[itemprop=author] [itemprop=name], [itemprop=author]:not(meta), [rel=author]",
        "p.author, .author-name, .authors, .article-author, .article__author, .post-author, .news-author, .detail-author",
        ".article-detail-author, .tac-gia, .tacgia, .TacGia, .pseudonym, .name-author, .author-title, .author, [id$=lblAuthor], [id$=lblTacGia]",
    ),
    time=(
        "[itemprop=datePublished]",
        "[data-role=publishdate]",
        ".article-date, .post-date, .detail-date, .news-date, .publish-date, .published-date, .date-time, .publish-time",
        ".article-published-on, .detail-time, .article-time, .ngay-dang, .ngaydang, .NgayThang, .metadata-publish-date",
        ".pubdate, .pub-date, .post-time, .entry-date, .author-time",
        "[id$=lblDate], [id$=lblNgay], [id$=lblNgayDang], [id$=lblCreatedDate]",
        "article time, main time",
    ),
    rubric=(
        ".breadcrumb a, .breadcrumbs a, [itemtype*=BreadcrumbList] a, .breadcrums a, .bread-crumb a",
        "[class*=breadcrumb] a, .td-crumb-container a, .titlecate a",
    ),
    tags=(
        "[rel=tag]",
        ".article-tags a, .detail-tags a, .detail-tag a, .post-tag a, .lst-tags a, .tags-list a, .list-tag a, .box-tag a",
        ".tag-list a, .news-tag a, .article__tag a, .tags a",
    ),
)

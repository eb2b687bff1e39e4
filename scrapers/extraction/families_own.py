"""Sites with a publishing system of their own, by domain: selectors, and where the picture above the body stands."""

from collections.abc import Mapping
from types import MappingProxyType

from scrapers.source import Selectors

VNEXPRESS = Selectors(
    title=("h1.title-detail", "h1.title_page"),
    sapo=("p.description", ".lead_post_detail"),
    body=("article.fck_detail", ".fck_detail"),
    author=(".author_mail strong",),
    time=(".header-content span.date", "span.date"),
    rubric=("ul.breadcrumb a",),
    tags=(".tags .item-tag a, .tags h4 a",),
    drop=("[data-component-type^=tin_], .box_brief_info, .list-news, .box-tinlienquanv2, .location-stamp",),
)
VIETNAMNET = Selectors(
    title=("h1.content-detail-title",),
    sapo=(".content-detail-sapo",),
    body=("#maincontent",),
    author=(".article-detail-author__info .name", ".article-detail-author .name"),
    time=(".bread-crumb-detail__time", ".publish-date"),
    rubric=(".bread-crumb-detail > ul > li > a",),
    tags=(".tag-cotnent a", ".tag-content a"),
    drop=(".ck-cms-insert-neww-group, .article-relate, .inner-article, .insert-wiki-content",),
)
CAFEF = Selectors(
    title=("h1[data-role=title]", "h1.title"),
    sapo=("h2[data-role=sapo]", "h2.sapo"),
    body=("div.detail-content[data-role=content]", "#mainContent"),
    author=(".content_source .author", "p.author"),
    time=("[data-role=publishdate]", ".pdate"),
    rubric=("[data-role=cate-name]",),
    tags=(".tagdetail .row2 a",),
    drop=(
        ".tindnd, #listNewsInContent, .link-content-footer, div[type=RelatedOneNews], .VCSortableInPreviewMode.link",
    ),
)
CAND = Selectors(
    title=("h1.box-title-detail", "h1"),
    sapo=("div.box-des-detail",),
    body=("div.detail-content-body",),
    author=(".box-author", ".detail-author"),
    time=(".box-date", ".box-date-detail"),
    rubric=(".uk-breadcrumb a", ".breadcrumb a"),
    tags=(".box-tag a",),
    drop=(".contref.simplebox, .contref",),
)
BAODAUTU = Selectors(
    title=(".title-detail",),
    sapo=("div.sapo_detail",),
    body=("#content_detail_news",),
    author=("a.author",),
    time=("span.post-time",),
    rubric=(".breadcrumb a, .fs16.text-uppercase a",),
    tags=(".tag_detail a",),
)
GIADINHONLINE = Selectors(
    title=("h1",),
    sapo=("h2.sapo",),
    body=("#explus-editor",),
    author=(".detail-author",),
    tags=(".detail-tags .detail-tag-item a",),
)
DANTRI = Selectors(
    title=("h1.title-page", "h1"),
    sapo=(".singular-sapo",),
    body=(".singular-content",),
    author=(".author-name", ".singular-author"),
    time=("time.author-time", "time"),
    rubric=(".breadcrumbs a", ".dt-breadcrumb a"),
    tags=(".tags-wrap a", ".singular-tags a"),
)
LAODONG = Selectors(
    title=("article.article-detail h1.title", "h1.title", "h1"),
    sapo=(".article-detail .chappeau", ".article__sapo", ".article__summary"),
    body=("div.art-body",),
    author=(".art-info .authors", ".art-author .name", ".art-author", ".author-name"),
    time=(".art-info .time", ".art-meta time", "time"),
    rubric=(".breadcrums .main-cat-lnk, .breadcrums .item.active", ".breadcrumb a"),
    tags=(".lst-tags a", ".art-tags a", ".keywords a"),
    drop=("div.related, div.related-news, section.related, .article__related, .art-relate, .tin-lien-quan",),
)
QDND = Selectors(
    title=("h1.post-title", "h1"),
    sapo=("div.post-summary",),
    body=("div.post-content",),
    time=(".post-subinfo > span", ".post-subinfo"),
    rubric=(".breadcrumb .head a", ".breadcrumb a"),
    tags=(".post-tag a",),
    drop=(".post-relate, .list-newslive",),
)
VOV = Selectors(
    title=("h1.article-title", "h1"),
    sapo=(".article-summary", ".article-lead"),
    body=(".article-content",),
    author=(".article-author",),
    time=(".article-date",),
    rubric=(".breadcrumb a",),
    tags=(".article-tags a",),
    drop=(".article-related, .related-article, .article-tags",),
)
BAOTINTUC = Selectors(
    title=("h1.detail-title", "h1"),
    sapo=("h2.sapo, p.sapo", ".sapo"),
    body=("div.contents",),
    author=(".boxdata .author", "div.author"),
    time=(".box-date .txt, .date .txt", ".date"),
    tags=(".keysword a", ".tags a"),
)
KINHTEDOTHI = Selectors(
    title=("h1.article-title",),
    sapo=(".article-sapo", ".article-summary, .article-lead"),
    body=(".article-content", ".article-body"),
    author=(".article-author",),
    time=(".article-published-on",),
)
CONGTHUONG = Selectors(title=("h1.detail-title",), sapo=(".detail-sapo",), body=(".detail-content",))
VNECONOMY = Selectors(
    title=("h1.article-header__title", "h1.name-detail", "h1[data-field=title]"),
    sapo=("h4.article-content__lead", "[data-field=sapo]", "div.news-sapo"),
    body=("main#article-editor", "div[data-field=body]", "div.article__body", "div[itemprop=articleBody]"),
)
NONGNGHIEP = Selectors(
    title=("h1.main-title-super", "h1.detail-title", "h1"),
    sapo=("h2.main-intro.detail-intro",),
    body=("div.content[itemprop=articleBody]",),
)
ZNEWS = Selectors(
    title=("h1.the-article-title",),
    sapo=("p.the-article-summary",),
    body=("div.the-article-body",),
    author=(".the-article-author", "p.author"),
    time=("li.the-article-publish", ".the-article-publish"),
    rubric=("p.the-article-category a",),
    tags=("p.the-article-tags a", ".the-article-tags a"),
    drop=("#innerarticle, .inner-article, .notebox.nleft",),
)
BAOPHUTHO = Selectors(title=("h1.pTitle",), sapo=("p.pHead",), body=("#dcontent",), drop=("h1.pTitle",))
BAOBACNINH = Selectors(
    title=("h1",),
    sapo=("div.news_detail_sapo",),
    body=(".news-details__content.link_content", ".news-details__content"),
    drop=(".news-related__list",),
)
BAOLAICHAU = Selectors(title=(".post-info .title",), sapo=(".post-info .sapo",), body=(".post-info .body",))
BAOSONLA = Selectors(
    title=("h1",),
    sapo=("div.fulltext p.font-bold",),
    body=("div#editor-detail", "div.fulltext"),
    drop=(".audio-article, .select-accent-wrap, .text-end",),
)
BAOQUANGNGAI = Selectors(title=("h1.title", "h1"), sapo=("p.sapo",), body=("#content",), drop=(".same",))
MOJ = Selectors(
    title=("div.news-details h1",),
    sapo=("div.mota",),
    body=("div.news-content",),
    time=(".date-details", ".news-details .date"),
)
MOHA = Selectors(
    title=("div.mh-page-header h1", "h1"),
    sapo=("div.moha-article__desc", "div.mh-detail-content > div[style*='font-weight: bold'] p"),
    body=("div.mh-detail-content", "div.mh-detail-body", "div.moha-article__content"),
)

OWN: Mapping[str, tuple[Selectors, tuple[str, ...]]] = MappingProxyType(
    {
        "vnexpress.net": (VNEXPRESS, ()),
        "vietnamnet.vn": (VIETNAMNET, ()),
        "cafef.vn": (CAFEF, ("img[data-role=cover]",)),
        "cand.com.vn": (CAND, (".box-detail-thumb",)),
        "baodautu.vn": (BAODAUTU, ()),
        "giadinhonline.vn": (GIADINHONLINE, ()),
        "dantri.com.vn": (DANTRI, ()),
        "laodong.vn": (LAODONG, ()),
        "qdnd.vn": (QDND, ()),
        "vov.vn": (VOV, ()),
        "baotintuc.vn": (BAOTINTUC, ()),
        "kinhtedothi.vn": (KINHTEDOTHI, ()),
        "congthuong.vn": (CONGTHUONG, ()),
        "vneconomy.vn": (VNECONOMY, ()),
        "nongnghiepmoitruong.vn": (NONGNGHIEP, ()),
        "znews.vn": (ZNEWS, ()),
        "baophutho.vn": (BAOPHUTHO, ()),
        "baobacninhtv.vn": (BAOBACNINH, ()),
        "baolaichau.vn": (BAOLAICHAU, ()),
        "baosonla.vn": (BAOSONLA, ()),
        "baoquangngai.vn": (BAOQUANGNGAI, ()),
        "moj.gov.vn": (MOJ, ()),
        "moha.gov.vn": (MOHA, ()),
    }
)

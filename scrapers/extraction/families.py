"""Site families: many outlets share one publishing system, so they share one set of selectors.

`FAMILIES` holds the six systems F1 to F6 and, by domain, large sites with a system of their own. What most systems
have in common stands in `scrapers.extraction.families_generic`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from urllib.parse import urlsplit

from scrapers.dom import Dom
from scrapers.extraction.families_own import OWN
from scrapers.source import Former, Selectors


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A publishing system.

    `address` is searched in an article's path with query; a page counts as the family's when one of `marks` is on it,
    and the address decides between families whose marks are both there. `cover` finds a picture above the body.
    `former` are selectors of earlier templates; their bodies are marks of pages of their time.
    """

    key: str
    address: str
    marks: tuple[str, ...]
    selectors: Selectors
    cover: tuple[str, ...] = ()
    former: tuple[Former, ...] = ()


F1 = Family(
    key="F1",
    address=r"-post\d+\.(?:html|tpo|antd|vnp)$",
    marks=(".article__body, .zce-content-body, .cms-body",),
    selectors=Selectors(
        title=("h1.article__title", "h1.cms-title", "h1.article__header", ".article__title"),
        sapo=(".article__sapo", ".cms-desc"),
        body=("div.article__body.cms-body", "div.zce-content-body", "[itemprop=articleBody]", ".article__body"),
        author=(
            ".article__author .name",
            ".article__author",
            ".article__meta .author, .article__meta .name",
            ".cms-author",
            ".article__source .name",
        ),
        time=("time.time", ".cms-date", ".article__meta time", ".article__time", ".article__date"),
        rubric=(".article__breadcrumb a", ".breadcrumb a", ".article__header .main-cate, .article__header .sub-cate"),
        tags=(".article__tag a", ".article__tags a"),
        drop=(
            ".article__related, .related-news, .ads_middle, [id^=adsWeb_], .article__tag, .article__source, .comment",
            ".article__share, .article__meta, .article__author, .article__avatar, .cms-relate, .inner-article, .banner",
            ".article__header, .article__social, .article__comment, article.story, .cms-video, .audio-social",
        ),
    ),
    cover=(".article__avatar",),
)
F2 = Family(
    key="F2",
    address=r"(?<!-event)-\d+\.html$",
    marks=(".b-maincontent, .c-news-detail, article.entry, .sc-longform-header-title, .block-sc-sapo",),
    selectors=Selectors(
        title=(".sc-longform-header-title", "h1.c-detail-head__title", ".c-news-detail h1", "h1.block-sc-title", "h1"),
        sapo=("p.sc-longform-header-sapo", "p.block-sc-sapo", ".sc-longform-header-sapo", ".c-news-detail .desc"),
        body=("div.c-news-detail .entry", "article.entry", "div.b-maincontent"),
        author=(".sc-longform-header-author", ".block-sc-author", ".c-detail-head__author", ".entry .author"),
        time=(
            ".sc-longform-header-date",
            ".block-sc-publish-time",
            ".c-detail-head__time",
            ".c-news-detail time, .c-news-detail .time, .c-news-detail .date",
        ),
        rubric=(".breadcrumb-item a", ".breadcrumb a", ".block-sc-cate-name a", ".c-detail-head__cat a"),
        tags=(".c-widget-tags a", ".c-tag a", ".c-tags a"),
        drop=(
            ".c-box, .c-sticky-share, .c-sticky-mobile, .c-powered, .c-news-related, .c-tag, .sc-related-articles",
            ".block-sc-cate-name, .block-sc-title, .sc-longform-header, .sc-longform-header-meta, .sc-empty-layer",
            ".c-widget-tags",
        ),
    ),
    cover=(".sc-longform-header-media",),
)
F3 = Family(
    key="F3",
    address=r"-\d{15,21}\.(?:htm|chn)$",
    marks=("[data-role=content], .afcbc-body, .detail-sapo",),
    selectors=Selectors(
        title=("h1.detail-title[data-role=title]", "[data-role=title]", "h1.detail-title"),
        sapo=("h2.detail-sapo[data-role=sapo]", "[data-role=sapo]", ".detail-sapo"),
        body=("div.detail-content.afcbc-body[data-role=content]", "[data-role=content]", ".detail-content"),
        author=(
            "[data-role=author]",
            ".author-info .name",
            ".detail-author-bot .name",
            ".detail-author",
            ".author-info",
        ),
        time=("[data-role=publishdate]", ".detail-time"),
        rubric=(".detail-breadcrumb a", ".detail-cate a", "[data-role=cate-name]", ".detail__breadcrumb a"),
        tags=(".detail-tag-list a", ".detail-tags a", ".detail-tag a", "[data-role=tags] a"),
        drop=(
            "div[type=RelatedOneNews], div[type=RelatedNewsBox], div[type=VideoStream], .kbwscwl-relatedbox",
            "div.type-6, .detail-tags, .detail-social, .box-news-relate, .detail-relate, #listNewsInContent",
            ".link-source-wrapper, .detail-author, .detail-author-bot, .readmore-body-box, .button-dowload-img",
            "[type=link-content-footer], .link-content-footer, [type=insertembedcode], [type=Live], .tn-ggr2-popup",
        ),
    ),
    cover=("img[data-role=cover]",),
    former=(
        Former(  # before the system was renewed: tuoitre, thanhnien, nld in turn
            until=date(2023, 4, 1),
            selectors=Selectors(
                title=("h1.article-title", "h1.details__headline", "h1.title-content", "h1.title-detail"),
                sapo=("h2.sapo", "#chapeau", "h2.sapo-detail", ".sapo"),
                body=("#main-detail-body", "#abody", ".content-news-detail", "#divNewsContent"),
                author=(".details__author .name, .details__author h4", ".content .author, #main-detail .author"),
                time=(".date-time", ".details__meta time", ".date-time-detail, .pdate"),
                rubric=(".bread-crumbs a", ".breadcrumbs a"),
                tags=(".tags-container a", ".details__tags a"),
                drop=(".VCSortableInPreviewMode[type=RelatedOneNews], .relate-container, .author, .details__author",),
            ),
        ),
    ),
)
F4 = Family(
    key="F4",
    address=r"/\d{6}/[\w-]+-[0-9a-f]{7}/?$",
    marks=("#content.content-detail, .content-detail, .td-post-content, div.article_content, h1.media-heading",),
    selectors=Selectors(
        title=("div.detail-main-title h1", "h1.head_title", "h1.media-heading", "h1.title"),
        sapo=(
            ".content-reply .reply",
            "div.desc",
            ".sub_first_content strong",
            "div.article_content div#content > p > strong",
            "#content.content-detail > p:first-of-type > strong, .td-post-content > p:first-of-type > strong",
            ".content-detail > p:first-of-type > strong",
        ),
        body=(
            "div#content.content-detail",
            "div.article_content div#content",
            ".td-post-content",
            ".content-detail",
            "div.article_content",
        ),
        author=("p.author, .post-author, .detail-author",),
        time=("div.date", ".post-date, .detail-date, .td-post-date", ".group-time .time", ".detail-time, .time"),
        rubric=(".breadcrumb a", ".td-crumb-container a"),
        tags=(".box-tag a", ".td-post-source-tags a", ".tags a"),
        drop=("h1.media-heading, div.date, ul.social, div.bd02, .td-post-sharing, .related-post, .box-tag",),
    ),
)
F5 = Family(
    key="F5",
    address=r"-a\d+\.html$",
    marks=(".content-fck, #newscontents, .singular-content, .content-fck-font-size",),
    selectors=Selectors(
        title=("h1.fw700", "h1.margintopbot10", ".detail-title h1", "h1.title"),
        sapo=(".detail-desc p", ".detail-desc", "h4.sapo"),
        body=("#newscontents .content-fck", ".content-fck", "#contentNews .singular-content", "#newscontents"),
        author=("p.author", ".detail-author, .author-name"),
        time=("span.pubdate", ".pubdate", ".detail-date-share"),
        rubric=(".titlecate h1 a", ".breadcrumb a", ".breadcrumbs a"),
        tags=(".detail-tag a.tag_item", ".tags a", ".detail-tags a", ".tag a"),
        drop=(".tinlienquan, .detail-related, .sharemxh, .detail-fb-like-share, #linkshare, .news-relate, p.author",),
    ),
)
F6 = Family(
    key="F6",
    address=r"-\d+\.html$",
    marks=("#content-detail", "#content_detail"),
    selectors=Selectors(
        title=("h1.name", "h1.header-title", ".content-article h1", "h1"),
        sapo=(
            "#content-detail .sapo, #content_detail .sapo",
            "#content-detail > h2:first-child",
            ".content-article .sapo, .content-article .desc",
            "div#content-detail > p:first-of-type > strong",
        ),
        body=("#content-detail", "#content_detail", ".content-detail"),
        author=(".pseudonym", ".content-article .author", "#content-detail .author"),
        time=(".content-article .date, .content-article .time, .post-date", "h1 ~ .date, h1 ~ .time, h1 ~ * .date"),
        rubric=(".breadcrumb a",),
        tags=(".topics a", ".content-article .tags a"),
        drop=("div.pseudonym, div.relates, div.topics, div.social", "div.block-news-list"),
    ),
)
SHARED = (F1, F2, F3, F4, F5, F6)
FAMILIES: Mapping[str, Family] = MappingProxyType(
    {family.key: family for family in SHARED}
    | {
        domain: Family(key=domain, address="", marks=selectors.body, selectors=selectors, cover=cover)
        for domain, (selectors, cover) in OWN.items()
    }
)


def selectors_on(former: Sequence[Former], now: Selectors, day: date | None) -> tuple[Selectors, ...]:
    """The selectors for a page fetched on a day, in order of trust; those of today alone where the day is None.

    Today's follow earlier ones: outlets of one family do not change their pages on one day.
    """
    earlier = [one for one in former if day is not None and day < one.until]
    return (min(earlier, key=lambda one: one.until).selectors, now) if earlier else (now,)


def family_of(url: str, tree: Dom, day: date | None = None) -> Family | None:
    """The family a page belongs to, by its host, else by its markup; the address breaks ties. None for no family.

    `day` is when the page was fetched, if that is not today.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    host = (parts.hostname or "").split(".")
    own = (FAMILIES.get(".".join(host[start:])) for start in range(len(host)))
    found = next((family for family in own if family and _marked(family, tree, day)), None)
    if found:
        return found
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    marked = [family for family in SHARED if _marked(family, tree, day)]
    return next((family for family in marked if re.search(family.address, path)), marked[0] if marked else None)


def _marked(family: Family, tree: Dom, day: date | None) -> bool:
    earlier = selectors_on(family.former, family.selectors, day)[:-1]
    return any(tree.select(mark) for mark in (*family.marks, *(mark for one in earlier for mark in one.body)))

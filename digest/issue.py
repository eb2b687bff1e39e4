"""An Issue value from what was chosen: headline, contents line, paragraphs, source line, numbers. Pure.

The words are the articles' own; all this module adds is a place before a headline and a customary abbreviation in the
contents.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

from digest.model import VIETNAM, Article, Chosen, Issue, Item, Kind, Section
from digest.places import headline_form, provinces_in
from digest.profile import Profile
from digest.text import fold
from digest.wire import content_hash

# What the contents may shorten, by custom, when a line would not fit: tried in this order.
ABBREVIATIONS = (
    ("Doanh nghiệp", "DN"),
    ("doanh nghiệp", "DN"),
    ("Ủy ban nhân dân", "UBND"),
    ("Hội đồng nhân dân", "HĐND"),
    ("thủ tục hành chính", "TTHC"),
    ("cải cách hành chính", "CCHC"),
    ("cán bộ, công chức, viên chức", "CBCCVC"),
    ("bảo hiểm xã hội", "BHXH"),
    ("bảo hiểm y tế", "BHYT"),
    ("trung ương", "TƯ"),
    ("Trung ương", "TƯ"),
)
CONTENTS_LINE_LENGTH = 90  # characters that fit a line of the contents with its page number

_DOMAIN = re.compile(r"^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]+)*\.[a-z]{2,}$", re.IGNORECASE)

Condense = Callable[[Sequence[str], Sequence[Kind]], tuple[tuple[str, ...], tuple[Kind, ...]]]


def compose(
    chosen: Sequence[Chosen], *, profile: Profile, day: date, condense: Condense, number: int | None = None
) -> Issue:
    """The draft of the day: sections in the profile's order, item numbers running on, empty sections left out."""
    sections: list[Section] = []
    count = 0
    for rule in profile.sections:
        picks = [pick for pick in chosen if pick.section == rule.key]
        items = tuple(
            _item(pick, number=count + place, profile=profile, day=day, condense=condense)
            for place, pick in enumerate(picks, 1)
        )
        count += len(items)
        if items:
            sections.append(Section(key=rule.key, title=rule.title, items=items))
    issue = Issue(profile=profile.id, date=day, number=number, sections=tuple(sections))
    return replace(issue, hash=content_hash(issue))


def printed_outlet(outlet: str | None, url: str | None) -> str | None:
    """`Nhandan.vn`: the input's own spelling where it looks like a domain, else the address's domain, capital first."""
    if outlet and _DOMAIN.match(outlet.strip()):
        return _capital(outlet.strip())
    host = urlsplit(url).hostname if url else None
    return _capital(host.removeprefix("www.")) if host else outlet


def source_line(item: Item, profile: Profile) -> str:
    """`(Plo.vn 10/12, Đức Minh)`; what is not known is left out, an item that knows nothing has none."""
    style = profile.source_line
    parts = [item.outlet or ""]
    if item.published:
        month = item.published.month
        shown = f"{month:02d}" if month in style.padded_months else str(month)
        parts.append(f"{item.published.day:02d}/{shown}")
    place = " ".join(part for part in parts if part)
    known = [place, item.author if style.author and item.author else ""]
    line = ", ".join(part for part in known if part)
    return f"({line})" if line else ""


def headline(title: str, provinces: Sequence[str], *, day: date, local: bool) -> str:
    """The title as it is, with its place in front where a local story's title does not name it."""
    if not (local and provinces):
        return title
    named = {found.name for found in provinces_in(title, day=day)}
    place = headline_form(provinces[0])
    if named or fold(place) in fold(title):
        return title
    return f"{place}: {title}"


def contents_line(headline_text: str) -> str:
    """The headline, shortened by customary abbreviations only as far as the line needs."""
    line = headline_text
    for long, short in ABBREVIATIONS:
        if len(line) <= CONTENTS_LINE_LENGTH:
            break
        line = line.replace(long, short)
    return line


def _item(pick: Chosen, *, number: int, profile: Profile, day: date, condense: Condense) -> Item:
    article, judgement = pick.candidate.article, pick.candidate.judgement
    paragraphs, kinds = condense(*_body(article))
    local = profile.choice.places_leading_headlines and pick.section == "dia_phuong"
    title = headline(article.title, judgement.provinces, day=day, local=local)
    outlet = printed_outlet(article.outlet, article.url)
    return Item(
        number=number,
        article=article.id,
        headline=title,
        contents_line=contents_line(title),
        paragraphs=paragraphs,
        kinds=kinds,
        outlet=outlet,
        published=article.published.astimezone(VIETNAM).date() if article.published else None,
        author=article.author,
        url=article.url,
        provinces=judgement.provinces,
        images=article.images,
        also=tuple(
            replace(other, outlet=printed_outlet(other.outlet, other.url) or other.outlet)
            for other in pick.candidate.also
        ),
        flags=_flags(article, outlet),
    )


def _body(article: Article) -> tuple[tuple[str, ...], tuple[Kind, ...]]:
    """Standfirst first, unless the body begins with it."""
    paragraphs = list(article.paragraphs)
    kinds: list[Kind] = [*article.kinds[: len(paragraphs)]]
    kinds += ["p"] * (len(paragraphs) - len(kinds))
    if article.sapo and not (paragraphs and fold(paragraphs[0]) == fold(article.sapo)):
        paragraphs.insert(0, article.sapo)
        kinds.insert(0, "p")
    return tuple(paragraphs), tuple(kinds)


def _flags(article: Article, outlet: str | None) -> tuple[str, ...]:
    unknown = {
        "no-outlet": outlet,
        "no-date": article.published,
        "no-author": article.author,
        "no-address": article.url,
    }
    return tuple(name for name, value in unknown.items() if value is None)


def _capital(domain: str) -> str:
    return domain[:1].upper() + domain[1:]

"""An Issue value from what was chosen: headline, contents line, paragraphs, source line, numbers. Pure.

The words are the articles' own; all this module adds is a place before a headline and customary abbreviations in
headlines and contents.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from digest.abbreviations import Contents, shorten
from digest.model import LINK_ONLY, VIETNAM, Article, Chosen, Image, Issue, Item, Kind, Rights, Section
from digest.places import Found, headline_form, provinces_in
from digest.profile import Profile
from digest.source_line import source_line as in_form
from digest.text import fold
from digest.wire import content_hash

_DOMAIN = re.compile(r"^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]+)*\.[a-z]{2,}$", re.IGNORECASE)

# Paragraphs, their kinds, how many words the outlet allows at most (None: as many as the profile prints), the headline.
Condense = Callable[[Sequence[str], Sequence[Kind], int | None, str], tuple[tuple[str, ...], tuple[Kind, ...]]]
RightsOf = Callable[[Article], Rights]


def all_rights(_article: Article) -> Rights:
    """The rights where no outlet has said anything: the whole text."""
    return Rights()


def rights_at(rights: Rights, published: datetime | None, moment: datetime) -> Rights:
    """What of an article may stand in print at that moment: its link alone while the outlet's delay runs.

    Whose time of publication is not known counts as published just then.
    """
    if rights.delay_hours and (published is None or published + timedelta(hours=rights.delay_hours) > moment):
        return Rights(text="link")
    return rights


def compose(  # noqa: PLR0913 - named where it is called
    chosen: Sequence[Chosen],
    *,
    profile: Profile,
    day: date,
    condense: Condense,
    rights: RightsOf = all_rights,
    number: int | None = None,
) -> Issue:
    """The draft of the day: sections in the profile's order, item numbers running on, empty sections left out.

    `rights` says what may be printed of an article as of the day, the outlet's delay taken into account.
    """
    sections: list[Section] = []
    count = 0
    for rule in profile.sections:
        picks = [pick for pick in chosen if pick.section == rule.key]
        items = tuple(
            _item(pick, number=count + place, profile=profile, day=day, text=_printable(pick, condense, rights))
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
    """`(Baolua.example 10/12, Lê Bến)`; what is not known is left out, an item that knows nothing has none."""
    return in_form(item, profile.source_line)


def headline(title: str, provinces: Sequence[str], *, day: date, local: bool) -> str:
    """The title as it is, with its place in front where a local story's title does not name it.

    A commune or a district does not tell the province; a former province does tell the one it is part of now. A title
    that opens with any place and a colon has its place in front already.
    """
    if not (local and provinces) or _names_its_place(title, provinces, day):
        return title
    place = headline_form(provinces[0])
    return f"{place.upper() if title.isupper() else place}: {title}"


def _names_its_place(title: str, provinces: Sequence[str], day: date) -> bool:
    known = {name for place in provinces for name in (place, *_names(provinces_in(place, day=day)))}
    found = provinces_in(title, day=day)
    if known & _names(one for one in found if one.level in ("province", "landmark")):
        return True
    if any(title.partition(":")[0].endswith(one.text) for one in found if ":" in title):
        return True
    # The letters after and before: Huế is no part of "thuế".
    return any(re.search(rf"(?<!\w){re.escape(fold(one))}(?![\w\u0300-\u036f])", fold(title)) for one in known)


def _names(found: Iterable[Found]) -> set[str]:
    return {name for one in found for name in (one.name, one.as_written)}


def contents_line(headline_text: str, contents: Contents) -> str:
    """The headline, shortened by customary abbreviations only as far as the line needs."""
    return shorten(headline_text, contents.table, "contents", most=contents.line)


@dataclass(frozen=True, slots=True)
class _Text:
    """What is printed of an article below its headline."""

    paragraphs: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    images: tuple[Image, ...] = ()
    flags: tuple[str, ...] = ()


def _printable(pick: Chosen, condense: Condense, rights: RightsOf) -> _Text:
    article = pick.candidate.article
    allowed = rights(article)
    if allowed.text == "link":
        return _Text(flags=(LINK_ONLY,))
    paragraphs, kinds = _body(article)
    printed, printed_kinds = condense(paragraphs, kinds, allowed.words, article.title)
    if allowed.words is not None and paragraphs and not printed:
        return _Text(flags=(LINK_ONLY,))  # not even the first sentence is short enough
    return _Text(paragraphs=printed, kinds=printed_kinds, images=article.images)


def _item(pick: Chosen, *, number: int, profile: Profile, day: date, text: _Text) -> Item:
    article, judgement = pick.candidate.article, pick.candidate.judgement
    local = profile.choice.places_leading_headlines and pick.section == "dia_phuong"
    title = shorten(article.title, profile.contents.table, "headline")
    title = headline(title, judgement.provinces, day=day, local=local)
    outlet = printed_outlet(article.outlet, article.url)
    return Item(
        number=number,
        article=article.id,
        headline=title,
        contents_line=contents_line(title, profile.contents),
        paragraphs=text.paragraphs,
        kinds=text.kinds,
        outlet=outlet,
        published=article.published.astimezone(VIETNAM).date() if article.published else None,
        author=article.author,
        url=article.url,
        provinces=judgement.provinces,
        images=text.images,
        also=tuple(
            replace(other, outlet=printed_outlet(other.outlet, other.url) or other.outlet)
            for other in pick.candidate.also
        ),
        flags=(*_flags(article, outlet), *text.flags),
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

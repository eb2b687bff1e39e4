"""A bulletin's own articles: written by the office, put into the sections that are kept for them. Pure.

They are printed whole, "./." and all, with their author below; no outlet, day or address stands with them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from digest.errors import InputError
from digest.model import Article, Issue, Item, Kind, Section
from digest.profile import Profile
from digest.versions import numbered
from digest.wire import content_hash


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnArticle:
    """An article of the office, and the section's key where it is to stand; the first of its own if None."""

    article: Article
    section: str | None = None


def with_own(issue: Issue, own: Sequence[OwnArticle], profile: Profile) -> Issue:
    """The draft with the office's own articles, which stand first in their sections; items are numbered anew.

    InputError, field "section", for one that names no section of the profile, or none in a profile without its own.
    """
    added: dict[str, list[Item]] = {}
    for one in own:
        added.setdefault(_section_of(one, profile), []).append(_item(one.article))
    printed = {section.key: section.items for section in issue.sections}
    sections = tuple(
        Section(key=rule.key, title=rule.title, items=(*added.get(rule.key, ()), *printed.get(rule.key, ())))
        for rule in profile.sections
    )
    made = replace(issue, sections=tuple(numbered(section for section in sections if section.items)))
    return replace(made, hash=content_hash(made))


def _section_of(one: OwnArticle, profile: Profile) -> str:
    keys = [rule.key for rule in profile.sections]
    key = one.section or next((rule.key for rule in profile.sections if rule.own), None)
    if key not in keys:
        title = one.article.title
        named = f"{key!r} is not printed" if key else "is missing, and the profile keeps none for own articles"
        raise InputError(f"of the own article {title!r} {named}; known: {', '.join(keys)}", field="section")
    return key


def _item(article: Article) -> Item:
    paragraphs = (article.sapo, *article.paragraphs) if article.sapo else article.paragraphs
    known: list[Kind] = ["p", *article.kinds] if article.sapo else [*article.kinds]
    kinds = (known + ["p"] * len(paragraphs))[: len(paragraphs)]
    return Item(
        number=0,  # given once all sections are known
        article=article.id,
        headline=article.title,
        contents_line=article.title,
        paragraphs=paragraphs,
        kinds=tuple(kinds),
        author=article.author,
        origin="own",
        images=article.images,
    )

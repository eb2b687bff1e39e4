"""What a listing knows of an article and its page does not."""

from dataclasses import replace
from datetime import datetime, timedelta

from digest.model import VIETNAM, Article, Link

_A_DAY = timedelta(days=1)


def filled(article: Article, link: Link) -> Article:
    """The article with what its listing knows and its page does not: title, standfirst, time; each is flagged."""
    article = _not_of_the_future(article)
    flags = set(article.flags)
    if not article.title and link.title:
        article, flags = replace(article, title=link.title), flags | {"title-from-feed"}
    if article.sapo is None and link.sapo:
        article, flags = replace(article, sapo=link.sapo), (flags - {"no-sapo"}) | {"sapo-from-feed"}
    if link.published is not None and _is_better(link.published, article):
        article = replace(article, published=link.published)
        flags = (flags - {"no-time", "day-only"}) | {"time-from-feed"}
    return replace(article, flags=tuple(sorted(flags)))


def _not_of_the_future(article: Article) -> Article:
    """A page fetched today and dated next week is dated wrongly."""
    if article.published is None or article.fetched is None or article.published <= article.fetched + _A_DAY:
        return article
    flags = set(article.flags) - {"time-shown", "time-from-data", "time-in-doubt", "day-only"} | {"no-time"}
    return replace(article, published=None, flags=tuple(sorted(flags)))


def _is_better(published: datetime, article: Article) -> bool:
    """Where the page gives no time, or the day alone and the listing the hour of that day."""
    if article.published is None:
        return True
    same_day = published.astimezone(VIETNAM).date() == article.published.astimezone(VIETNAM).date()
    return "day-only" in article.flags and same_day

"""What of the stories that earlier issues printed may be printed again, because it tells what they did not."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from classifiers.novelty import has_news
from digest.choose import Printed
from digest.model import Article, StoryMark


def with_news(
    printed: Printed, articles: Iterable[Article], marks: Mapping[str, StoryMark], *, told: Sequence[Article]
) -> Printed:
    """What was printed, with the stories that are still running and the articles that bring news of them.

    `told` are the printed articles, as far as they are known; one of these is never news itself.
    """
    told_of: dict[str, list[Article]] = defaultdict(list)
    for article in told:
        if article.id in marks:
            told_of[marks[article.id].story].append(article)
    later = [
        article.id
        for article in articles
        if (before := told_of.get(marks[article.id].story)) and not printed.has(article) and has_news(article, before)
    ]
    return replace(printed, stories=printed.stories | told_of.keys(), with_news=frozenset(later))

"""Articles tied into stories: who tells the same thing, and who leads.

A story is one event. A follow-up of the same day or the day before (48 hours) is the same story, with or without news;
whether a report of a story that was printed already may be printed again, `classifiers.novelty` says. The first to
report leads, unless a clearly fuller report came later.
"""

from collections.abc import Iterable, Mapping, Sequence

from classifiers.story_index import SAME, scores_among, when_of
from classifiers.story_meaning import Meaning
from digest.model import Article, StoryMark

_SAME_ON_AVERAGE = 0.3  # over all pairs of two groups before they become one
_LEAST_WORDS = 20  # of a text whose exact copies are one without being compared
_FULLER = 1.5  # times the words of the first report, and
_FULLER_BY = 150  # so many words more, to take the lead from it


def group(articles: Sequence[Article], *, meaning: Meaning | None = None) -> list[StoryMark]:
    """The story of each article, beside the input. The order of the input does not matter.

    A story is named by the smallest id in it. It is led by the first published, unless a clearly fuller report came.
    With `meaning` (see `classifiers.story_meaning`) pairs that their words leave in doubt are judged by it.
    """
    order = sorted(range(len(articles)), key=lambda number: (articles[number].id, _key_text(articles[number])))
    marks: dict[int, StoryMark] = {}
    same = _same_texts([articles[number] for number in order])
    for members in _groups(len(same), scores_among([articles[order[copies[0]]] for copies in same], meaning)):
        story = [order[place] for place in sorted(place for member in members for place in same[member])]
        lead = lead_of([articles[number] for number in story])
        for position, number in enumerate(story):
            marks[number] = StoryMark(story=articles[story[0]].id, lead=position == lead)
    return [marks[number] for number in range(len(articles))]


def _same_texts(articles: Sequence[Article]) -> list[list[int]]:
    """The positions of each text: one alone, or all that carry it word for word.

    However many outlets run one text, it is compared with the others once.
    """
    places: dict[object, list[int]] = {}
    for place, article in enumerate(articles):
        key: object = (article.sapo, article.paragraphs) if _words(article) >= _LEAST_WORDS else place
        places.setdefault(key, []).append(place)
    return list(places.values())


def _groups(size: int, scores: Mapping[tuple[int, int], float]) -> Iterable[list[int]]:
    """Members of each group in rising order: the most alike are joined first, groups only where alike on average."""
    group_of = list(range(size))
    members = {number: [number] for number in range(size)}
    for (one, other), score in sorted(scores.items(), key=lambda entry: (-entry[1], entry[0])):
        left, right = sorted((group_of[one], group_of[other]))
        if score < SAME or left == right:
            continue
        pairs = [(min(a, b), max(a, b)) for a in members[left] for b in members[right]]
        if sum(scores.get(pair, 0.0) for pair in pairs) >= _SAME_ON_AVERAGE * len(pairs):
            for number in members[right]:
                group_of[number] = left
            members[left] = sorted(members[left] + members.pop(right))
    return members.values()


def lead_of(story: Sequence[Article]) -> int:
    """The position of the article that leads: the first published, unless a clearly fuller report came."""
    words = [_words(article) for article in story]
    by_time = sorted(range(len(story)), key=lambda number: (_time_rank(story[number]), story[number].id, number))
    first = by_time[0]
    enough = max(words[first] * _FULLER, words[first] + _FULLER_BY)
    fuller = [number for number in by_time if words[number] >= enough]
    return max(fuller, key=lambda number: (words[number], -by_time.index(number))) if fuller else first


def _time_rank(article: Article) -> tuple[bool, float]:
    when = when_of(article)
    return when is None, when or 0.0


def _words(article: Article) -> int:
    return sum(len(text.split()) for text in (article.sapo or "", *article.paragraphs))


def _key_text(article: Article) -> tuple[str, str, str]:
    """Tells apart two inputs that carry the same id."""
    return article.url or "", article.title, article.sapo or ""

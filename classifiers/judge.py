"""What an editor would make of an article: relevance, section, areas, places, and the words that speak for it."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

from classifiers import areas, modelfile, parallel
from classifiers.evidence import explain
from classifiers.features import BLOCKS, Reading, Row, read
from classifiers.linear import logistic, scores, shares
from classifiers.outputs import OUTPUTS, RELEVANCE
from digest.model import AREA_KEYS, SECTION_KEYS, VIETNAM, Article, Judgement

# Two in three syllables of Vietnamese prose carry a mark; a headline full of names and figures still one in three.
_LEAST_VIETNAMESE = 0.3
# A headline has eight syllables; a word or two say nothing about what a piece is.
_LEAST_SYLLABLES = 8
# Capitals alone hide names and the ends of sentences.
_TRUST_IN_CAPITALS = 0.8


class Judge:
    """A loaded model. The same article and day give the same judgement, in any process."""

    def __init__(self, model: modelfile.Model) -> None:
        self._model = model
        self._grams = [(block, gram) for block in BLOCKS for gram in model.vocabulary.grams[block]]

    @classmethod
    def load(cls, path: Path | None = None) -> "Judge":
        """The judge of a model file, None for the shipped one. ModelError names the file and the remedy."""
        return cls(modelfile.read(path))

    @property
    def line(self) -> float:
        """The relevance from which on an article is selected."""
        return self._model.card.line

    @property
    def card(self) -> modelfile.Card:
        """What the model says of itself."""
        return self._model.card

    def judge(self, article: Article, *, day: date | None) -> Judgement:
        """The judgement of an RSS item or a full article; `day` dates the province names where `published` is unknown.

        Text that cannot be judged (empty, a word or two, not Vietnamese) is never relevant.
        """
        reading = read(article, day=_names_of(article, day))
        row = self._model.vocabulary.row(reading)
        values = dict(zip(OUTPUTS, scores(row, self._model.weights, self._model.bias).tolist(), strict=True))
        trust = _trust(reading)
        relevance = round(trust * self._chance(values[RELEVANCE]), 4)
        section, confidence = self._section(values, trust)
        return Judgement(
            relevance=relevance,
            selected=relevance >= self.line,
            section=section,
            section_confidence=confidence,
            areas=self._areas(values) if trust else (),
            provinces=_unlike(place.name for place in reading.places),
            provinces_as_written=_unlike(place.as_written for place in reading.places),
            evidence=explain(reading, self._moved(row)) if trust else (),
            model=self.card.name,
        )

    def judge_many(
        self,
        articles: Iterable[Article],
        *,
        day: date | None,
        processes: int = 1,
        progress: Callable[[int], None] | None = None,
    ) -> Iterator[Judgement]:
        """The judgements in the articles' order; `progress` hears how many are done."""
        judged: Iterator[Judgement] = (
            (self.judge(article, day=day) for article in articles)
            if processes == 1
            else parallel.judged(self, articles, day=day, processes=processes)
        )
        for done, judgement in enumerate(judged, 1):
            if progress:
                progress(done)
            yield judgement

    def _chance(self, score: float) -> float:
        return logistic(self.card.slope * score + self.card.offset)

    def _section(self, values: dict[str, float], trust: float) -> tuple[str | None, float]:
        if not trust:
            return None, 0.0
        chances = shares({key: values[f"section:{key}"] for key in SECTION_KEYS}, self.card.sharpness)
        best = max(SECTION_KEYS, key=lambda key: chances[key])
        return best, round(trust * chances[best], 4)

    def _areas(self, values: dict[str, float]) -> tuple[str, ...]:
        chances = {key: logistic(values[f"area:{key}"]) for key in AREA_KEYS}
        return areas.pick(chances, first=self.card.first_area, second=self.card.second_area)

    def _moved(self, row: Row) -> dict[tuple[str, str], float]:
        added = row.values * self._model.weights[row.columns, 0] * self.card.slope
        return {
            self._grams[column]: weight for column, weight in zip(row.columns.tolist(), added.tolist(), strict=True)
        }


def _names_of(article: Article, day: date | None) -> date:
    """The day whose names of provinces hold; without any, the last day there is: the names of today."""
    published = article.published.astimezone(VIETNAM).date() if article.published else None
    return published or day or date.max


def _trust(reading: Reading) -> float:
    """How far the text can be judged at all, 0 to 1."""
    length = min(1.0, reading.size / _LEAST_SYLLABLES) if reading.size > 2 else 0.0
    language = min(1.0, reading.vietnamese / _LEAST_VIETNAMESE)
    capitals = _TRUST_IN_CAPITALS if f"{reading.title}{reading.sapo}".isupper() else 1.0
    return length * language * capitals


def _unlike(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))

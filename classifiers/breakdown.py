"""Where the judgements go wrong: by section, outlet and month, how calibrated, and the worst errors one by one."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from classifiers.counting import BINS, Pair, bin_of
from classifiers.evaluation import Figures, evaluate
from classifiers.labels import Label
from digest.model import SECTION_KEYS, Article, Evidence, Judgement

NOT_RELEVANT, UNKNOWN = "not_relevant", "unknown"
_MOST_ERRORS = 20
_MOST_EVIDENCE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionFigures:
    """One section among the relevant items, selected or not; `said` and `true` are how often it is answered and right."""

    said: int
    true: int
    precision: float | None
    recall: float | None
    f1: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """The items whose relevance lies between `low` and `high`: what was said on average, and how many are relevant."""

    low: float
    high: float
    n: int
    said: float | None
    relevant: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Error:
    """An answer that differs from the label; `sure` is how sure the judge was of it, 0 to 1."""

    id: str
    title: str
    outlet: str
    said: str
    label: str
    sure: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown:
    """`confusion[label][said]` counts the answers of the whole way: an item not selected is said `not_relevant`."""

    sections: dict[str, SectionFigures]
    confusion: dict[str, dict[str, int]]
    bins: tuple[Bin, ...]
    outlets: dict[str, Figures]
    months: dict[str, Figures]
    worst: tuple[Error, ...]


def break_down(articles: Sequence[Article], days: Sequence[date | None], pairs: Sequence[Pair]) -> Breakdown:
    """The breakdown of judgements beside labels; `articles` and the days they came out run beside the pairs."""
    return Breakdown(
        sections={key: _section(key, pairs) for key in SECTION_KEYS},
        confusion=_confusion(pairs),
        bins=tuple(_bins(pairs)),
        outlets=_by([article.outlet or UNKNOWN for article in articles], pairs),
        months=dict(sorted(_by([f"{day:%Y-%m}" if day else UNKNOWN for day in days], pairs).items())),
        worst=_worst(articles, pairs),
    )


def _section(key: str, pairs: Sequence[Pair]) -> SectionFigures:
    asked = [(said.section, label.section) for said, label in pairs if label.relevant and label.section]
    said = sum(answer == key for answer, _ in asked)
    true = sum(right == key for _, right in asked)
    both = sum(answer == right == key for answer, right in asked)
    return SectionFigures(
        said=said, true=true, precision=_share(both, said), recall=_share(both, true), f1=_share(2 * both, said + true)
    )


def _confusion(pairs: Sequence[Pair]) -> dict[str, dict[str, int]]:
    kinds = (*SECTION_KEYS, NOT_RELEVANT)
    told = [pair for pair in pairs if pair[1].section or not pair[1].relevant]
    counts = Counter((label.section or NOT_RELEVANT, _said(said)) for said, label in told)
    return {label: {said: counts[label, said] for said in kinds} for label in kinds}


def _bins(pairs: Sequence[Pair]) -> Iterable[Bin]:
    for at in range(BINS):
        inside = [(said.relevance, label.relevant) for said, label in pairs if bin_of(said.relevance) == at]
        yield Bin(
            low=at / BINS,
            high=(at + 1) / BINS,
            n=len(inside),
            said=_share(sum(chance for chance, _ in inside), len(inside)),
            relevant=_share(sum(truth for _, truth in inside), len(inside)),
        )


def _by(keys: Sequence[str], pairs: Sequence[Pair]) -> dict[str, Figures]:
    """The figures of each group, the largest first."""
    groups: defaultdict[str, list[Pair]] = defaultdict(list)
    for key, pair in zip(keys, pairs, strict=True):
        groups[key].append(pair)
    largest_first = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    return {name: evaluate(group) for name, group in largest_first}


def _worst(articles: Sequence[Article], pairs: Sequence[Pair]) -> tuple[Error, ...]:
    """The surest errors first."""
    errors = [
        Error(
            id=article.id,
            title=article.title,
            outlet=article.outlet or UNKNOWN,
            said=_said(said),
            label=(label.section or UNKNOWN) if label.relevant else NOT_RELEVANT,
            sure=round(sure, 4),
            evidence=said.evidence[:_MOST_EVIDENCE],
        )
        for article, (said, label) in zip(articles, pairs, strict=True)
        if (sure := _sure_of_error(said, label))
    ]
    return tuple(sorted(errors, key=lambda error: (-error.sure, error.id))[:_MOST_ERRORS])


def _sure_of_error(said: Judgement, label: Label) -> float:
    """How sure the judge was of a wrong answer; 0 of a right one."""
    if said.selected != label.relevant:
        return said.relevance if said.selected else 1 - said.relevance
    is_misplaced = label.relevant and label.section is not None and said.section != label.section
    return said.relevance * said.section_confidence if is_misplaced else 0.0


def _said(said: Judgement) -> str:
    return said.section or UNKNOWN if said.selected else NOT_RELEVANT


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None

import pytest

from digest import choose as rules
from digest import quotas
from digest.choose import Dropped
from digest.pipeline.reasons import near_miss, reason
from tests.digest.fakes import a_candidate


@pytest.mark.parametrize(
    ("rule", "detail", "short", "said"),
    [
        (rules.NOT_RELEVANT, "0.31", 0.12, "below the line by 0.12 (0.31, line 0.43)"),
        (rules.NOT_RELEVANT, "0.43", 0.001, "below the line by less than 0.01 (0.43, line 0.43)"),
        (rules.NOT_RELEVANT, "0.31", None, "below the line (0.31)"),
        (rules.OUTSIDE_WINDOW, "2026-02-20", None, "published 2026-02-20"),
        (rules.PRINTED_BEFORE, "cu", None, "one of the last seven issues had it"),
        (rules.PRINTED_BEFORE, "", None, "one of the last seven issues had its story"),
        (rules.REPRINT, "goc", None, "goc leads the story"),
        (
            rules.NOT_OF_AGENCY,
            "",
            None,
            "no report of it names an agency, a unit or a province that the digest is about",
        ),
        (quotas.SECTION_FULL, "linh_vuc", 0.2, "section linh_vuc has its items; 0.20 behind the last of them"),
        (quotas.PROVINCE_FULL, "Huế", 0.04, "Huế has its items; 0.04 behind the last of them"),
        (quotas.OUTLET_FULL, "Baolua.example", 0.0, "Baolua.example has its items; 0.00 behind the last of them"),
        (quotas.ISSUE_FULL, "20", 0.3, "the issue has its 20 items; 0.30 behind the last of them"),
    ],
)
def test_every_rule_has_its_words(rule, detail, short, said):
    drop = Dropped(candidate=a_candidate("a"), rule=rule, detail=detail, short=short)
    assert reason(drop, line=0.43) == said


def test_a_near_miss_that_was_not_ranked_has_no_score():
    made = near_miss(Dropped(candidate=a_candidate("a"), rule=rules.NOT_RELEVANT, detail="0.40"), line=None)
    assert (made.reason, made.score, made.parts) == ("below the line (0.40)", None, ())

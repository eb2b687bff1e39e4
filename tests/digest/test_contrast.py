"""Contrast is what WCAG 2 computes."""

import pytest

from digest.contrast import AA, contrast


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#c00000", "#c00000", 1.0),
        ("#ff0000", "#ffffff", 3.998),
        ("#767676", "#ffffff", 4.542),
        ("#777777", "#ffffff", 4.478),
        ("#010101", "#000000", 1.006),
    ],
)
def test_contrast_is_that_of_the_standard_whichever_colour_comes_first(one: str, other: str, ratio: float):
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.001)


def test_the_line_of_ordinary_text_lies_between_two_greys():
    assert contrast("#777777", "#ffffff") < AA < contrast("#767676", "#ffffff")

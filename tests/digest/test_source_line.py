from dataclasses import replace
from datetime import date

import pytest

from digest.model import Item
from digest.profile_parts import SourceLine
from digest.source_line import source_line

ITEM = Item(
    number=1, headline="Tít", contents_line="Tít", outlet="Baolua.example", published=date(2026, 3, 5), author="Lê Bến"
)


@pytest.mark.parametrize(
    ("style", "line"),
    [
        (SourceLine(), "(Baolua.example 05/3, Lê Bến)"),
        (SourceLine(padded_months=(1, 2, 3)), "(Baolua.example 05/03, Lê Bến)"),
        (SourceLine(author=False), "(Baolua.example 05/3)"),
        (SourceLine(date=False), "(Baolua.example, Lê Bến)"),
        (SourceLine(form="author-first"), "Lê Bến (Baolua.example 05/3)"),
        (SourceLine(form="author-first", date=False), "Lê Bến (Baolua.example)"),
        (SourceLine(form="author-first", date=False, author=False), "(Baolua.example)"),
    ],
)
def test_a_source_line_takes_the_form_of_its_profile(style, line):
    assert source_line(ITEM, style) == line


@pytest.mark.parametrize("form", ["outlet-first", "author-first"])
def test_what_is_not_known_is_left_out_of_a_source_line(form):
    style = SourceLine(form=form)
    assert source_line(replace(ITEM, author=None, published=None), style) == "(Baolua.example)"
    assert source_line(replace(ITEM, author=None, published=None, outlet=None), style) == ""
    unsigned = source_line(replace(ITEM, published=None, outlet=None), style)
    assert unsigned == ("(Lê Bến)" if form == "outlet-first" else "Lê Bến")

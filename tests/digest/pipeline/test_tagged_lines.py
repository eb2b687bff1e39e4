"""The tags of a PDF as lines of a bulletin."""

from digest.pipeline.tagged_lines import tagged_lines
from scrapers.documents.tagged import Tagged


def test_a_document_without_headlines_or_contents_is_read_by_what_stands_where():
    assert tagged_lines(()) is None
    assert tagged_lines((Tagged(tag="H2", lines=("Một việc",)), Tagged(tag="P", lines=("Câu.",)))) is None


def test_tags_are_roles_and_kinds_and_entries_lose_their_marks():
    blocks = (
        Tagged(tag="TOCI", lines=("1.", "Một việc", "...... 2")),
        Tagged(tag="H1", lines=("CHỦ TRƯƠNG CẢI CÁCH",)),
        Tagged(tag="H2", lines=("Một", "việc")),
        Tagged(tag="Lbl", lines=("1.",)),
        Tagged(tag="LBody"),
        Tagged(tag="P", lines=("Rà soát;",)),
        Tagged(tag="Lbl", lines=("-",)),
        Tagged(tag="LBody", lines=("Niêm yết.",)),
        Tagged(tag="P"),
        Tagged(tag="H3", lines=("Việc sau",)),
        Tagged(tag="BlockQuote", lines=("Dân hỏi.",)),
    )
    lines = tagged_lines(blocks)
    assert lines is not None
    assert [(line.role, line.kind, line.text) for line in lines] == [
        ("contents", "p", "1. Một việc ...... 2"),
        ("section", "p", "CHỦ TRƯƠNG CẢI CÁCH"),
        ("headline", "p", "Một việc"),
        ("text", "oli", "Rà soát;"),
        ("text", "li", "Niêm yết."),
        ("text", "h", "Việc sau"),
        ("text", "q", "Dân hỏi."),
    ]

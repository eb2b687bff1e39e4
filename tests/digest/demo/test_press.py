import re
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from digest.demo.newsroom import DAY
from digest.demo.press import Piece, article_of, blocks_of, load, path_of, pieces_of
from digest.errors import InputError
from digest.model import SECTION_KEYS, Image
from digest.text import normalise, one_line
from tests.digest.demo.fakes import BODY, write_outlet
from tests.fakes import at

OUTLETS = load()
PIECES = pieces_of(OUTLETS)
OWN = [piece for piece in PIECES if piece.told.reprint_of is None]
RELEVANT = [piece for piece in OWN if piece.told.section is not None]


def words(piece: Piece) -> int:
    return sum(len(block.text.split()) for block in piece.blocks if block.kind != "picture") + len(
        piece.told.sapo.split()
    )


def test_the_newsroom_has_fifteen_outlets_of_all_six_families() -> None:
    assert len(OUTLETS) == 15
    assert {outlet.family for outlet in OUTLETS} == {"F1", "F2", "F3", "F4", "F5", "F6"}
    assert all(outlet.domain.endswith(".example") for outlet in OUTLETS)
    assert len({outlet.domain for outlet in OUTLETS}) == len({outlet.name for outlet in OUTLETS}) == 15


def test_at_least_three_outlets_are_read_from_section_pages_alone() -> None:
    assert sum(outlet.collected_by_pages and outlet.feed_path is None for outlet in OUTLETS) >= 3


def test_about_fifty_pieces_twenty_for_the_bulletin_and_six_reprints() -> None:
    assert len(PIECES) == 52
    assert Counter(piece.told.section for piece in OWN) == {
        "chu_truong": 4,
        "dia_phuong": 7,
        "linh_vuc": 4,
        "quan_ly": 3,
        "phan_tich": 2,
        None: 26,
    }
    assert len(PIECES) - len(OWN) == 6


def test_the_relevant_pieces_speak_of_at_least_a_dozen_provinces() -> None:
    places = {place for piece in RELEVANT for place in piece.told.provinces}
    assert len(places) >= 12
    for piece in RELEVANT:
        text = " ".join([piece.told.title, piece.told.sapo, *(block.text for block in piece.blocks)])
        assert all(place in text for place in piece.told.provinces), piece.key


def test_every_section_is_one_the_bulletin_knows() -> None:
    assert {piece.told.section for piece in RELEVANT} == set(SECTION_KEYS)


@pytest.mark.parametrize("piece", RELEVANT, ids=lambda piece: piece.key)
def test_a_relevant_piece_is_as_long_as_a_real_one(piece: Piece) -> None:
    assert words(piece) >= 200
    assert sum(block.kind == "p" for block in piece.blocks) >= 4


def test_other_news_is_short() -> None:
    other = [piece for piece in OWN if piece.told.section is None]
    assert all(80 <= words(piece) <= 250 for piece in other)


def test_one_piece_is_long_enough_to_be_cut_and_one_has_an_author_with_a_note() -> None:
    assert max(map(words, RELEVANT)) > 900
    assert any(piece.told.author_note for piece in RELEVANT)


def test_the_kinds_of_paragraphs_all_occur() -> None:
    kinds = {block.kind for piece in RELEVANT for block in piece.blocks}
    assert {"p", "h", "li", "oli", "row", "picture"} <= kinds


def test_every_piece_was_published_since_friday_noon_and_before_the_freeze() -> None:
    assert all(at("2026-02-27 12:00") <= piece.told.published <= at("2026-03-02 09:30") for piece in PIECES)
    assert sum(piece.told.published >= at("2026-03-02 00:00") for piece in PIECES) >= 20
    assert DAY.weekday() == 0


def test_a_reprint_is_another_outlets_later_and_shorter_text_under_another_title() -> None:
    by_key = {piece.key: piece for piece in PIECES}
    for reprint in PIECES:
        if reprint.told.reprint_of is None:
            continue
        first = by_key[reprint.told.reprint_of]
        assert first.outlet is not reprint.outlet
        assert first.told.title != reprint.told.title
        assert first.told.published < reprint.told.published
        assert first.told.section == reprint.told.section
        texts = [block.text for block in first.blocks if block.kind != "picture"]
        kept = [block.text for block in reprint.blocks]
        assert len(texts) - len(reprint.told.without) == len(kept) < len(texts)
        assert [text for text in texts if text in kept] == kept


def test_addresses_are_unique_and_of_their_familys_shape() -> None:
    assert len({(piece.outlet.id, piece.path) for piece in PIECES}) == len(PIECES)
    shapes = {
        "F1": r"/[a-z0-9-]+-post\d{6}\.html",
        "F2": r"/[a-z0-9-]+-\d{6}\.html",
        "F3": r"/[a-z0-9-]+-102\d{15}\.htm",
        "F4": r"/[a-z-]+/20260[23]/[a-z0-9-]+-[0-9a-f]{7}/",
        "F5": r"/[a-z0-9-]+-a\d{5,6}\.html",
        "F6": r"/[a-z0-9-]+-\d{6}\.html",
    }
    for piece in PIECES:
        assert re.fullmatch(shapes[piece.outlet.family], piece.path), piece.path


def test_every_rubric_begins_with_a_section_page_of_its_outlet() -> None:
    for outlet in OUTLETS:
        titles = {page.title for page in outlet.sections}
        rubrics = [told.rubric for told in outlet.articles] + [broken.rubric for broken in outlet.broken]
        assert {rubric.split(" > ")[0] for rubric in rubrics} <= titles


def test_texts_are_clean_vietnamese() -> None:
    for piece in PIECES:
        texts = [piece.told.title, piece.told.sapo, *(block.text for block in piece.blocks)]
        for text in texts:
            assert text == one_line(text) == normalise(text)
        for block in piece.blocks:
            if block.kind == "p":
                assert block.text[-1] in '.?!:;"”', block.text


def test_no_piece_repeats_a_paragraph_of_another_but_reprints() -> None:
    seen = Counter(block.text for piece in OWN for block in piece.blocks if block.kind == "p")
    assert max(seen.values()) == 1


def test_nobody_speaks_of_districts_as_if_they_still_existed() -> None:
    for piece in PIECES:
        for block in piece.blocks:
            assert "UBND huyện" not in block.text
            assert "UBND quận" not in block.text


def test_a_body_is_read_line_by_line() -> None:
    blocks = blocks_of(BODY.removeprefix('body = """').removesuffix('"""'))
    assert [(block.kind, block.text) for block in blocks] == [
        ("p", "Đoạn đầu."),
        ("h", "Tiêu đề nhỏ"),
        ("li", "Một;"),
        ("li", "Hai."),
        ("oli", "1. Bước một."),
        ("oli", "2. Bước hai."),
        ("q", "Lời trích."),
        ("row", "A | B"),
        ("row", "1 | 2"),
        ("picture", "Chú thích. Ảnh: Lê Bến"),
        ("picture", ""),
        ("p", "Đoạn cuối."),
    ]


def test_the_article_of_a_page_has_lists_as_its_site_writes_them(tmp_path: Path) -> None:
    write_outlet(tmp_path)
    (html_site,) = pieces_of(load(tmp_path))
    article = article_of(html_site, "http://127.0.0.1:1")
    assert article.paragraphs[2:6] == ("Một;", "Hai.", "Bước một.", "Bước hai.")
    assert article.kinds[2:6] == ("li", "li", "oli", "oli")
    assert article.images == (
        Image(src="http://127.0.0.1:1/anh/quay.png", caption="Chú thích. Ảnh: Lê Bến"),
        Image(src="http://127.0.0.1:1/anh/quay.png"),
    )
    assert article.outlet == "Baolua.example"
    assert article.url is not None
    assert article.url.startswith("https://baolua.example/mot-cua-post")
    assert article.published == at("2026-03-02 07:05:09")

    write_outlet(tmp_path, more=f"{BODY}\n").write_text(
        (tmp_path / "baolua.toml").read_text(encoding="utf-8").replace("sections =", "html_lists = false\nsections ="),
        encoding="utf-8",
    )
    (typed_site,) = pieces_of(load(tmp_path))
    article = article_of(typed_site, "http://127.0.0.1:1")
    assert article.paragraphs[2:6] == ("- Một;", "- Hai.", "1. Bước một.", "2. Bước hai.")
    assert article.kinds[2:6] == ("p", "p", "p", "p")


@pytest.mark.parametrize(("more", "named"), [("colour = 1", "colour"), ("section = 3", "articles[0].section")])
def test_a_wrong_field_is_named_with_its_file(tmp_path: Path, more: str, named: str) -> None:
    write_outlet(tmp_path, more=more)
    with pytest.raises(InputError, match=r"baolua\.toml") as caught:
        load(tmp_path)
    assert named in str(caught.value)


def test_what_is_no_toml_is_named_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "hong.toml").write_text("id = ", encoding="utf-8")
    with pytest.raises(InputError, match=r"hong\.toml"):
        load(tmp_path)


def test_a_family_without_an_address_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="F9"):
        path_of("F9", "mot-cua", datetime.fromisoformat("2026-03-02T07:00:00+07:00"), "Thời sự")

import gzip
import json

import pytest

from digest.demo.newsroom import Newsroom
from digest.wire import dump, dumps
from tests.fakes import SHARED, an_article, needs_shared

PAGE = """<!doctype html><html lang="vi"><head><title>Một cửa</title>
<link rel="canonical" href="https://baolua.example/mot-cua-tra-ket-qua-trong-ngay-123456.html"></head><body>
<h1>Một cửa trả kết quả trong ngày</h1><article>
<p>Bộ phận một cửa của xã Tân Lúa trả kết quả chứng thực ngay trong buổi sáng, người dân không phải quay lại lần hai.</p>
<p>Chủ tịch xã cho biết mỗi hồ sơ đều có phiếu hẹn điện tử, quá hẹn một giờ là hệ thống tự gửi thư xin lỗi.</p>
<p>Trong quý đầu năm, xã tiếp nhận 1.240 hồ sơ, trong đó 96% nộp trực tuyến và không hồ sơ nào trễ hẹn.</p>
</article></body></html>"""


def lines_of(text):
    return [json.loads(line) for line in text.splitlines()]


def write_articles(path, *articles):
    path.write_text("".join(dumps(dump(article)) + "\n" for article in articles), encoding="utf-8")
    return path


def test_discover_lists_the_links_of_a_section_page_and_of_a_feed(diembao, tmp_path):
    page = tmp_path / "muc.html"
    page.write_text(
        '<html><body><main><h3><a href="/xa-tan-lua-tra-ket-qua-trong-ngay-post123456.html">'
        "Xã Tân Lúa trả kết quả trong ngày</a></h3></main></body></html>"
    )
    status, out, _ = diembao("discover", page, "--url", "https://baolua.example/chinh-tri/")
    assert status == 0
    (link,) = lines_of(out)
    assert link["url"] == "https://baolua.example/xa-tan-lua-tra-ket-qua-trong-ngay-post123456.html"
    assert link["zone"] == "main"
    feed = tmp_path / "feed.rss.gz"
    feed.write_bytes(
        gzip.compress(
            b'<?xml version="1.0"?><rss version="2.0"><channel><item><title>Tin</title>'
            b"<link>https://baolua.example/tin-post1.html</link>"
            b"<pubDate>Mon, 02 Mar 2026 07:30:00 +07:00</pubDate></item></channel></rss>"
        )
    )
    (entry,) = lines_of(diembao("discover", feed, "--url", "https://baolua.example/rss")[1])
    assert entry["published"] == "2026-03-02T07:30:00+07:00"


def test_an_empty_feed_is_a_failure_that_is_named(diembao, tmp_path):
    feed = tmp_path / "rong.rss"
    feed.write_text('<rss version="2.0"><channel></channel></rss>')
    status, out, err = diembao("discover", feed, "--url", "https://baolua.example/rss")
    assert (status, out) == (1, "")
    assert "empty-feed" in err


def test_extract_reads_a_page_whose_address_the_page_itself_states(diembao, tmp_path):
    (tmp_path / "trang.html").write_text(PAGE, encoding="utf-8")
    status, out, _ = diembao("extract", tmp_path / "trang.html")
    assert status == 0
    (article,) = lines_of(out)
    assert article["url"] == "https://baolua.example/mot-cua-tra-ket-qua-trong-ngay-123456.html"
    assert article["outlet"] == "Baolua.example"
    assert article["title"] == "Một cửa trả kết quả trong ngày"
    assert len(article["paragraphs"]) + (article["sapo"] is not None) == 3


def test_a_page_that_cannot_be_read_costs_itself_alone(diembao, tmp_path):
    (tmp_path / "trang.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "rong.html").write_text("")
    status, out, err = diembao("extract", tmp_path / "trang.html", tmp_path / "rong.html", tmp_path / "mat.html")
    assert status == 1
    assert len(lines_of(out)) == 1
    assert "rong.html" in err
    assert "mat.html" in err


def test_judge_adds_its_fields_and_keeps_the_lines_others(diembao, tmp_path):
    path = write_articles(tmp_path / "bai.jsonl", an_article(), an_article(id="a2", title="Đội bóng thắng đậm"))
    first, second = path.read_text(encoding="utf-8").splitlines()
    path.write_text(dumps(json.loads(first) | {"ghi_chu": "giữ nguyên"}) + "\n" + second + "\n", encoding="utf-8")
    status, out, err = diembao("judge", path, "--date", "2026-03-02")
    assert status == 0
    one, two = lines_of(out)
    assert one["ghi_chu"] == "giữ nguyên"
    assert one["selected"] is True
    assert {"relevance", "section", "section_confidence", "areas", "provinces", "evidence", "model"} <= one.keys()
    assert one["provinces_as_written"] == []
    assert two["id"] == "a2"
    assert "judged" in err


def test_a_bad_line_is_skipped_and_named(diembao, tmp_path):
    path = tmp_path / "bai.jsonl"
    path.write_text('{"title": "Xã trả kết quả thủ tục hành chính sớm"}\n{"title": 5}\n', encoding="utf-8")
    status, out, err = diembao("judge", path, "--json")
    assert status == 1
    assert len(lines_of(out)) == 1
    report = json.loads(err.splitlines()[-1])
    assert report["judged"] == 1
    assert report["failed"] == {"bad-input": 1}
    assert "line 2, field title" in report["troubles"][0]["detail"]


def test_half_a_character_in_a_field_that_is_not_ours_costs_nothing_else(diembao, tmp_path):
    path = tmp_path / "bai.jsonl"
    path.write_text('{"title": "Một cửa", "zz": "a\\ud800b"}\n', encoding="utf-8")
    status, out, _ = diembao("stories", path)
    assert status == 0
    assert lines_of(out)[0]["zz"] == "a?b"


def test_stories_marks_the_copies(diembao, day_lines):
    status, out, err = diembao("stories", day_lines)
    assert status == 0
    marks = lines_of(out)
    assert len(marks) - len({mark["story"] for mark in marks}) == 6
    assert sum(mark["lead"] for mark in marks) == len({mark["story"] for mark in marks})
    assert "stories" in err


def test_a_result_that_cannot_be_written_is_status_3_and_leaves_nothing(diembao, tmp_path):
    path = write_articles(tmp_path / "bai.jsonl", an_article())
    status, out, err = diembao("stories", path, "-o", "/dev/full/bai.jsonl")
    assert (status, out) == (3, "")
    assert "/dev/full/bai.jsonl: cannot be written" in err


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not a model"])
def test_a_broken_model_is_status_3(diembao, tmp_path, content):
    (tmp_path / "model").write_bytes(content)
    path = write_articles(tmp_path / "bai.jsonl", an_article())
    status, out, err = diembao("judge", path, "--model", tmp_path / "model")
    assert (status, out) == (3, "")
    assert str(tmp_path / "model") in err
    assert err.count("\n") <= 2


def test_the_catalogue_is_listed_and_shown(diembao):
    status, out, _ = diembao("sources", "list")
    assert status == 0
    assert len(out.splitlines()) == 135
    assert "not collected: " in out
    assert len(lines_of(diembao("sources", "list", "--json")[1])) == 135
    assert json.loads(diembao("sources", "show", "nhandan", "--json")[1])["outlet"] == "Nhandan.vn"


def test_a_broken_catalogue_is_status_3_and_names_source_and_field(diembao, tmp_path):
    (tmp_path / "nguon.toml").write_text('[[sources]]\nid = "a"\nname = "A"\nfeedz = []\n')
    (tmp_path / "diembao.toml").write_text('sources = ["nguon.toml"]\n')
    status, _, err = diembao("sources", "list")
    assert status == 3
    assert "nguon.toml, source a, field feedz" in err


def test_the_newsrooms_catalogue_is_an_offices_own(diembao, tmp_path):
    with Newsroom() as newsroom:
        (tmp_path / "nguon.toml").write_text(newsroom.catalogue_toml(), encoding="utf-8")
    (tmp_path / "diembao.toml").write_text('sources = ["nguon.toml"]\nshipped_sources = false\n')
    assert len(diembao("sources", "list")[1].splitlines()) == 15


@needs_shared
def test_the_real_pages_are_read_under_their_own_addresses(diembao):
    pages = sorted((SHARED / "pages").glob("*article*.html.gz"))
    status, out, _ = diembao("extract", *pages)
    assert status == 0
    for page, article in zip(pages, lines_of(out), strict=True):
        gold = json.loads(page.with_name(page.name.replace(".html.gz", ".json")).read_text(encoding="utf-8"))
        assert (article["url"], article["title"], article["author"]) == (gold["url"], gold["title"], gold["author"])


@pytest.mark.parametrize(
    "body",
    [
        '<?xml version="1.0"?><urlset><url><loc>https://baolua.example/xa-mo-cua-sang-thu-bay-a1.html</loc></url></urlset>',
        '{"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "https://baolua.example/xa-mo-cua-sang-thu-bay-a1.html", "title": "Xã mở cửa"}]}',
    ],
)
def test_a_saved_sitemap_and_a_json_feed_are_read_too(diembao, tmp_path, body):
    (tmp_path / "luu").write_text(body)
    status, out, _ = diembao("discover", tmp_path / "luu", "--url", "https://baolua.example/luu")
    assert status == 0
    assert [json.loads(line)["url"] for line in out.splitlines()] == [
        "https://baolua.example/xa-mo-cua-sang-thu-bay-a1.html"
    ]

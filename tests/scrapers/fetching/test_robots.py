import pytest
from hypothesis import given
from hypothesis import strategies as st
from protego import Protego

from scrapers.fetching.robots import LONGEST_CRAWL_DELAY, Robots, read
from tests.scrapers.fetching.fakes import unhurried

RULES = b"User-agent: *\nDisallow: /tim-kiem\nCrawl-delay: 3\n\nUser-agent: diembao\nDisallow: /noi-bo/\nAllow: /noi-bo/tin\n"


def test_the_rules_for_diembao_count():
    robots = read(RULES)
    assert robots.allows("https://a.example/tim-kiem?q=1")
    assert not robots.allows("https://a.example/noi-bo/x")
    assert robots.allows("https://a.example/noi-bo/tin-1")
    assert robots.delay() == 0


def test_the_rules_for_all_count_where_there_are_none_of_ones_own():
    robots = read(b"\xef\xbb\xbfUser-agent: *\nDisallow: /\nCrawl-delay: 3\n# \xff\n")
    assert not robots.allows("https://a.example/x")
    assert robots.delay() == 3


def test_a_delay_beyond_reason_is_bounded():
    assert read(b"User-agent: *\nCrawl-delay: 86400\n").delay() == LONGEST_CRAWL_DELAY


def test_without_rules_everything_is_allowed():
    assert Robots().allows("https://a.example/x")
    assert read(b"<html>khong phai robots</html>").allows("https://a.example/x")


def allows(rules: str, path: str) -> bool:
    """Whether a group for all with these lines lets a path be fetched."""
    return read(f"User-agent: *\n{rules}".encode()).allows(f"https://a.example{path}")


# RFC 9309, 2.2.2 and 5.2, and what sites write.
@pytest.mark.parametrize(
    ("rules", "allowed", "forbidden"),
    [
        ("Disallow: /a", ["/", "/b", "/A"], ["/a", "/a/", "/ab?c=1"]),
        ("Disallow: /a\nAllow: /a/b", ["/a/b", "/a/bc"], ["/a", "/a/c"]),
        ("Allow: /a\nDisallow: /a", ["/a"], []),
        ("Disallow: /a\nAllow: /a", ["/a"], []),
        ("Disallow: /*.gif$", ["/a.gif?x", "/gif"], ["/a.gif", "/b/c.gif"]),
        ("Disallow: /*?", ["/a"], ["/a?b"]),
        ("Disallow: /a*b*c$", ["/abd", "/acb", "/abcd"], ["/abc", "/aXbYc", "/abcbc"]),
        ("Disallow: /a$", ["/ab", "/a/"], ["/a"]),
        ("Disallow: *", [], ["/", "/a"]),
        ("Disallow: /$\nAllow: /", ["/a"], ["/"]),
        ("Disallow: a", ["/b"], ["/a"]),
        ("Disallow:", ["/", "/a"], []),
        ("Disallow: /foo/bar?baz=http://foo.bar", ["/foo/bar"], ["/foo/bar?baz=http://foo.bar"]),
        ("Disallow: /tin/một-cửa", ["/tin"], ["/tin/m%E1%BB%99t-c%E1%BB%ADa", "/tin/m%e1%bb%99t-cửa"]),
        ("Disallow: /tin/m%e1%bb%99t", ["/tin"], ["/tin/một", "/tin/m%E1%BB%99t"]),
        ("Disallow: /%61%62", ["/a"], ["/ab"]),
        ("Disallow: /a%2Fb", ["/a/b"], ["/a%2fb"]),
        ("Disallow: /a%2a$", ["/ab"], ["/a*"]),
        ("Disallow: /a%24", ["/a"], ["/a$b"]),
        ("Disallow: /a b", ["/a"], ["/a%20b", "/a b"]),
        ("Dissallow: /a", [], ["/a"]),
        ("disallow /a", [], ["/a"]),
        ("Disallow: /a # ghi chú", [], ["/a"]),
        ("Disallow: /a\rDisallow: /b", [], ["/a", "/b"]),
        ("Noindex: /a\nUnknown: x\nDisallow: /b", ["/a"], ["/b"]),
    ],
)
def test_the_longest_pattern_decides_and_leave_wins_a_tie(rules, allowed, forbidden):
    assert [path for path in allowed if not allows(rules, path)] == []
    assert [path for path in forbidden if allows(rules, path)] == []


@pytest.mark.parametrize(
    ("text", "forbidden"),
    [
        ("User-agent: *\nDisallow: /a\n\nUser-agent: diembao\nDisallow: /b", ["/b"]),
        ("User-agent: diembao\nDisallow: /b\nUser-agent: *\nDisallow: /a", ["/b"]),
        ("User-agent: DiemBao/1.0\nDisallow: /b", ["/b"]),
        ("User-agent: khac\nUser-agent: diembao\nDisallow: /b", ["/b"]),
        (
            "User-agent: diembao\nDisallow: /a\nUser-agent: khac\nDisallow: /c\nUser-agent: diembao\nDisallow: /b",
            ["/a", "/b"],
        ),
        ("User-agent: diembao-anh\nDisallow: /a\nUser-agent: *\nDisallow: /b", ["/b"]),
        ("User-agent: diem\nDisallow: /a\nUser-agent: khac\nDisallow: /b", []),
        ("User-agent: diembao\n\n\nUser-agent: *\nDisallow: /a", ["/a"]),
        ("User-agent: diembao\nDisallow:\nUser-agent: *\nDisallow: /", []),
        ("User-agent: diembao\nSitemap: https://a.example/s.xml\nUser-agent: khac\nDisallow: /a", ["/a"]),
        ("Disallow: /a\nUser-agent: *\nDisallow: /b", ["/b"]),
        ("\ufeffUser-agent: *\nDisallow: /a", ["/a"]),
        ("useragent: *\nDisallow: /a", ["/a"]),
        ("User-agent:\nDisallow: /a", []),
    ],
)
def test_the_group_that_counts_is_found(text, forbidden):
    robots = read(text.encode())
    paths = ["/a", "/b", "/c"]
    assert [path for path in paths if not robots.allows(f"https://a.example{path}")] == forbidden


def test_the_rule_that_forbids_is_told():
    denial = read(RULES).denial("https://a.example/noi-bo/x")
    assert str(denial) == "Disallow: /noi-bo/"
    assert read(RULES).denial("https://a.example/noi-bo/tin-1") is None
    assert str(read(RULES).rules[0]) == "Allow: /noi-bo/tin"


def test_robots_txt_itself_is_never_forbidden():
    assert allows("Disallow: /", "/robots.txt")
    assert not allows("Disallow: /", "/robots.txt.html")


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("5", 5), ("0.5", 0.5), ("-1", 0), ("nan", 0), ("inf", 0), ("chậm", 0), ("", 0), ("3\nCrawl-delay: 9", 3)],
)
def test_a_crawl_delay_is_a_number_of_seconds(value, seconds):
    assert read(f"User-agent: *\nCrawl-delay: {value}".encode()).delay() == seconds


def test_a_file_made_to_hurt_is_read_in_one_pass():
    """Names times rules: a reader that keeps each group for each name would need gigabytes."""
    names = "".join(f"User-agent: a{number}\n" for number in range(12_000)) + "User-agent: *\n"
    rules = "".join(f"Disallow: /{number}\n" for number in range(12_000))
    robots = read((names + rules).encode())
    assert len(robots.rules) == 12_000
    assert not robots.allows("https://a.example/11999")


def test_a_pattern_made_to_hurt_is_matched_in_one_pass():
    assert allows("Disallow: /" + "a*" * 5000 + "b", "/" + "a" * 20_000)


@unhurried
@given(st.binary(max_size=300) | st.text("UserAgntDilowC-dy:* /#$%2aF\r\n\t19.\ufeff", max_size=300).map(str.encode))
def test_any_bytes_are_rules(body):
    robots = read(body)
    robots.allows("https://a.example/a%2?b*$")
    assert 0 <= robots.delay() <= LONGEST_CRAWL_DELAY


# Without `*` at the end and `?`, where the other reader counts the length of a pattern otherwise.
PATTERNS = st.text("ab/*", min_size=1, max_size=8).map(lambda text: f"/{text}".rstrip("*"))
RULE_LINES = st.tuples(st.sampled_from(["Allow", "Disallow"]), PATTERNS, st.sampled_from(["", "$"]))


@unhurried
@given(st.lists(RULE_LINES, max_size=5), st.text("ab/?", max_size=10))
def test_another_reader_of_rules_comes_to_the_same_result(rules, path):
    text = "User-agent: *\n" + "\n".join(f"{name}: {pattern}{end}" for name, pattern, end in rules)
    url = f"https://a.example/{path.lstrip('/')}"
    assert read(text.encode()).allows(url) == Protego.parse(text).can_fetch(url, "diembao")

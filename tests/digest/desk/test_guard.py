"""Every request that may change something is refused unless a page of the desk itself sent it."""

import itertools
from collections.abc import AsyncIterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Scope

from digest.desk.guard import Guard, Rules, policy, token_of

COOKIE = "visitor-cookie"
OURS = {"sec-fetch-site": "same-origin"}
RULES = Rules(cookie="phien", longest=2_000, longest_upload=50_000, uploads=("/tep",))


async def _echo(request: Request) -> Response:
    async with request.form() as form:
        return PlainTextResponse(f"{request.method} {sorted(form)} {request.state.nonce}")


async def _raw(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


async def _stream(_request: Request) -> Response:
    async def parts() -> AsyncIterator[bytes]:
        for part in (b"mot ", b"hai"):
            yield part

    return StreamingResponse(parts())


def _refused(_scope: Scope, status: int, reason: str) -> ASGIApp:
    return PlainTextResponse(reason, status_code=status)


@pytest.fixture
def desk() -> TestClient:
    methods = ["GET", "POST", "PUT", "PATCH", "DELETE"]
    routes = [Route(path, echo, methods=methods) for path, echo in (("/", _echo), ("/tep", _raw), ("/luong", _stream))]
    draws = itertools.count(1)
    app = Guard(Starlette(routes=routes), RULES, _refused, lambda: f"n{next(draws)}")
    client = TestClient(app, base_url="https://desk.example")
    client.cookies.set("phien", COOKIE)
    return client


def test_who_only_looks_is_let_through(desk: TestClient) -> None:
    desk.cookies.clear()
    assert desk.get("/").text == "GET [] n1"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "post", "FOO"])
def test_whatever_may_change_something_needs_origin_cookie_and_token(desk: TestClient, method: str) -> None:
    token = {"x-csrf-token": token_of(COOKIE)}
    assert desk.request(method, "/", headers=OURS | token).status_code in (200, 405)
    assert desk.request(method, "/", headers=token).text == "foreign"
    assert desk.request(method, "/", headers=OURS).text == "no-token"
    assert desk.request(method, "/", headers=OURS | {"x-csrf-token": token_of("other")}).text == "no-token"
    desk.cookies.clear()
    assert desk.request(method, "/", headers=OURS | token).text == "no-session"


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", "SAME-ORIGIN", ""])
def test_a_page_from_elsewhere_is_refused_though_it_knew_the_token(desk: TestClient, site: str) -> None:
    headers = {"sec-fetch-site": site, "x-csrf-token": token_of(COOKIE), "origin": "https://desk.example"}
    answer = desk.post("/", headers=headers)
    assert (answer.status_code, answer.text) == (403, "foreign")


@pytest.mark.parametrize(
    ("origin", "status"),
    [("https://desk.example", 200), ("https://evil.example", 403), ("null", 403), ("https://desk.example.evil", 403)],
)
def test_an_old_browser_says_by_its_origin_whence_it_comes(desk: TestClient, origin: str, status: int) -> None:
    answer = desk.post("/", headers={"origin": origin, "x-csrf-token": token_of(COOKIE)})
    assert answer.status_code == status


@pytest.mark.parametrize("files", [None, {"anh": ("a.jpg", b"x" * 100)}])
def test_the_token_may_stand_in_the_form_which_the_route_reads_again(desk: TestClient, files: object) -> None:
    answer = desk.post("/", headers=OURS, data={"csrf": token_of(COOKIE), "tit": "Một cửa"}, files=files)  # type: ignore[arg-type]
    assert answer.status_code == 200
    assert "'csrf', 'tit'" in answer.text
    assert desk.post("/", headers=OURS, data={"csrf": "khong"}, files=files).text == "no-token"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b'{"csrf": "%s"}' % token_of(COOKIE).encode(), "application/json"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"csrf=1", "multipart/form-data"),
        (b"\xff\xfe", "application/x-www-form-urlencoded"),
        (
            b'--x\r\ncontent-disposition: form-data; name="csrf"; filename="a"\r\n\r\nabc\r\n--x--\r\n',
            "multipart/form-data; boundary=x",
        ),
    ],
)
def test_a_body_that_is_no_form_brings_no_token(desk: TestClient, content: bytes, kind: str) -> None:
    answer = desk.post("/", headers=OURS | {"content-type": kind}, content=content)
    assert (answer.status_code, answer.text) == (403, "no-token")


def test_a_body_that_is_too_long_reaches_no_route_and_files_have_more_room(desk: TestClient) -> None:
    headers = OURS | {"x-csrf-token": token_of(COOKIE)}
    assert desk.post("/", headers=headers, content=b"x" * 2_001).status_code == 413
    assert desk.post("/tep", headers=headers, content=b"x" * 50_000).text == "50000"
    assert desk.post("/tep", headers=headers, content=b"x" * 50_001).text == "too-long"


def test_an_answer_that_streams_after_a_post_is_sent_whole(desk: TestClient) -> None:
    assert desk.post("/luong", headers=OURS | {"x-csrf-token": token_of(COOKIE)}).text == "mot hai"


def test_every_answer_forbids_what_the_desk_does_not_need(desk: TestClient) -> None:
    for answer in (desk.get("/"), desk.get("/khong-co"), desk.post("/")):
        headers = answer.headers
        assert "script-src 'nonce-n" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
        assert headers["strict-transport-security"]
    assert desk.get("/").headers["content-security-policy"] == policy("n4")


def test_without_https_no_browser_is_bound_to_it() -> None:
    app = Guard(Starlette(), Rules(cookie="phien", https=False), _refused)
    with TestClient(app) as client:
        answer = client.get("/")
    assert "strict-transport-security" not in answer.headers
    assert len(answer.headers["content-security-policy"].split("'nonce-")[1].split("'")[0]) >= 24

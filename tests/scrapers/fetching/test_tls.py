"""Real handshakes with servers whose certificates are made here."""

import asyncio
import socket
import ssl
import threading
from collections.abc import Mapping
from pathlib import Path

import pytest

from digest.errors import FetchError
from scrapers.fetching.fetch import Fetcher, Limits
from scrapers.fetching.tls import STRICT, context, exceptions
from scrapers.source import Source, Tls
from tests.scrapers.fakes import a_fetcher, a_source, a_web, redirects
from tests.scrapers.fetching.certificates import (
    HOST,
    MIDDLE,
    OTHER,
    ROOT,
    SHORT_KEY,
    Certified,
    a_tls_server,
    certified,
    trusting,
)
from tests.scrapers.fetching.fakes import refusal, resolving

# What is wrong with each server. The root stands for one that nobody here trusts.
SERVERS = {
    "self-signed": certified(HOST),
    "expired": certified(HOST, days=-1),
    "wrong name": certified("baokhac.example", MIDDLE),
    "incomplete chain": certified(HOST, MIDDLE),
    "weak key": certified(HOST, key=SHORT_KEY),
}


def outcomes(
    folder: Path, shown: Certified, tried: Mapping[str, Tls], *, ciphers: str = "DEFAULT@SECLEVEL=0"
) -> dict[str, str]:
    """How the server fares with each of these exceptions: "ok" or the kind of the refusal."""

    async def work() -> dict[str, str]:
        async with a_fetcher(transport=resolving(["127.0.0.1"])) as fetcher:
            return {name: await outcome(fetcher, url, a_source(domain=HOST, tls=tls)) for name, tls in tried.items()}

    with a_tls_server(folder, shown, ciphers=ciphers) as url:
        return asyncio.run(work())


async def outcome(fetcher: Fetcher, url: str, source: Source) -> str:
    try:
        await fetcher.fetch(url, source=source, kind="page")
    except FetchError as error:
        return error.kind
    return "ok"


@pytest.mark.parametrize("fault", SERVERS)
def test_a_server_that_is_not_in_order_is_refused(tmp_path, fault):
    assert outcomes(tmp_path, SERVERS[fault], {"none": STRICT}) == {"none": "tls"}


def exceptions_by_name(folder: Path) -> dict[str, Tls]:
    """Every exception that a person may make, for every fault."""
    own = trusting(folder, *SERVERS.values())
    return {
        "trust": Tls(trust=own),
        "name": Tls(name=OTHER),
        "weak": Tls(weak=True),
        "trust and name": Tls(trust=own, name=OTHER),
        "trust and weak": Tls(trust=own, weak=True),
        "name and weak": Tls(name=OTHER, weak=True),
    }


@pytest.mark.parametrize(
    ("fault", "passing"),
    [
        ("self-signed", {"trust", "trust and weak"}),
        ("expired", set()),
        ("wrong name", {"trust and name"}),
        ("incomplete chain", {"trust", "trust and weak"}),
        ("weak key", {"trust and weak"}),
    ],
)
def test_a_fault_passes_with_the_right_exception_and_no_other(tmp_path, fault, passing):
    results = outcomes(tmp_path, SERVERS[fault], exceptions_by_name(tmp_path))
    assert results == {name: "ok" if name in passing else "tls" for name in results}


def test_the_missing_certificate_of_a_chain_may_be_given(tmp_path):
    tried = {
        "middle": Tls(trust=trusting(tmp_path / "a", MIDDLE)),
        "both": Tls(trust=trusting(tmp_path / "b", ROOT, MIDDLE)),
        "root": Tls(trust=trusting(tmp_path / "c", ROOT)),
    }
    results = outcomes(tmp_path, SERVERS["incomplete chain"], tried)
    assert results == {"middle": "ok", "both": "ok", "root": "tls"}


def test_an_old_key_exchange_passes_as_weak(tmp_path):
    own = trusting(tmp_path, SERVERS["self-signed"])
    tried = {"strict": Tls(trust=own), "weak": Tls(trust=own, weak=True)}
    results = outcomes(tmp_path, SERVERS["self-signed"], tried, ciphers="AES128-SHA@SECLEVEL=0")
    assert results == {"strict": "tls", "weak": "ok"}


def test_certificates_that_cannot_be_read_are_told(tmp_path):
    spoilt = tmp_path / "hong.pem"
    spoilt.write_text("không phải chứng thư")
    for trust in (str(tmp_path / "khong-co.pem"), str(spoilt)):
        error = refusal(f"https://{HOST}/a.html", source=a_source(domain=HOST, tls=Tls(trust=trust)))
        assert error.kind == "tls"
        assert trust in error.detail


def test_an_exception_does_not_follow_a_redirect_elsewhere(tmp_path):
    own = Tls(trust=trusting(tmp_path, SERVERS["self-signed"]))

    async def work(start: str) -> tuple[str, str]:
        async with a_fetcher(transport=resolving(["127.0.0.1"])) as fetcher:
            stranger = await outcome(fetcher, start, a_source(domain=OTHER, tls=own))
            own_host = await outcome(fetcher, start, a_source(domain=OTHER, aliases=(HOST,), tls=own))
            return stranger, own_host

    with a_web() as front, a_tls_server(tmp_path, SERVERS["self-signed"]) as url:
        front.does("/a.html", redirects(url))
        results = asyncio.run(work(front.base.replace("127.0.0.1", OTHER) + "/a.html"))
    assert results == ("tls", "ok")


def test_a_line_that_is_cut_in_the_handshake_may_come_back():
    def hang_up() -> None:
        for _ in range(3):
            line, _ = listener.accept()
            line.recv(65536)
            line.close()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=hang_up)
        thread.start()
        error = refusal(f"https://127.0.0.1:{listener.getsockname()[1]}/robots.txt", kind="robots")
        thread.join()
    assert error.kind == "connect"


def test_a_handshake_that_hangs_costs_its_time():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"https://127.0.0.1:{listener.getsockname()[1]}/a.html"
        assert refusal(url, limits=Limits(seconds=0.2)).kind == "timeout"


def test_verification_is_never_off():
    for tls in (STRICT, Tls(weak=True), Tls(name=OTHER)):
        judge = context(tls)
        assert judge.verify_mode is ssl.CERT_REQUIRED
        assert judge.check_hostname
    assert context(STRICT).minimum_version is ssl.TLSVersion.TLSv1_2


OWN = Tls(weak=True)


@pytest.mark.parametrize(
    ("address", "excepted"),
    [
        ("https://baolua.example/a", True),
        ("https://www.BAOLUA.example:8443/a", True),
        ("https://baocu.example/a", True),
        ("https://rss.baolua.example/home.rss", True),
        ("https://sitemap.baolua.example/", True),
        ("https://bando.baolua.example/", False),
        ("https://baokhac.example/", False),
        ("https://baolua.example.ke-gian.example/", False),
    ],
)
def test_an_exception_holds_for_the_sources_own_hosts(address, excepted):
    source = a_source(
        domain="baolua.example",
        aliases=("Baocu.example", "www.baolua.example"),
        feeds=("https://rss.baolua.example/home.rss",),
        sitemaps=("https://sitemap.baolua.example/{year}.xml",),
        tls=OWN,
    )
    assert exceptions(source, address) == (OWN if excepted else STRICT)
    assert exceptions(None, address) == exceptions(a_source(domain="baolua.example"), address) == STRICT


def test_a_home_of_its_own_is_a_host_of_its_own():
    source: Source = a_source(domain="baolua.example", home="https://trangchu.example/", tls=OWN)
    assert exceptions(source, "https://trangchu.example/tin/a.html") == OWN

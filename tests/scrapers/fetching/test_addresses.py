from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.fetching import addresses
from tests.scrapers.fetching.fakes import unhurried


@pytest.mark.parametrize(
    "ip",
    [
        *("::ffff:100.64.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::7f00:1", "2002:7f00:1::", "fec0::1"),
        *("ff02::1", "3fff::1", "224.0.0.1", "192.88.99.1", "192.0.0.8"),
    ],
)
def test_what_the_standard_library_lets_through_is_refused(ip):
    assert addresses.check(ip) is not None
    assert addresses.check(ip, allow_private=True) is not None


@pytest.mark.parametrize(
    "ip",
    [
        *("0.0.0.1", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.31.255.255"),
        *("192.0.2.1", "192.168.1.1", "198.19.0.1", "198.51.100.7", "203.0.113.9", "240.0.0.1", "255.255.255.255"),
        *("::", "::1", "::ffff:8.8.8.8", "fc00::1", "fd12::1", "fe80::1", "fe80::1%eth0", "2001::1", "2001:db8::1"),
        *("4000::1", "5f00::1", "100::1", "hostname", "", "127.1", "1.2.3.4.5", "0x7f000001"),
        *(
            "0x7f.1",
            "2130706433",
            "0177.0.0.1",
            "127.0.0.01",
            "127.0.1",
            "::ffff:7f00:1",
            "::ffff:127.0.0.1",
            "::7f00:1",
        ),
        *(
            "0:0:0:0:0:ffff:7f00:1",
            "::ffff:0:127.0.0.1",
            "[::1]",
            "127.0.0.1:80",
            "127.0.0.1/8",
            " 127.0.0.1",
            "１２７.0.0.1",
        ),
        *(
            "::1%lo",
            "::1%1",
            "8.8.8.8%eth0",
            "2405:4800::1%eth0",
            "2405:4800::1%",
            "0.0.0.0",  # noqa: S104 - an address to refuse
            "192.0.0.170",
            "198.18.0.1",
        ),
        *("169.254.0.1", "192.31.196.1", "192.52.193.1", "192.175.48.1", "2001:2::1", "2001:20::1", "2620:4f:8000::1"),
        *("64:ff9b::a00:1", "64:ff9b:1:ffff::1", "100:0:0:1::1", "fec0::", "feff::1", "ff05::2", "3fff:fff::1", "::2"),
        *("2002:a00:1::1", "2001:0:7f00:1::1", "5f00:1::", "fe80::", "febf::1", "fdff::1", "1.1", "1"),
    ],
)
def test_addresses_that_are_not_public_are_refused(ip):
    assert addresses.check(ip) is not None


@pytest.mark.parametrize(
    "ip", ["8.8.8.8", "113.160.0.1", "172.32.0.1", "100.128.0.1", "2405:4800::1", "2606:4700::1111"]
)
def test_public_addresses_pass(ip):
    assert addresses.check(ip) is None


@pytest.mark.parametrize("ip", ["127.0.0.1", "::1", "10.0.0.5", "192.168.1.20", "fd00::5", "100.64.3.2"])
def test_networks_of_ones_own_pass_where_they_are_allowed(ip):
    assert addresses.check(ip, allow_private=True) is None


@pytest.mark.parametrize(
    "ip", ["169.254.169.254", "fe80::1", "fe80::1%eth0", "::1%lo", "0.0.0.1", "203.0.113.9", "::ffff:127.0.0.1"]
)
def test_allowing_ones_own_network_opens_nothing_else(ip):
    assert addresses.check(ip, allow_private=True) is not None


def test_the_reason_is_said():
    assert addresses.check("127.0.0.1") == "loopback"
    assert addresses.check("64:ff9b::7f00:1") == "NAT64"


@unhurried
@given(st.ip_addresses(v=4))
def test_an_ipv4_address_in_ipv6_clothes_is_refused(ip):
    for prefix in ("::ffff:", "::", "64:ff9b::", "64:ff9b:1::", "::ffff:0:"):
        assert addresses.check(f"{prefix}{ip}") is not None
        assert addresses.check(f"{prefix}{ip}", allow_private=ip not in ip_network("0.0.0.0/24")) is not None


@unhurried
@given(st.ip_addresses())
def test_what_passes_is_public_in_the_eyes_of_the_standard_library(ip):
    assert addresses.check(str(ip)) is not None or ip.is_global


@unhurried
@given(st.text(max_size=50) | st.text("0123456789abcdefx.:%[]/", max_size=50))
def test_any_text_is_an_address_or_refused(text):
    if addresses.check(text, allow_private=True) is None:
        assert str(ip_address(text)).strip("0123456789abcdef.:") == ""

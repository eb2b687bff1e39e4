import pytest

from scrapers import addresses


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


@pytest.mark.parametrize("ip", ["169.254.169.254", "fe80::1", "0.0.0.1", "203.0.113.9"])
def test_allowing_ones_own_network_opens_nothing_else(ip):
    assert addresses.check(ip, allow_private=True) is not None


def test_the_reason_is_said():
    assert addresses.check("127.0.0.1") == "loopback"
    assert addresses.check("64:ff9b::7f00:1") == "NAT64"

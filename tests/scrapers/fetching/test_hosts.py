import pytest

from scrapers.fetching.hosts import host_key, host_of


@pytest.mark.parametrize(
    "address",
    [
        *("https://www.baolua.example/a", "http://baolua.example/b", "HTTPS://BAOLUA.example:443/"),
        *("http://baolua.example:80/", "http://baolua.example./", "//baolua.example/c"),
    ],
)
def test_addresses_of_one_host_share_a_queue(address):
    assert host_key(address) == host_of(address) == "baolua.example"


def test_another_port_is_another_queue_and_the_same_host():
    assert host_key("http://127.0.0.1:81/") == "127.0.0.1:81" != host_key("http://127.0.0.1:82/")
    assert host_of("http://127.0.0.1:81/") == "127.0.0.1"
    assert host_key("http://baolua.example:443/") == "baolua.example:443"
    assert host_key("http://[::1]:81/") == "::1:81"


def test_a_name_with_vietnamese_letters_is_the_name_that_goes_over_the_wire():
    assert host_key("https://báolúa.example/") == host_key("https://xn--bola-5na6m.example/")


@pytest.mark.parametrize(
    "address", ["", "mailto:a@b.example", "http://[::1", "http://a:b/", "https://" + "ấ" * 70 + ".example/"]
)
def test_what_is_no_address_of_a_host_has_no_queue(address):
    assert host_key(address) == ""

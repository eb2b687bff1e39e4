"""Which addresses of the network may be connected to.

The catalogue and the pages it leads to are written by others: without this check a link could make the program ask
the office's own machines. `ipaddress.is_global` of Python 3.11 is not enough; it lets eleven of the forms below pass.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# What `allow_private` opens: networks of one's own. Link-local stays shut; cloud machines keep their secrets there.
_OWN = frozenset({"loopback", "private", "shared"})

_REFUSED_4 = tuple(
    (ip_network(network), reason)
    for network, reason in (
        ("0.0.0.0/8", "this network"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "shared"),
        ("127.0.0.0/8", "loopback"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "protocol assignments"),
        ("192.0.2.0/24", "documentation"),
        ("192.31.196.0/24", "anycast sinks"),
        ("192.52.193.0/24", "anycast relays"),
        ("192.88.99.0/24", "6to4 relays"),
        ("192.168.0.0/16", "private"),
        ("192.175.48.0/24", "anycast sinks"),
        ("198.18.0.0/15", "benchmarking"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
)
_REFUSED_6 = tuple(
    (ip_network(network), reason)
    for network, reason in (
        ("::1/128", "loopback"),
        ("::ffff:0:0/96", "mapped IPv4"),
        ("::/96", "compatible IPv4"),
        ("64:ff9b::/96", "NAT64"),
        ("64:ff9b:1::/48", "NAT64"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "site-local"),
        ("ff00::/8", "multicast"),
        ("2001::/23", "protocol assignments"),
        ("2001:db8::/32", "documentation"),
        ("2002::/16", "6to4"),
        ("2620:4f:8000::/48", "anycast sinks"),
        ("3fff::/20", "documentation"),
    )
)
_GLOBAL_UNICAST_6 = ip_network("2000::/3")


def check(ip: str, *, allow_private: bool = False) -> str | None:
    """Why a connection to this address is refused, None where it may be made.

    `allow_private` lets loopback, private and shared addresses pass, nothing else. A text that is no address is
    refused, and so is one with a zone: what is checked must be what is connected to, to the letter.
    """
    try:
        address = ip_address(ip)
    except ValueError:
        return "no address"
    if "%" in ip:
        return "an address of one link"
    reason = _reason(address)
    return None if allow_private and reason in _OWN else reason


def _reason(address: IPv4Address | IPv6Address) -> str | None:
    for network, reason in _REFUSED_4 if isinstance(address, IPv4Address) else _REFUSED_6:
        if address in network:
            return reason
    if isinstance(address, IPv6Address) and address not in _GLOBAL_UNICAST_6:
        return "reserved"
    return None

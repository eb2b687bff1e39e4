"""When the next try to sign in is let through, slowed or refused: by login and address, and by address. Pure.

Whoever guesses from elsewhere must not lock the real person out. So nothing counts by login alone, and from an
address where the person has signed in before a try is only ever slowed.
"""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from digest.text import one_line

WINDOW = timedelta(minutes=15)
OF_A_PAIR = 10  # failures of one login from one address
OF_AN_ADDRESS = 50  # failures of all logins from one address: an office shares one
_UNSLOWED = 5
_SLOWEST = timedelta(seconds=8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """Earlier failures inside the window, the newest first.

    `of_pair` of this login from this address since it was last right; `of_address` of any login from this address;
    `is_known`: this login has been right from this address before.
    """

    of_pair: Sequence[datetime] = ()
    of_address: Sequence[datetime] = ()
    is_known: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether the password is looked at, and how long to wait: before it is looked at, or before the next try."""

    admitted: bool
    wait: timedelta = timedelta(0)


def verdict(earlier: Earlier, moment: datetime) -> Verdict:
    """What becomes of a try at this moment."""
    if earlier.is_known:
        return Verdict(admitted=True, wait=_slowed(len(earlier.of_pair)))
    waits = [
        failures[limit - 1] + WINDOW - moment
        for failures, limit in ((earlier.of_pair, OF_A_PAIR), (earlier.of_address, OF_AN_ADDRESS))
        if len(failures) >= limit
    ]
    return Verdict(admitted=False, wait=max(waits)) if waits else Verdict(admitted=True)


def address_key(text: str) -> str:
    """Under which an address is counted: IPv4 whole, of IPv6 the network (/64), which one machine owns whole.

    What is no address ("testclient", a socket's path) counts as it is, shortened.
    """
    try:
        address = ipaddress.ip_address(text.strip().partition("%")[0])
    except ValueError:
        return one_line(text)[:64]
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def _slowed(failures: int) -> timedelta:
    over = failures - _UNSLOWED
    return min(timedelta(seconds=2 ** min(over, 3)), _SLOWEST) if over >= 0 else timedelta(0)

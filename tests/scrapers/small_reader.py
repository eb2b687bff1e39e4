"""A reader that runs apart and does what its bytes say, for the tests of `scrapers.apart`."""

import resource
import sys

from digest.errors import ExtractError
from scrapers import apart

READER = apart.Reader(
    module="tests.scrapers.small_reader", reads="letter", kinds=frozenset({"torn"}), out_of_memory=frozenset({6})
)


def read(body: bytes, *numbers: int) -> bytes:
    if body == b"torn":
        raise ExtractError("", "torn", "its end is missing")
    if body == b"large":
        return bytes(4 << 30)
    while body == b"endless":
        pass
    limits = (resource.getrlimit(which) for which in (resource.RLIMIT_CPU, resource.RLIMIT_AS, resource.RLIMIT_CORE))
    return b" ".join(b"%d" % number for limit in limits for number in limit) + b"|" + body + bytes(numbers)


if __name__ == "__main__":
    sys.exit(apart.serve(READER, sys.argv[1:], read))

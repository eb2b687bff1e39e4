"""One running newsroom for the tests that only look at it."""

from collections.abc import Iterator

import pytest

from digest.demo.newsroom import Newsroom


@pytest.fixture(scope="session")
def newsroom() -> Iterator[Newsroom]:
    with Newsroom() as running:
        yield running

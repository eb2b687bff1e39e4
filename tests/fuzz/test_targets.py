"""The drill's targets in small: mutated seeds in every run of the suite, and whatever a drill has ever found."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.seeds import SEEDS
from tests.fuzz.targets import TARGETS, one

FINDINGS = Path(__file__).with_name("findings")


FOUND = [(name, path) for name in TARGETS for path in sorted((FINDINGS / name).glob("*"))]


@st.composite
def spoilt(draw: st.DrawFn, name: str) -> bytes:
    """A seed with some stretches cut out, doubled, or overwritten."""
    data = bytearray(draw(st.sampled_from(SEEDS[name])))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 200)))
        put = draw(st.one_of(st.just(b""), st.binary(max_size=12), st.just(bytes(data[start:end]) * 2)))
        data[start:end] = put
    return bytes(data)


@pytest.mark.parametrize("name", TARGETS)
def test_a_seed_is_read(name):
    for seed in SEEDS[name]:
        one(name, seed)


@pytest.mark.parametrize("name", TARGETS)
def test_a_spoilt_input_brings_nothing_down_and_hangs_nothing(name):
    @settings(max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(st.one_of(spoilt(name), st.binary(max_size=300), st.text(max_size=200).map(str.encode)))
    def attempt(data: bytes) -> None:
        one(name, data)

    attempt()


@pytest.mark.parametrize(("name", "path"), FOUND, ids=[f"{name}-{path.stem}" for name, path in FOUND])
def test_what_a_drill_found_is_mended(name, path):
    one(name, path.read_bytes())

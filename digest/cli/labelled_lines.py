"""Labelled lines for the commands that learn and measure."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from digest.errors import InputError
from digest.files import name_of, read_lines

T = TypeVar("T")


def read_all(files: Sequence[str], read: Callable[..., T]) -> tuple[list[T], list[InputError]]:
    """What `read` makes of each line of the files, and what was wrong with the others."""
    values: list[T] = []
    errors: list[InputError] = []
    for file in files:
        for number, raw in read_lines(file):
            try:
                if isinstance(raw, InputError):
                    raise raw
                values.append(read(raw, source=name_of(file), number=number))
            except InputError as error:
                errors.append(error)
    return values, errors

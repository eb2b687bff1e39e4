"""Patterns of a profile: lines with words in braces that an issue fills in. Pure.

| word | filled with |
|---|---|
| {year}, {month}, {date}, {weekday} | 2023, 05, 31/05/2023, THỨ TƯ |
| {number}, {number2} | the issue's number: 5; with two digits at least: 05 |
| {name}, {topic} | the masthead's; {NAME}, {Topic}: in capitals, with its first letter alone a capital |

Nothing but these is looked at in braces: a pattern comes from a file, and the values from a bulletin.
"""

import re
from collections.abc import Iterator
from datetime import date

_WORD = re.compile(r"\{([^{}]*)\}")
_STRAY = re.compile(r"[{}]")
WORDS = ("year", "month", "date", "weekday", "number", "number2", "name", "NAME", "topic", "TOPIC", "Topic")
WEEKDAYS = ("THỨ HAI", "THỨ BA", "THỨ TƯ", "THỨ NĂM", "THỨ SÁU", "THỨ BẢY", "CHỦ NHẬT")


def filled(pattern: str, *, day: date, number: int | None, name: str, topic: str) -> str:
    """The line for an issue; empty where it asks for a number that the issue has not."""
    if number is None and has_number(pattern):
        return ""
    values = {
        "year": f"{day:%Y}",
        "month": f"{day:%m}",
        "date": f"{day:%d/%m/%Y}",
        "weekday": WEEKDAYS[day.weekday()],
        "number": str(number),
        "number2": f"{number or 0:02d}",
        "name": name,
        "NAME": name.upper(),
        "topic": topic,
        "TOPIC": topic.upper(),
        "Topic": topic.capitalize(),
    }
    return " ".join(_WORD.sub(lambda match: values[match.group(1)], pattern).split())


def has_number(pattern: str) -> bool:
    """Whether the line tells the issue's number."""
    return any(word.startswith("number") for word in _WORD.findall(pattern))


def problems(pattern: str) -> Iterator[str]:
    """What is wrong with a pattern."""
    for word in _WORD.findall(pattern):
        if word not in WORDS:
            yield f"{{{word}}} is unknown; known: {', '.join(f'{{{known}}}' for known in WORDS)}"
    if _STRAY.search(_WORD.sub("", pattern)):
        yield "a brace stands alone; write {year}"

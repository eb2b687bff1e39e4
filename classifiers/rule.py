"""A rule: a named pattern of the codebook."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A named pattern. `label` is what an editor reads; `title_only` for forms that only a headline shows."""

    key: str
    label: str
    pattern: re.Pattern[str]
    title_only: bool = False


def rule(key: str, label: str, words: str, *, title_only: bool = False) -> Rule:
    """A rule of alternatives that stand as whole words, so that "nga" is not found in "ngay".

    A word of several syllables may still hold another ("xã hội" holds "xã"), which each pattern excludes itself.
    """
    return Rule(key=key, label=label, pattern=re.compile(rf"(?<!\w)(?:{words})(?!\w)"), title_only=title_only)

"""An outlet's name as citations spell it: what of it counts where two names are compared."""

import re
from functools import lru_cache

from digest.text import fold

# What a citation puts around an outlet's own name, as `name_key` has it: without commas, no blanks around a dash.
_BEFORE = tuple(
    fold(words) + " "
    for words in (
        "báo và phát thanh truyền hình",
        "báo và phát thanh-truyền hình",
        "báo điện tử",
        "báo",
        "cổng thông tin điện tử",
        "cổng TTĐT",
        "trang thông tin điện tử",
    )
)
_AFTER = tuple(" " + fold(words) for words in ("điện tử", "online"))
_JOURNAL = fold("tạp chí") + " "
_DASH = re.compile(r"\s*[-–—]\s*")


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """The name without case, tone placement and the ways to write "và" and a dash."""
    return fold(_DASH.sub("-", name.replace("&", " và ").replace(",", " ")))


@lru_cache(maxsize=4096)
def own_key(name: str) -> str:
    """The key of a name without what is customary around it: "Báo Nhân Dân điện tử" and "Nhân Dân" meet."""
    key = name_key(name)
    before = next((words for words in _BEFORE if key.startswith(words)), "")
    after = next((words for words in _AFTER if key.endswith(words)), "")
    return key.removeprefix(before).removesuffix(after)


def bare_key(name: str) -> str:
    """`own_key` of a journal's name without "Tạp chí" too. A paper and a journal may share it, being two outlets."""
    return own_key(name).removeprefix(_JOURNAL)

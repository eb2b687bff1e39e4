"""Old font encodings: what is recognised and converted, beside viparse in the same run; PDF libraries' speed.

    python -m benchmarks.legacy [-o FILE.json] [--articles N] [--encoded N]

Reads ../shared/seeds and ../shared/corpus; where they are absent it says so and ends with 0. viparse is no dependency:
install it beside (`pip install viparse==0.1.31`), else its column gives the reason why it is empty. Pages a second are
processor time on one core; pdfminer.six and pypdf are measured where they are installed.
"""

import argparse
import gzip
import importlib
import io
import json
import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

from scrapers.documents.legacy import mend_text
from scrapers.documents.pdf import read_pdf
from scrapers.documents.syllables import is_syllable, spoken
from tests.scrapers.documents.encoders import to_tcvn3, to_vni
from tests.scrapers.documents.makers import PROSE, a_pdf

SHARED = Path(__file__).resolve().parents[2] / "shared"
WORD = re.compile(r"[^\W\d_]+")
Convert = Callable[[str], str]


def articles(number: int) -> list[str]:
    """Real articles in Unicode, a paragraph a line."""
    with gzip.open(SHARED / "corpus" / "fulltext_2017.jsonl.gz", "rt", encoding="utf-8") as lines:
        told = (json.loads(line) for line in islice(lines, number))
        return [unicodedata.normalize("NFC", "\n".join([one["title"], one["sapo"] or "", one["text"]])) for one in told]


def valid_share(text: str) -> float:
    """How many words that ought to be syllables are; acronyms and codes apart."""
    words = list(spoken(text))
    return sum(map(is_syllable, words)) / len(words)


def words_lost(text: str, mended: str, *, fold: bool = False) -> int:
    """How many of the text's words are not in what became of it; blanks and line ends do not count."""
    one, other = (Counter(WORD.findall(given.lower() if fold else given)) for given in (text, mended))
    return (one - other).total()


def round_trip(texts: list[str], encode: Convert, convert: Convert) -> dict[str, float]:
    """The share of words that came back as they were, and of those that came back but for capitals."""
    mended = [(text, convert(encode(text))) for text in texts]
    total = sum(len(WORD.findall(text)) for text in texts)
    return {
        "exact": 1 - sum(words_lost(*pair) for pair in mended) / total,
        "but_for_capitals": 1 - sum(words_lost(*pair, fold=True) for pair in mended) / total,
        "words": total,
    }


def figures(convert: Convert, unicode_texts: list[str], encoded: list[str]) -> dict[str, Any]:
    seeds = {path.name: path.read_text(encoding="utf-8") for path in sorted((SHARED / "seeds").glob("*.txt"))}
    journal = next(text for name, text in seeds.items() if "001" in name)
    others = [text for text in seeds.values() if text is not journal]
    start = time.process_time()
    mended = [convert(text) for text in unicode_texts]
    spent = time.process_time() - start
    return {
        "seed_001_valid_share": valid_share(convert(journal)),
        "other_seeds_changed": sum(convert(text) != text for text in others),
        "other_seeds_words_changed": sum(words_lost(text, convert(text)) for text in others),
        "unicode_articles_changed": sum(text != new for text, new in zip(unicode_texts, mended, strict=True)),
        "unicode_words_changed": sum(map(words_lost, unicode_texts, mended)),
        "unicode_articles_a_second": len(unicode_texts) / max(spent, 1e-9),
        "vni_round_trip": round_trip(encoded, to_vni, convert),
        "tcvn3_round_trip": round_trip(encoded, to_tcvn3, convert),
    }


def theirs(unicode_texts: list[str], encoded: list[str]) -> dict[str, Any]:
    try:
        viparse = importlib.import_module("viparse.api")
    except ImportError as error:
        return {"skipped": f"viparse is not installed ({error})"}
    convert: Convert = viparse.fix
    line_by_line: Convert = lambda text: "\n".join(convert(line) for line in text.split("\n"))  # noqa: E731 - one use
    return {
        "whole_documents": figures(convert, unicode_texts, encoded),
        "line_by_line": figures(line_by_line, unicode_texts, encoded),
    }


def pages_a_second(read: Callable[[bytes], object], body: bytes, pages: int) -> float:
    start = time.process_time()
    read(body)
    return pages / (time.process_time() - start)


def pdf_speeds() -> dict[str, Any]:
    """The same journal of two columns, read by what could read it."""
    body = a_pdf('#set page("a4", columns: 2)\n#set par(justify: true)\n' + "\n\n".join(PROSE * 150))
    pages = len(importlib.import_module("pypdfium2").PdfDocument(body))
    speeds: dict[str, Any] = {"pages": pages}
    speeds["ours_with_layout"] = pages_a_second(lambda data: read_pdf(data, url="", most_pages=500), body, pages)
    for name, module, read in (
        ("pdfminer.six", "pdfminer.high_level", lambda found: lambda data: found.extract_text(io.BytesIO(data))),
        (
            "pypdf",
            "pypdf",
            lambda found: lambda data: [page.extract_text() for page in found.PdfReader(io.BytesIO(data)).pages],
        ),
    ):
        try:
            speeds[name] = pages_a_second(read(importlib.import_module(module)), body, pages)
        except ImportError as error:
            speeds[name] = f"skipped: {error}"
    return speeds


def measure(number: int, encoded: int) -> dict[str, Any]:
    unicode_texts = articles(number)
    return {
        "articles": len(unicode_texts),
        "encoded": encoded,
        "ours": figures(mend_text, unicode_texts, unicode_texts[:encoded]),
        "viparse": theirs(unicode_texts, unicode_texts[:encoded]),
        "pdf_pages_a_second": pdf_speeds(),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("-o", "--output", type=Path, help="write the figures there as well")
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--encoded", type=int, default=1000)
    options = parser.parse_args()
    if not SHARED.is_dir():
        print("skipped: ../shared is not here", file=sys.stderr)
        return 0
    told = measure(options.articles, options.encoded)
    text = json.dumps(told, ensure_ascii=False, indent=1)
    print(text)
    if options.output:
        options.output.write_text(text + "\n")
    ours = told["ours"]
    reached = (
        ours["seed_001_valid_share"] >= 0.998
        and ours["other_seeds_changed"] == ours["unicode_articles_changed"] == 0
        and min(ours["vni_round_trip"]["exact"], ours["tcvn3_round_trip"]["exact"]) >= 0.998
    )
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())

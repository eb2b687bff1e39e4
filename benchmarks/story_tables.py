"""The table of how common terms are, counted in the unlabelled stream: classifiers/story_terms.json.

python -m benchmarks.story_tables
"""

import itertools
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import classifiers
from benchmarks.story_data import STREAM
from classifiers.story_words import WORD, spelt_alike
from digest.files import read_bytes
from digest.wire import parse

TABLE = Path(classifiers.__file__).with_name("story_terms.json")
_LEAST_DOCUMENTS = 100


def terms_of_items() -> Iterator[set[str]]:
    """Of each item the words and pairs of words of title and standfirst."""
    for line in read_bytes(STREAM).splitlines():
        raw = parse(line)
        texts = [spelt_alike(WORD.findall(str(raw.get(field) or ""))) for field in ("title", "sapo")]
        yield {term for words in texts for term in (*words, *(" ".join(pair) for pair in itertools.pairwise(words)))}


def main() -> None:
    counts: Counter[str] = Counter()
    documents = 0
    for terms in terms_of_items():
        counts.update(terms)
        documents += 1
    table = json.loads(TABLE.read_text(encoding="utf-8"))
    kept = {term: count for term, count in counts.most_common() if count >= _LEAST_DOCUMENTS}
    TABLE.write_text(json.dumps(table | {"documents": documents, "terms": kept}, ensure_ascii=False, indent=0))
    print(f"{len(kept)} terms of {documents} items")


if __name__ == "__main__":
    main()

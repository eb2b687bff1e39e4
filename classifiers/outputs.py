"""What a model answers: the columns of its weights."""

from digest.model import AREA_KEYS, SECTION_KEYS

RELEVANCE = "relevance"
OUTPUTS = (RELEVANCE, *(f"section:{key}" for key in SECTION_KEYS), *(f"area:{key}" for key in AREA_KEYS))
SECTION_COLUMNS = tuple(OUTPUTS.index(f"section:{key}") for key in SECTION_KEYS)
AREA_COLUMNS = tuple(OUTPUTS.index(f"area:{key}") for key in AREA_KEYS)

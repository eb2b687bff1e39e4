"""Factories of candidates, shared by the tests of the rules that choose."""

from typing import Any

from digest.model import Candidate, Judgement, StoryMark
from tests.fakes import an_article


def a_candidate(name: str, **fields: Any) -> Candidate:
    """A relevant article of its own outlet and story; name what differs."""
    story = fields.pop("story", f"s-{name}")
    lead = fields.pop("lead", True)
    judged = {
        "relevance": fields.pop("relevance", 0.9),
        "section": fields.pop("section", "dia_phuong"),
        "section_confidence": fields.pop("section_confidence", 0.8),
        "provinces": fields.pop("provinces", ()),
    }
    judged["selected"] = fields.pop("selected", judged["relevance"] >= 0.5)
    known = {
        "id": name,
        "url": f"https://{name}.example/bai-{name}.html",
        "outlet": f"{name.capitalize()}.example",
        "title": f"Tin của {name}",
    }
    article = an_article(**(known | fields))
    return Candidate(article=article, judgement=Judgement(**judged), story=StoryMark(story=story, lead=lead))

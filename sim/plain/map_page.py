"""plain: the map in words."""

from __future__ import annotations

from collections.abc import Iterator

from sim.plain.round_pages import Statement
from sim.words.catalog import sentence
from sim.words.map import marker_text, told
from sim.words.models import MapModel
from sim.words.sources import cited


def chart(model: MapModel | None, word: str) -> Iterator[Statement]:
    """What is marked now, places and lines of a view; `word` is part of its name, the first view unless given."""
    if model is None:
        yield "This scenario brings no map."
        return
    found = [view for view in model.views if word.lower() in f"{view.id} {view.title}".lower()]
    if not found:
        yield f"No view of the map has `{word}` in its name; there are {', '.join(v.title for v in model.views)}."
        return
    cites = {marker_text(marker): cited(marker.source) for marker in model.markers}
    for heading, said in told(model, found[0].id):
        if not said:
            continue
        yield f"{heading}:"
        for text in said:
            yield "-", text
            if cites.get(text):
                yield " ", sentence(cites[text])

"""report: a match as records, one JSON object a line, for grading and research."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sim.play.export import export_log
from sim.play.match import Match


def records(match: Match, viewer: str, more: Iterable[Mapping[str, Any]] = ()) -> Iterator[dict[str, Any]]:
    """What a viewer may take away of a match, each record with its kind and, where it has one, its round.

    `match` comes first; then for each round `opening`, `order`, `choice` (control alone) and `event`, in that order;
    `end` is last. `more` are records of the class: each stands behind the opening of its round; those of no round come
    before the first one, those of a later round than was played before the end.
    """
    log = export_log(match, viewer)
    rounds, orders, choices = log.pop("rounds"), log.pop("orders"), log.pop("choices", {})
    last, ending, reached = log.pop("last"), log.pop("ending"), log.pop("round")
    known = {it["round"] for it in rounds}
    first, latest = min(known, default=1), max(known, default=0)
    of_class: dict[int, list[dict[str, Any]]] = {}
    for one in more:
        of_class.setdefault(one.get("round", 0), []).append(dict(one))
    yield {"record": "match", **log}
    yield from (one for number in sorted(of_class) if number < first for one in of_class[number])
    for it in rounds:
        number = it["round"]
        yield {"record": "opening", "round": number, "values": it["values"]}
        yield from of_class.get(number, ())
        for seat, moves in orders.get(str(number), {}).items():
            for place, move in enumerate(moves, 1):
                yield {"record": "order", "round": number, "seat": seat, "place": place, "move": move}
        for seat, choice in choices.get(str(number), {}).items():
            yield {"record": "choice", "round": number, "seat": seat, **choice}
        for event in it["events"]:
            yield {"record": "event", "round": number, **event}
    yield from (one for number in sorted(of_class) if number > latest for one in of_class[number])
    yield {"record": "end", "round": reached, "ending": ending, "values": last}


def lines(found: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Records as lines of text."""
    for it in found:
        yield json.dumps(it, ensure_ascii=False, separators=(", ", ": "))

"""authoring: verdicts on promises as text and as JSON, and the matches that show them as saves."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sim.authoring.expect.testing import Judged, Refuted, Verdict, game_for
from sim.authoring.explore.report import witness
from sim.authoring.explore.saves import ENDING, kept, through
from sim.batch.line import replayed
from sim.errors import Span
from sim.scenario.load import Loaded
from sim.scenario.names import MAIN


def file_name(loaded: Loaded, judged: Judged) -> str:
    """What the save of a promise is called."""
    return f"{loaded.usable()[0].id}-promise-{judged.promise.number + 1}{ENDING}"


def save(loaded: Loaded, judged: Judged, folder: Path) -> Path | None:
    """The match that shows a verdict as a save that `detente replay` reads, in place of an older one; None without one.

    Raises `Refuted` if the match does not go as it was found, `SaveError` for the file.
    """
    if judged.line is None or not judged.line.steps:
        return None
    game = game_for(loaded, judged.promise)
    match = through(loaded, judged.promise.leg, judged.line, f"the promise “{judged.promise.text}”", game)
    *_, (state, _) = replayed(game, judged.line)
    if match.state.values != state.values or match.state.ending != state.ending:
        raise Refuted(f"The match that shows “{judged.promise.text}” goes another way when it is played; please report "
                      "this scenario.")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / file_name(loaded, judged)
    path.unlink(missing_ok=True)
    kept(match, path)
    return path


def span(loaded: Loaded, judged: Judged) -> Span | None:
    """Where the promise stands."""
    document = loaded.documents.get(MAIN)
    return document.span(("expect", judged.promise.number)) if document is not None else None


def text(loaded: Loaded, judged: Judged, path: Path | None) -> str:
    """A verdict as lines: what was promised, how it stands, and how to see it."""
    place = span(loaded, judged)
    where = f" ({place.path}:{place.line})" if place is not None and judged.verdict is not Verdict.KEPT else ""
    out = [f"{judged.verdict.value:9}  {judged.promise.text}{where}", f"           {judged.why}."]
    if path is not None:
        out.append(f"           see it: detente replay {shlex.quote(str(path))}")
    return "\n".join(out)


def as_json(loaded: Loaded, judged: Judged, path: Path | None) -> dict[str, Any]:
    """A verdict with its documented keys."""
    place = span(loaded, judged)
    share = judged.share
    return {"scenario": loaded.usable()[0].id, "text": judged.promise.text, "verdict": judged.verdict.value,
            "known_by": judged.known_by, "why": judged.why, "path": place.path if place else None,
            "line": place.line if place else None, "column": place.column if place else None, "games": judged.games,
            "share": None if share is None else {"count": share.count, "share": round(share.share, 6),
                                                 "low": round(share.low, 6), "high": round(share.high, 6)},
            "mean": None if judged.mean is None else round(judged.mean, 4), "witness": _witness(loaded, judged, path)}


def _witness(loaded: Loaded, judged: Judged, path: Path | None) -> dict[str, Any] | None:
    line = judged.line
    if line is None:
        return None
    rounds = [it for it in witness(game_for(loaded, judged.promise), line) if it.orders or it.chance]
    return {"round": judged.round, "orders": line.orders, "seed": line.seed, "save": None if path is None else str(path),
            "rounds": [{"round": it.round, "orders": {seat: list(keys) for seat, keys in it.orders.items()},
                        "outcomes": it.outcomes, "chance": list(it.chance)} for it in rounds]}


def summary(found: Sequence[Judged]) -> str:
    """`9 promises: 7 kept, 1 broken, 1 undecided.` as one line."""
    counts = [f"{n} {verdict.value}" for verdict in Verdict if (n := sum(it.verdict is verdict for it in found))]
    total = len(found)
    return f"{total} promise{'' if total == 1 else 's'}: {', '.join(counts)}." if found else "No promises: `expect:` is empty."


def exit_code(found: Sequence[Judged], *, strict: bool = False) -> int:
    """1 if one is broken, or, when strict, if one is not kept; else 0."""
    wrong = {Verdict.BROKEN, Verdict.UNDECIDED} if strict else {Verdict.BROKEN}
    return int(any(it.verdict in wrong for it in found))

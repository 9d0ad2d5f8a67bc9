"""authoring: what an exploration shows of a scenario's balance, in sentences with their numbers."""

from __future__ import annotations

from typing import Any

from sim.batch import choices
from sim.batch import findings as limits
from sim.batch.findings import Findings, Idle
from sim.batch.walks import STALL


def sentences(found: Findings) -> list[str]:
    """The findings with the sizes and thresholds they rest on; several of one kind that need one sentence have one."""
    folded = {"worthless": _worthless, "idle": _idle}
    out: list[str] = []
    for told in as_json(found):
        fold = folded.get(told["kind"])
        sentence = fold(found) if fold else told["sentence"]
        if sentence not in out:
            out.append(sentence)
    return out


def _worthless(found: Findings) -> str:
    """Moves that bring nothing in the round in which they are played."""
    several = len(found.worthless) > 1
    each = "Where one of them was open" if several else "Wherever it was open"
    moves = [f"`{it.move}` ({f'in {it.states} sampled choices' if n == 0 else it.states})" for n, it in enumerate(found.worthless)]
    return (f"{_listed(moves)} {'never bring their' if several else 'never brings its'} seat more than other moves in the round "
            f"itself. {each}, something else brought at least {choices.WORTH_MARGIN:g} point more at once. That is as "
            "it should be for a step that pays later; look at those that were meant to pay at once.")


def _idle(found: Findings) -> str:
    """Rounds in which it does not matter what one orders."""
    if len(found.idle) == 1:
        return _idle_round(found.idle[0])
    rounds = _listed([f"{it.round} ({it.idle} of {it.met})" for it in found.idle])
    return (f"Rounds {rounds} hold no real choice: for that many of the seats that met them, the two best choices differ by "
            f"less than {choices.CHOICE_MARGIN:g} point at once (threshold {limits.IDLE_SHARE:.0%}).")


def _idle_round(it: Idle) -> str:
    return (f"Round {it.round} holds no real choice: for {it.idle} of {it.met} seats that met it, the two best "
            f"choices differ by less than {choices.CHOICE_MARGIN:g} point at once (threshold {limits.IDLE_SHARE:.0%}).")


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def as_json(found: Findings) -> list[dict[str, Any]]:
    """Each finding with its numbers and its sentence."""
    out: list[dict[str, Any]] = []
    out.extend({"kind": "dominant", "seat": d.seat, "move": d.move, "best": d.best, "states": d.states, "sentence":
                    f"`{d.move}` is dominant for {d.seat}: in {d.best} of {d.states} sampled states in which it was legal "
                    f"it gains at least {choices.DOMINANT_MARGIN:g} point more at once than any other choice "
                    f"(threshold {limits.DOMINANT_SHARE:.0%})."}
               for d in found.dominant)
    out.extend({"kind": "worthless", "move": w.move, "states": w.states, "sentence":
                    f"`{w.move}` never brings its seat more than other moves in the round itself: in {w.states} sampled choices "
                    f"it never came within {choices.WORTH_MARGIN:g} point of the best."}
               for w in found.worthless)
    out.extend({"kind": "idle", "round": i.round, "idle": i.idle, "met": i.met, "sentence": _idle_round(i)}
               for i in found.idle)
    if found.stalls is not None:
        s = found.stalls
        out.append({"kind": "stall", "games": s.games, "of": s.of, "earliest": s.earliest, "sentence":
                    f"{s.games} of {s.of} matches stall: for {STALL} rounds or more, up to the end of the clock, nothing is "
                    f"open to any seat and nothing but the clock changes, at the earliest from round {s.earliest} "
                    f"(threshold {limits.STALL_SHARE:.0%})."})
    out.extend({"kind": "idle_seat", "seat": seat.seat, "games": seat.games, "passing": seat.other_passing,
                    "random": seat.other_random, "sentence":
                    f"{seat.seat} could not be seen to matter: whether it plays its persona, passes or plays at random, "
                    f"every ending's share stays within its 95 % interval over {seat.games} matches each; on the same luck "
                    f"{seat.other_passing} matches end otherwise when it passes, {seat.other_random} when it plays at random."}
               for seat in found.idlers)
    return out


def basis(found: Findings) -> str:
    """What the findings rest on."""
    seats = f"{found.paired} matches for each comparison of seats" if found.paired >= limits.FEWEST_GAMES else \
        f"seats were not compared: {found.paired} matches each are fewer than {limits.FEWEST_GAMES}"
    return (f"{found.states:,} sampled states, {found.games:,} matches, {seats}; gains are what a move brings its seat's "
            "score at once, as the seat sees it.")

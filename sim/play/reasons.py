"""play: how much of a policy's reasons a viewer may be shown (F6)."""

from __future__ import annotations

from dataclasses import replace

from sim.play.protocols import Choice, Reason
from sim.rules import CONTROL, Event, Game
from sim.rules.tables import Move
from sim.rules.views import hears, sees


def shown(game: Game, choice: Choice, seat: str, viewer: str, *, told: bool) -> tuple[Reason, ...]:
    """The reasons of a seat's choice that a viewer may read.

    Control and the seat itself read all. Others read, if they are `told` at all, the reasons of moves they heard of,
    with those conditions and rivals that rest on what they see themselves, and without weights and gains, from which
    the rest could be worked out. That a seat passed is not told: it would give away that it did nothing in secret.
    """
    if viewer in (CONTROL, seat):
        return choice.reasons
    if not told:
        return ()
    return tuple(_partly(game, reason, viewer) for reason in choice.reasons if _heard(game, reason, seat, viewer))


def _heard(game: Game, reason: Reason, seat: str, viewer: str) -> bool:
    if reason.move:
        return _public_to(game, reason.move, viewer)
    # a question left unanswered: who hears of its answers notices that none came
    number = game.number(seat)
    answers = [n for q in game.questions if q.id == reason.question and q.seat == number for n in q.answers]
    return bool(answers) and all(_public_to(game, game.moves[n].key, viewer) for n in answers)


def _partly(game: Game, reason: Reason, viewer: str) -> Reason:
    return replace(
        reason, weight=0, total=0, gain=0,
        factors=tuple(f for f in reason.factors if _seen(game, f[0], viewer)),
        rivals=tuple((key, 0) for key, _ in reason.rivals if _weighable(game, key, viewer)),
        otherwise=tuple(c for c in reason.otherwise if _seen(game, c, viewer)))


def _public_to(game: Game, key: str, viewer: str) -> bool:
    return hears(game, Event("move", 0, key), viewer)


def _weighable(game: Game, key: str, viewer: str) -> bool:
    """Whether naming a rival tells the viewer nothing: it would hear of the move and can see whether it is open."""
    if key not in game.by_key:
        return False
    move: Move = game.moves[game.by_key[key]]
    return _public_to(game, key, viewer) and _seen(game, move.cond, viewer)


def _seen(game: Game, cond: int, viewer: str) -> bool:
    """Whether a viewer sees every variable that a condition reads."""
    atoms = (game.atoms[k] for k in game.conds[cond] if k >= 0)
    return all(sees(game, viewer, a.x) and (a.y < 0 or sees(game, viewer, a.y)) for a in atoms)

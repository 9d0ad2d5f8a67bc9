"""words: a refusal as one clear sentence: what, and what to do."""

from __future__ import annotations

from sim.rules import Refusal
from sim.words.catalog import Catalog
from sim.words.estimative import counted
from sim.words.models import Obstacle


def refused(catalog: Catalog, refusal: Refusal, why_not: tuple[Obstacle, ...] = ()) -> str:
    """The sentence for a refusal; `why_not` says why a closed move is closed."""
    move = catalog.moves.get(refusal.move)
    title = f"“{move.title}”" if move else f"`{refusal.move}`"
    numbers = refusal.numbers
    match refusal.code:
        case "unknown_move":
            return f"There is no move {title} in this scenario; choose one from the menu."
        case "not_yours":
            return f"{title} is not a move of your seat; choose one from the menu."
        case "closed":
            return f"{title} is not possible now{_because(why_not)}."
        case "attention":
            return (f"{title} takes {numbers['need']} of attention and {numbers['left']} is left; "
                    "remove an order or choose a smaller one.")
        case "too_many":
            return f"Only {counted(numbers['most'], 'order')} can be filed in a round; remove one to add {title}."
        case "twice":
            return f"{title} is filed already."
        case "answered_twice":
            return f"That question has an answer already; remove it to answer with {title}."
        case "not_open":
            return "No round is open, so nothing can be filed now; wait for the next round."
        case "over":
            return "The match is over; nothing more can be filed."


def _because(why_not: tuple[Obstacle, ...]) -> str:
    if not why_not:
        return ""
    parts = [f"{o.text} ({o.now})" if o.now else o.text for o in why_not]
    return ": it needs that " + "; and that ".join(parts)

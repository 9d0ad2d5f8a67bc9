"""words: why a move is closed: its condition opened to the smallest parts that fail, with today's values.

Conditions are only read here to be explained; what is legal is decided in `rules` alone. A test holds that a move is
closed there exactly when something is found here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.scenario.conditions import All, Always, Any, Compare, Condition, Flag, Is, Named, Not, Played
from sim.words.asked import Part, about, one_of, present, some_clause, subject, worded
from sim.words.catalog import Names
from sim.words.models import Obstacle

MOST_ALTERNATIVES = 4
"""Beyond this, alternatives that have a name of their own are named instead of opened."""
_WHOLE = ("open for", "none is", "done ", "not done", "it stands", "not signed", "so for", "not so")


def holds(names: Names, condition: Condition, values: Sequence[int]) -> bool:
    """Whether a condition holds on these values."""
    index = names.catalog.index
    match condition:
        case Always(value=value):
            return value
        case Compare(terms=terms, const=const, op=op):
            total = const + sum(k * values[index[name]] for k, name in terms)
            return total >= 0 if op == ">=" else (total == 0) == (op == "==")
        case Is(name=name, status=status, negated=negated):
            at = names.catalog.variable(name).statuses.index(status)
            return (values[index[name]] == at) != negated
        case Flag(name=name):
            return values[index[name]] >= 1
        case Played(move=move):
            return any(values[n] >= 1 for n in _counters(names, move))
        case Not(item=item):
            return not holds(names, item, values)
        case Named(body=body):
            return holds(names, body, values)
        case All(items=items):
            return all(holds(names, item, values) for item in items)
        case Any(items=items):
            return any(holds(names, item, values) for item in items)


def obstacles(names: Names, condition: Condition, values: Sequence[int]) -> tuple[Obstacle, ...]:
    """What fails in a condition, smallest parts first named, each once; empty if it holds."""
    if holds(names, condition, values):
        return ()
    found = [_obstacle(names, parts, values) for parts in _failing(names, Part(condition, opposite=False), values)]
    return tuple(dict.fromkeys(found))


def then(now: str) -> str:
    """Today's value of an obstacle, told later: `then 0`, `not so then`."""
    if now.startswith("now "):
        return f"then {now.removeprefix('now ')}"
    return now.replace("not so now", "not so then")


def _failing(names: Names, part: Part, values: Sequence[int]) -> Iterator[tuple[Part, ...]]:
    """The parts that fail, each as its alternatives: one of them would do."""
    condition, opposite = part
    match condition:
        case Named(body=body):
            yield from _failing(names, Part(body, opposite), values)
        case Not(item=item):
            yield from _failing(names, Part(item, not opposite), values)
        case All(items=items) if not opposite:
            for item in items:
                if not holds(names, item, values):
                    yield from _failing(names, Part(item, opposite), values)
        case Any(items=items) if opposite:
            for item in items:
                if holds(names, item, values):
                    yield from _failing(names, Part(item, opposite), values)
        case All(items=items) | Any(items=items):
            yield _alternatives(items, opposite=opposite)
        case _:
            yield (part,)


def _alternatives(items: tuple[Condition, ...], *, opposite: bool) -> tuple[Part, ...]:
    opened: list[Part] = []
    for item in items:
        opened.extend(_opened(Part(item, opposite)))
    if len(opened) <= MOST_ALTERNATIVES:
        return tuple(opened)
    return tuple(Part(item, opposite) for item in items)


def _opened(part: Part) -> Iterator[Part]:
    condition, opposite = part
    match condition:
        case Named(body=body) if isinstance(body, Any | Is | Compare | Flag | Not):
            yield from _opened(Part(body, opposite))
        case Not(item=item):
            yield from _opened(Part(item, not opposite))
        case Any(items=items) if not opposite:
            for item in items:
                yield from _opened(Part(item, opposite))
        case All(items=items) if opposite:
            for item in items:
                yield from _opened(Part(item, opposite))
        case _:
            yield part


def _obstacle(names: Names, parts: tuple[Part, ...], values: Sequence[int]) -> Obstacle:
    together = some_clause(names, parts)
    if together:
        return Obstacle(together, "none is")
    texts: list[str] = []
    nows: list[tuple[str, str]] = []
    for name, group in _by_status(parts):
        if name:
            texts.append(one_of(names, name, group))
            nows.append((subject(names, name), present(names, group[0], values)))
        else:
            for part in group:
                texts.append(worded(names, part))
                nows.append((about(names, part), present(names, part, values)))
    shown = list(dict.fromkeys((about, now) for about, now in nows if now))
    if len(texts) == 1:
        return Obstacle(texts[0], _alone(shown[0][1]) if shown else _answer(names, parts[0]))
    text = f"either {texts[0]}, or {texts[1]}" if len(texts) == 2 else f"one of these holds: {'; '.join(texts)}"
    told = ", ".join(f"{about} {now}" if about else now for about, now in shown)
    return Obstacle(text, f"now {told}" if told else "neither holds" if len(texts) == 2 else "none holds")


def _alone(now: str) -> str:
    """Today's value of a single part: `now 52`, `open for 2 more rounds`."""
    return now if now.startswith(_WHOLE) else f"now {now}"


def _answer(names: Names, part: Part) -> str:
    """For what is only true or false: what holds in place of what is asked."""
    if not part.opposite:
        return "not so now"
    return names.catalog.fact(part.condition.name).partition(" to the clause ")[0] \
        if isinstance(part.condition, Flag) else worded(names, Part(part.condition, opposite=False))


def _by_status(parts: tuple[Part, ...]) -> list[tuple[str, list[Part]]]:
    """Alternatives about the status of one thing together, the others in their order."""
    out: list[tuple[str, list[Part]]] = []
    for part in parts:
        condition, opposite = part
        name = condition.name if isinstance(condition, Is) and condition.negated == opposite else ""
        if name and out and out[-1][0] == name:
            out[-1][1].append(part)
        else:
            out.append((name, [part]))
    return out


def _counters(names: Names, move: str) -> tuple[int, ...]:
    head = f"played.{move}."
    return tuple(n for n, v in enumerate(names.catalog.variables) if v.name.startswith(head))

"""words: why a move is closed: its condition opened to the smallest parts that fail, with today's values.

Conditions are only read here to be explained; what is legal is decided in `rules` alone. A test holds that a move is
closed there exactly when something is found here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sim.scenario.conditions import All, Always, Any, Compare, Condition, Flag, Is, Named, Not, Played, english
from sim.words.catalog import Names, spaced
from sim.words.estimative import counted, plain, times
from sim.words.models import Obstacle

MOST_ALTERNATIVES = 4
"""Beyond this, alternatives that have a name of their own are named instead of opened."""


_WHOLE = ("open for", "none is", "done ", "not done", "it stands", "not signed")


class Part(NamedTuple):
    """One condition, or its opposite, that must hold."""

    condition: Condition
    opposite: bool


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


def requirement(names: Names, condition: Condition) -> str:
    """What a condition asks, in words: `tension is 60 or more`."""
    return _text(names, Part(condition, opposite=False))


# -- opening


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
    some_clause = _clause_of_part(names, parts)
    if some_clause:
        return Obstacle(some_clause, "none is")
    texts: list[str] = []
    nows: list[tuple[str, str]] = []
    for name, group in _by_status(parts):
        if name:
            texts.append(_one_of(names, name, group))
            nows.append((_subject(names, name), _now(names, group[0], values)))
        else:
            for part in group:
                texts.append(_text(names, part))
                nows.append((_about(names, part), _now(names, part, values)))
    shown = list(dict.fromkeys((about, now) for about, now in nows if now))
    if len(texts) == 1:
        return Obstacle(texts[0], _alone(shown[0][1]) if shown else _answer(parts[0]))
    text = f"either {texts[0]}, or {texts[1]}" if len(texts) == 2 else f"one of these holds: {'; '.join(texts)}"
    told = ", ".join(f"{about} {now}" if about else now for about, now in shown)
    return Obstacle(text, f"now {told}" if told else "neither holds" if len(texts) == 2 else "none holds")


def _alone(now: str) -> str:
    """Today's value of a single part: `now 52`, `open for 2 more rounds`."""
    return now if now.startswith(_WHOLE) else f"now {now}"


def _answer(part: Part) -> str:
    """For what is only true or false."""
    return "no longer so" if part.opposite else "not so now"


def _about(names: Names, part: Part) -> str:
    """What today's value of a part belongs to, where several values stand side by side."""
    condition = part.condition.item if isinstance(part.condition, Not) else part.condition
    match condition:
        case Compare(terms=((_, name),)) if name not in ("day", "round"):
            return names.inline(name)
        case Is(name=name):
            return _subject(names, name)
    return ""


def _clause_of_part(names: Names, parts: tuple[Part, ...]) -> str:
    """One of all clauses of a part of the draft having one status, said shortly; empty if it is not that."""
    clauses = names.catalog.scenario.clauses
    found = [(p.condition.name, p.condition.status) for p in parts
             if isinstance(p.condition, Is) and p.condition.name in clauses and p.condition.negated == p.opposite]
    if len(found) < 2 or len(found) != len(parts) or len({status for _, status in found}) > 1:
        return ""
    of = {clauses[name].part for name, _ in found}
    draft = names.catalog.scenario.draft
    if draft is None or len(of) > 1 or sum(c.part in of for c in clauses.values()) != len(found):
        return ""
    title = names.catalog.inline(draft.parts[of.pop()].title)
    return f"a clause of the {title} is {_status(names, *found[0])}"


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


def _one_of(names: Names, name: str, parts: list[Part]) -> str:
    statuses = [part.condition.status for part in parts if isinstance(part.condition, Is)]
    shown = [_status(names, name, status) for status in statuses]
    # `not yet tabled or in brackets` would read as neither of the two
    shown.sort(key=lambda word: word.startswith("not "))
    return f"{_subject(names, name)} is {' or '.join(shown)}"


# -- one part in words


def _text(names: Names, part: Part) -> str:
    condition, opposite = part
    catalog = names.catalog
    match condition:
        case Compare():
            return _comparison(names, condition, opposite=opposite)
        case Is(name=name, status=status, negated=negated):
            return f"{_subject(names, name)} is {'not ' if negated != opposite else ''}{_status(names, name, status)}"
        case Flag(name=name):
            return catalog.fact(name, holds=not opposite)
        case Played(move=move):
            return f"“{catalog.move_title(move)}” has {'not ' if opposite else ''}been played"
        case Not(item=item):
            return _text(names, Part(item, not opposite))
        case Named(name=name):
            small = _small(condition.body)
            return _text(names, Part(small, opposite)) if small else f"{'not ' if opposite else ''}“{catalog.spelled(name)}”"
        case Always(value=value):
            return "never" if value == opposite else "always"
        case All(items=items) | Any(items=items):
            name = _one_name(condition)
            if name and not opposite:
                return _one_of(names, name, [Part(item, opposite) for item in items])
            word = " and " if isinstance(condition, All) != opposite else " or "
            return word.join(_bracketed(names, Part(item, opposite)) for item in items)


def _small(body: Condition) -> Condition | None:
    """A defined condition that is better written out than named: one comparison, or one thing's statuses."""
    return body if isinstance(body, Compare | Is | Flag) or _one_name(body) else None


def _one_name(condition: Condition) -> str:
    """The one thing of which alternatives name the statuses, or empty."""
    if not isinstance(condition, Any):
        return ""
    found = {item.name if isinstance(item, Is) and not item.negated else "" for item in condition.items}
    return found.pop() if len(found) == 1 else ""


def _bracketed(names: Names, part: Part) -> str:
    text = _text(names, part)
    return f"({text})" if isinstance(part.condition, All | Any) and not _one_name(part.condition) else text


def _subject(names: Names, name: str) -> str:
    return "the situation" if name == "phase" else names.inline(name)


def _status(names: Names, name: str, status: str) -> str:
    shown = names.catalog.status(name, status)
    return f"“{shown}”" if name == "phase" else shown


def _now(names: Names, part: Part, values: Sequence[int]) -> str:
    """Today's value of what a part reads; empty where its text says all."""
    catalog = names.catalog
    match part.condition:
        case Compare(terms=terms):
            shown = [_present(names, name, values[catalog.index[name]]) for _, name in terms]
            return " and ".join(dict.fromkeys(x for x in shown if x))
        case Is(name=name):
            variable = catalog.variable(name)
            return _status(names, name, variable.statuses[values[catalog.index[name]]])
        case Not(item=item):
            return _now(names, Part(item, not part.opposite), values)
    return ""


def _present(names: Names, name: str, value: int) -> str:
    catalog = names.catalog
    kind = catalog.variable(name).kind
    if kind == "offer":
        return f"open for {counted(value, 'more round')}" if value else "none is open"
    if kind == "played":
        return f"done {times(value)}" if value else "not done yet"
    if kind == "ready":
        return f"it stands for {counted(value, 'more round')}" if value else "not signed"
    if kind == "flag":
        return "yes" if value else "no"
    if name == "day":
        return catalog.date(value)
    word = catalog.word(name, value)
    return f"{plain(value)} ({word})" if word else plain(value)


def _comparison(names: Names, condition: Compare, *, opposite: bool) -> str:
    if len(condition.terms) != 1:
        shown: Condition = Not(item=condition, text="") if opposite else condition
        return english(shown, names.inline)
    (factor, name), = condition.terms
    const, op = condition.const, condition.op
    if op != ">=":
        if const % factor:
            return english(condition, names.inline)
        return _exactly(names, name, -const // factor, equal=(op == "==") != opposite)
    if opposite:
        factor, const = -factor, -const - 1
    if factor > 0:
        return _at_least(names, name, -(const // factor))
    return _at_most(names, name, const // -factor)


def _figure(names: Names, name: str, value: int) -> str:
    word = names.catalog.word(name, value)
    return f"{plain(value)} ({word})" if word else plain(value)


def _at_least(names: Names, name: str, least: int) -> str:
    kind = names.catalog.variable(name).kind
    if kind == "offer":
        return f"{_offer(names, name)} is open"
    if kind == "played":
        return f"it has been done {times(least)} or more"
    if kind == "ready":
        return f"{names.inline(name)} stands"
    if kind == "flag" and least == 1:
        return names.catalog.fact(name)
    if name == "day":
        return f"it is {names.catalog.date(least)} or later"
    if name in ("round", "leg"):
        return f"{name} {least} or later"
    return f"{_is(names, name)} {_figure(names, name, least)}" + (
        "" if least == names.catalog.variable(name).hi else " or more")


def _at_most(names: Names, name: str, most: int) -> str:
    variable = names.catalog.variable(name)
    if variable.kind == "offer" and most == 0:
        return f"{_offer(names, name)} is not still open"
    if variable.kind == "played":
        return f"it can be done {times(most + 1)} in a match"
    if variable.kind == "ready" and most == 0:
        return "your signature does not stand already"
    if variable.kind == "flag" and most == 0:
        return names.catalog.fact(name, holds=False)
    if name == "day":
        return f"it is {names.catalog.date(most)} or earlier"
    if name in ("round", "leg"):
        return f"{name} {most} or earlier"
    return f"{_is(names, name)} {_figure(names, name, most)}" + ("" if most == variable.lo else " or less")


def _exactly(names: Names, name: str, value: int, *, equal: bool) -> str:
    variable = names.catalog.variable(name)
    if value == variable.lo and (not equal or variable.kind in ("offer", "ready", "played", "flag")):
        return _at_most(names, name, value) if equal else _at_least(names, name, value + 1)
    if name == "day":
        return f"it is {'' if equal else 'not '}{names.catalog.date(value)}"
    if name in ("round", "leg"):
        return f"{name} {value}" if equal else f"not {name} {value}"
    return f"{_is(names, name)} {'' if equal else 'not '}{_figure(names, name, value)}"


def _is(names: Names, name: str) -> str:
    title = names.inline(name)
    return f"{title} {names.catalog.verb(title)}"


def _offer(names: Names, name: str) -> str:
    catalog = names.catalog
    _, kind, giver, taker = name.split(".")
    title = catalog.scenario.offers[kind].title if kind in catalog.scenario.offers else spaced(kind)
    by = "your" if giver == names.viewer else f"{catalog.capital(giver)}'s"
    to = "you" if taker == names.viewer else catalog.capital(taker)
    return f"{by} offer “{title}” to {to}"


def _counters(names: Names, move: str) -> tuple[int, ...]:
    head = f"played.{move}."
    return tuple(n for n, v in enumerate(names.catalog.variables) if v.name.startswith(head))


def today(names: Names, condition: Condition, values: Sequence[int]) -> str:
    """The value of the one thing a condition reads; empty where it reads several or says all itself."""
    item = condition.item if isinstance(condition, Not) else condition
    return _now(names, Part(item, opposite=False), values) if isinstance(item, Compare | Is) else ""

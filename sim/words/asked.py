"""words: what a condition asks, in words, and the value that it reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sim.scenario.conditions import All, Always, Any, Compare, Condition, Flag, Is, Named, Not, Played, english
from sim.words.catalog import Names, negated, spaced
from sim.words.estimative import counted, listed, plain, times

LONGEST_OPENED = 240
"""A defined name whose words would be longer than this is named; shorter ones are written out."""


class Part(NamedTuple):
    """One condition, or its opposite, that must hold."""

    condition: Condition
    opposite: bool


def requirement(names: Names, condition: Condition) -> str:
    """What a condition asks, in words: `tension is 60 or more`."""
    return worded(names, Part(condition, opposite=False))


def today(names: Names, condition: Condition, values: Sequence[int]) -> str:
    """The value of the one thing a condition reads; empty where it reads several or says all itself."""
    item = condition.item if isinstance(condition, Not) else condition
    return present(names, Part(item, opposite=False), values) if isinstance(item, Compare | Is) else ""


def worded(names: Names, part: Part) -> str:
    """What a part asks, as a clause of a sentence."""
    condition, opposite = part
    catalog = names.catalog
    match condition:
        case Compare():
            return _comparison(names, condition, opposite=opposite)
        case Is(name=name, status=status, negated=negated):
            return f"{subject(names, name)} is {'not ' if negated != opposite else ''}{_status(names, name, status)}"
        case Flag(name=name):
            return catalog.fact(name, holds=not opposite)
        case Played(move=move):
            return f"“{catalog.move_title(move)}” has {'not ' if opposite else ''}been played"
        case Not(item=item):
            return worded(names, Part(item, not opposite))
        case Named():
            return _named(names, condition, opposite=opposite)
        case Always(value=value):
            return "never" if value == opposite else "always"
        case All(items=items) | Any(items=items):
            name = _one_name(condition)
            if name:
                return one_of(names, name, [Part(item, opposite=False) for item in items], opposite=opposite)
            word = "and" if isinstance(condition, All) != opposite else "or"
            return listed(_joined(names, [Part(item, opposite) for item in items], word), word)


def _named(names: Names, condition: Named, *, opposite: bool) -> str:
    """A defined name: a sentence about an actor as it stands, anything else by what it asks, if that is short."""
    catalog = names.catalog
    said = catalog.spelled(condition.name)
    if _sentence_of(names, condition):
        return negated(said, f"{said.split()[0]} ") if opposite else said
    opened = _of_clauses(names, condition, opposite=opposite) or worded(names, Part(condition.body, opposite))
    if len(opened) <= LONGEST_OPENED:
        return opened
    return f"the condition {said} {'does not hold' if opposite else 'holds'}"


def _of_clauses(names: Names, condition: Condition, *, opposite: bool) -> str:
    """A condition that asks the same of several clauses, however many names it goes through."""
    leaves = tuple(_leaves(Part(condition, opposite=False)))
    return _few_clauses(names, tuple(part._replace(opposite=True) for part in leaves) if opposite else leaves)


def _sentence_of(names: Names, condition: Named) -> bool:
    """Whether a defined name is a sentence about an actor, such as `moscow_mediates`."""
    said = names.catalog.spelled(condition.name)
    return " " in said and said != spaced(condition.name) and said[0].isupper()


def _compound(names: Names, part: Part) -> bool:
    """Whether a part is several things joined, so that it needs brackets inside a sentence."""
    condition, opposite = part
    match condition:
        case Named(body=body):
            return (not _sentence_of(names, condition) and _compound(names, Part(body, opposite))
                    and not _of_clauses(names, body, opposite=opposite))
        case Not(item=item):
            return _compound(names, Part(item, not opposite))
        case All() | Any():
            return not _one_name(condition)
    return False


def _joined(names: Names, parts: list[Part], word: str) -> list[str]:
    """Parts that stand side by side, neighbours that ask the same of several clauses as one."""
    out: list[str] = []
    while parts:
        run, text = 1, ""
        for number in range(len(parts), 1, -1):
            together = tuple(parts[:number])
            # alternatives that hold, or none of which may hold
            text = _few_clauses(names, together) if (word == "and") == parts[0].opposite else ""
            if text:
                run = number
                break
        out.append(text or _bracketed(names, parts[0]))
        parts = parts[run:]
    return out


def _bracketed(names: Names, part: Part) -> str:
    text = worded(names, part)
    return f"({text})" if _compound(names, part) else text


def _one_name(condition: Condition) -> str:
    """The one thing of which alternatives name the statuses, or empty."""
    if not isinstance(condition, Any):
        return ""
    found = {item.name if isinstance(item, Is) and not item.negated else "" for item in condition.items}
    return found.pop() if len(found) == 1 else ""


def some_clause(names: Names, parts: tuple[Part, ...]) -> str:
    """One of all clauses of the draft, or of a part of it, having a status, said shortly; empty if it is not that."""
    found = _clauses(names, parts)
    if not found:
        return ""
    which = _which(names, found)
    return f"a clause of the {which} is {_statuses(names, found)}" if which else ""


def _few_clauses(names: Names, parts: tuple[Part, ...]) -> str:
    """The same of clauses that are no whole part: `“Mirror pull-back” or “Which maps” is agreed`, `none of … is agreed`."""
    opposite = parts[0].opposite
    if any(part.opposite != opposite for part in parts):
        return ""
    found = _clauses(names, tuple(part._replace(opposite=False) for part in parts))
    if not found:
        return ""
    which = _which(names, found)
    titles = listed([f"“{names.catalog.clause(name)}”" for name in found], "and" if opposite else "or")
    if opposite:
        return f"{f'no clause of the {which}' if which else f'none of {titles}'} is {_statuses(names, found)}"
    return f"{f'a clause of the {which}' if which else titles} is {_statuses(names, found)}"


def _clauses(names: Names, parts: tuple[Part, ...]) -> dict[str, list[str]]:
    """Two or more clauses of which the same statuses are asked, with these; empty if it is not that."""
    clauses = names.catalog.scenario.clauses
    found: dict[str, list[str]] = {}
    for condition, opposite in parts:
        if not isinstance(condition, Is) or condition.name not in clauses or condition.negated != opposite:
            return {}
        found.setdefault(condition.name, []).append(condition.status)
    same = len({frozenset(statuses) for statuses in found.values()}) == 1
    return found if same and len(found) > 1 else {}


def _which(names: Names, found: Mapping[str, list[str]]) -> str:
    """The draft, or the part of it, that has just these clauses."""
    clauses, draft = names.catalog.scenario.clauses, names.catalog.scenario.draft
    of = {clauses[name].part for name in found}
    if draft is None or sum(c.part in of for c in clauses.values()) != len(found):
        return ""
    if len(found) == len(clauses):
        return "draft"
    return names.catalog.inline(draft.parts[of.pop()].title) if len(of) == 1 else ""


def _statuses(names: Names, found: Mapping[str, list[str]]) -> str:
    name, statuses = next(iter(found.items()))
    return " or ".join(_status(names, name, status) for status in dict.fromkeys(statuses))


def _leaves(part: Part) -> Iterator[Part]:
    """The alternatives of a condition, opened down to what has none."""
    condition, opposite = part
    match condition:
        case Named(body=body):
            yield from _leaves(Part(body, opposite))
        case Not(item=item):
            yield from _leaves(Part(item, not opposite))
        case Any(items=items) if not opposite:
            for item in items:
                yield from _leaves(Part(item, opposite))
        case _:
            yield part


def one_of(names: Names, name: str, parts: list[Part], *, opposite: bool = False) -> str:
    """Alternatives about the status of one thing: `the clause “X” is agreed or signed`, or `is neither … nor …`."""
    statuses = [part.condition.status for part in parts if isinstance(part.condition, Is)]
    shown = [_status(names, name, status) for status in statuses]
    # `not yet tabled or in brackets` would read as neither of the two
    shown.sort(key=lambda word: word.startswith("not "))
    if opposite and len(shown) > 1:
        return f"{subject(names, name)} is neither {' nor '.join(shown)}"
    return f"{subject(names, name)} is {'not ' if opposite else ''}{' or '.join(shown)}"


def subject(names: Names, name: str) -> str:
    """What a status belongs to."""
    return "the situation" if name == "phase" else names.inline(name)


def _status(names: Names, name: str, status: str) -> str:
    shown = names.catalog.status(name, status)
    return f"“{shown}”" if name == "phase" else shown


def about(names: Names, part: Part) -> str:
    """What today's value of a part belongs to, where several values stand side by side."""
    condition = part.condition.item if isinstance(part.condition, Not) else part.condition
    match condition:
        case Compare(terms=((_, name),)) if name not in ("day", "round"):
            return names.inline(name)
        case Is(name=name):
            return subject(names, name)
    return ""


def present(names: Names, part: Part, values: Sequence[int]) -> str:
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
            return present(names, Part(item, not part.opposite), values)
    return ""


def _present(names: Names, name: str, value: int) -> str:
    catalog = names.catalog
    kind = catalog.variable(name).kind
    if kind == "offer":
        return f"open for {counted(value, 'more round')}" if value else "none is open"
    if kind == "counter" and catalog.lasting(name):
        return f"so for {counted(value, 'more round')}" if value else "not so now"
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
    lasting = names.catalog.lasting(name)
    if lasting:
        return lasting if least == 1 else f"{lasting} for {counted(least, 'more round')} at least"
    if name == "day":
        return f"it is {names.catalog.date(least)} or later"
    if name in ("round", "leg"):
        return f"{name} {least} or later"
    return f"{_is(names, name)} {_figure(names, name, least)}" + (
        "" if least == names.catalog.variable(name).hi else " or more")


def _at_most(names: Names, name: str, most: int) -> str:
    variable = names.catalog.variable(name)
    if variable.kind == "offer" and most == 0:
        return f"{_offer(names, name)} has been answered or has lapsed"
    if variable.kind == "played":
        return f"it has been done {times(most)} at most" if most else "it has not been done before"
    if variable.kind == "ready" and most == 0:
        return "your signature does not stand yet"
    lasting = names.catalog.lasting(name)
    if lasting:
        return f"{lasting} for {counted(most, 'more round')} at most" if most else negated(lasting, _subject_of(lasting))
    if variable.kind == "flag" and most == 0:
        return names.catalog.fact(name, holds=False)
    if name == "day":
        return f"it is {names.catalog.date(most)} or earlier"
    if name in ("round", "leg"):
        return f"{name} {most} or earlier"
    return f"{_is(names, name)} {_figure(names, name, most)}" + ("" if most == variable.lo else " or less")


def _exactly(names: Names, name: str, value: int, *, equal: bool) -> str:
    variable = names.catalog.variable(name)
    if value == variable.lo and (not equal or variable.kind in ("offer", "ready", "played", "flag", "counter")):
        return _at_most(names, name, value) if equal else _at_least(names, name, value + 1)
    if name == "day":
        return f"it is {'' if equal else 'not '}{names.catalog.date(value)}"
    if name in ("round", "leg"):
        return f"{name} {value}" if equal else f"not {name} {value}"
    return f"{_is(names, name)} {'' if equal else 'not '}{_figure(names, name, value)}"


def _subject_of(clause: str) -> str:
    return f"{clause.partition(' ')[0]} "


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

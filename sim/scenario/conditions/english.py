"""scenario: a condition as a fragment of an English sentence, for people who never read YAML."""

from __future__ import annotations

from collections.abc import Callable

from sim.scenario.conditions.tree import All, Always, Any, Compare, Condition, Flag, Is, Named, Not, Played

Label = Callable[[str], str]


def _plain_label(name: str) -> str:
    return name.replace(".", " ").replace("_", " ")


def english(condition: Condition, label: Label = _plain_label) -> str:
    """A readable fragment such as `tension is 60 or more and the withdrawal is breached`.

    `label` gives the display name of an id: of tracks, flags, provisions, clauses, defined names, moves and
    phases. Other statuses are shown as they are written, with spaces.
    """
    match condition:
        case Always(value=value):
            return "always" if value else "never"
        case Compare():
            return _compare(condition, label, negated=False)
        case Is(name=name, status=status, negated=negated):
            shown = label(status) if name == "phase" else status.replace("_", " ")
            return f"{_with_article(label(name))} is {'not ' if negated else ''}{shown}"
        case Flag(name=name):
            return f"{label(name)} is set"
        case Played(move=move):
            return f"“{label(move)}” has been played"
        case Named(name=name):
            return f"“{label(name)}” holds"
        case Not(item=item):
            return _negation(item, label)
        case All(items=items):
            return " and ".join(_inside(item, label) for item in items)
        case Any(items=items):
            return " or ".join(_inside(item, label) for item in items)


def _inside(item: Condition, label: Label) -> str:
    text = english(item, label)
    return f"({text})" if isinstance(item, All | Any) else text


def _negation(item: Condition, label: Label) -> str:
    match item:
        case Flag(name=name):
            return f"{label(name)} is not set"
        case Played(move=move):
            return f"“{label(move)}” has not been played"
        case Named(name=name):
            return f"“{label(name)}” does not hold"
        case Compare():
            return _compare(item, label, negated=True)
    return f"not ({english(item, label)})"


def _with_article(name: str) -> str:
    return name if name.lower().startswith(("the ", "a ", "an ")) else f"the {name}"


def _compare(condition: Compare, label: Label, *, negated: bool) -> str:
    terms, const, op = condition.terms, condition.const, condition.op
    if op == ">=" and negated:
        terms, const = tuple((-factor, name) for factor, name in terms), -const - 1
    if op != ">=":
        is_not = (op == "!=") != negated
        return (
            f"{_side(terms, label)} is {'not ' if is_not else ''}{-const}"
            if len(terms) == 1
            else _equal(terms, const, label, is_not=is_not)
        )
    ups = tuple(term for term in terms if term[0] > 0)
    downs = tuple((-factor, name) for factor, name in terms if factor < 0)
    if not downs:
        return f"{_side(ups, label)} is {-const} or more"
    if not ups:
        return f"{_side(downs, label)} is {const} or less"
    up, down = _side(ups, label), _side(downs, label)
    if const == 0:
        return f"{up} is at least {down}"
    if const == -1:
        return f"{up} is more than {down}"
    if const < 0:
        return f"{up} is at least {-const} more than {down}"
    return f"{down} is at most {const} more than {up}"


def _equal(terms: tuple[tuple[int, str], ...], const: int, label: Label, *, is_not: bool) -> str:
    ups = tuple(term for term in terms if term[0] > 0)
    downs = tuple((-factor, name) for factor, name in terms if factor < 0)
    verb = "is not" if is_not else "is"
    if not downs or not ups:
        return f"{_side(terms, label)} {verb} {-const}"
    if const == 0:
        return f"{_side(ups, label)} {verb} equal to {_side(downs, label)}"
    more, less, by = (ups, downs, -const) if const < 0 else (downs, ups, const)
    return f"{_side(more, label)} {verb} exactly {by} more than {_side(less, label)}"


def _side(terms: tuple[tuple[int, str], ...], label: Label) -> str:
    return " plus ".join(label(name) if factor == 1 else f"{factor} × {label(name)}" for factor, name in terms)

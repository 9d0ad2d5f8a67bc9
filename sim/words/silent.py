"""words: what happened by itself without a dispatch: silent rules, drift, countdowns, and causes out of sight.

Made from the redacted log alone. Every change of a listed track is either on the wire or here, so that a reader can
add them up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from sim.rules import Event
from sim.words.catalog import Catalog, sentence
from sim.words.chronicle import Chapter
from sim.words.dispatches import Wire
from sim.words.likely import Reckoner
from sim.words.models import SilentLine
from sim.words.readouts import Contacts

Kind = Literal["rule", "drift", "countdown", "unseen"]
_KINDS: dict[str, Kind] = {"drift": "drift", "count": "countdown"}
_TITLES: dict[Kind, tuple[str, str]] = {
    "drift": ("Drift", "Each moves a little every round to where it comes to rest."),
    "countdown": ("Countdown", "Each is counted round by round."),
    "unseen": ("Out of your sight", "Somebody acted in secret, or the cause is not yours to see."),
}
_ORDER: tuple[Kind, ...] = ("rule", "drift", "countdown", "unseen")


@dataclass(slots=True)
class _Group:
    """The changes of one line, each variable from its first value to its last."""

    kind: Kind
    key: str
    changes: dict[int, tuple[int, int]] = field(default_factory=dict)

    def add(self, event: Event) -> None:
        """Take up the changes of one more event."""
        for var, before, after in event.changes:
            # others may have moved it in between: what counts is how far these events did
            first, last = self.changes.get(var, (before, before))
            self.changes[var] = (first, last + after - before)


def silent(catalog: Catalog, wire: Wire, reckoner: Reckoner, chapter: Chapter, following: Chapter | None,
           contacts: Contacts) -> tuple[SilentLine, ...]:
    """What the wire leaves out between the orders of a closed round and those of the next, `following` if it opened.

    One line per rule; drifts are one line, countdowns another, and what comes from out of sight a third.
    """
    groups: dict[str, _Group] = {}
    _gather(groups, catalog, wire, chapter.resolved, chapter.opening, contacts)
    if following is not None:
        _gather(groups, catalog, wire, following.opened, following.before, contacts)
    lines = [_line(catalog, reckoner, chapter.round, group)
             for group in sorted(groups.values(), key=lambda g: _ORDER.index(g.kind))]
    return tuple(line for line in lines if line is not None)


def _gather(groups: dict[str, _Group], catalog: Catalog, wire: Wire, events: Sequence[Event], before: Sequence[int],
            contacts: Contacts) -> None:
    values = list(before)
    for event in events:
        if event.kind in ("rule", "unseen") and event.changes and wire.dispatch(event, values, contacts, "close") is None:
            kind, key = _kind(catalog, wire, event)
            groups.setdefault(key, _Group(kind, key)).add(event)
        for var, _, after in event.changes:
            values[var] = after


def _kind(catalog: Catalog, wire: Wire, event: Event) -> tuple[Kind, str]:
    if event.kind == "unseen":
        return "unseen", "unseen"
    bound = catalog.rules[event.id.partition("@")[0]]
    if bound.kind in _KINDS:
        return _KINDS[bound.kind], _KINDS[bound.kind]
    # an unheard lapse or an unread inject, and a rule that acted on something hidden, would tell a secret by its name
    if bound.kind in ("lapse", "inject") or not wire.may_know((bound.when,)):
        return "unseen", "unseen"
    return "rule", bound.key


def by_itself(catalog: Catalog, wire: Wire, event: Event) -> str:
    """The title under which an event without a dispatch is told: of a rule, `Drift`, `Countdown`, `Out of your sight`."""
    if event.kind not in ("rule", "unseen"):
        return "By itself"
    kind, key = _kind(catalog, wire, event)
    return _rule_title(catalog, key) if kind == "rule" else _TITLES[kind][0]


def _rule_title(catalog: Catalog, key: str) -> str:
    rule = catalog.scenario.rules.get(key)
    return (rule.title if rule else "") or sentence(catalog.spelled(key)).rstrip(".")


def _line(catalog: Catalog, reckoner: Reckoner, number: int, group: _Group) -> SilentLine | None:
    changes, text = reckoner.moved((var, first, last) for var, (first, last) in group.changes.items() if first != last)
    if not text:
        return None
    if group.kind != "rule":
        title, why = _TITLES[group.kind]
        return SilentLine(number, group.kind, title, why, changes, text, (), group.key)
    rule = catalog.scenario.rules.get(group.key)
    title = _rule_title(catalog, group.key)
    source = rule.source if rule else ""
    cited = (source,) if isinstance(source, str) else source
    return SilentLine(number, "rule", title, sentence(rule.why) if rule else "", changes, text,
                      tuple(filter(None, cited)), group.key)


__all__ = ["by_itself", "silent"]

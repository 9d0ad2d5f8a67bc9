"""scenario: one misspelt declaration, told once where it stands instead of at everything that speaks of it.

What is suspected is tried: with the declaration renamed, does what was said of the name go away, and nothing else
come up? Then the declaration is what is wrong, and what went away came from it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Final

from sim.errors import Diagnostic, arranged, certain, edited
from sim.errors.suggestion import one_slip
from sim.scenario.reader import Document, read
from sim.scenario.validation import rename

_MOST_TRIED: Final = 6
_MANY: Final = 3
_SECTIONS: Final = {"G101": "under `tracks:` for instance, or change its name there",
                    "R010": "under `tracks:`, `flags:` or `counters:`", "R001": "under `actors:` or `groups:`"}
UNKNOWN: Final = frozenset({"G101", "G102", "G106", "G107", "R001", "R003", "R006", "R010", "R021", "R030", "R031", "R040",
                             "R071", "R072", "R073", "R081", "P003", "P006", "P009", "E023", "W050", "W051", "X003"})
"""Codes of names that do not exist, whose first or second word between backquotes is the name."""
_DECLARED: Final = (("actors",), ("groups",), ("tracks",), ("flags",), ("counters",), ("define",), ("moves",), ("offers",),
                    ("clauses",), ("endings",), ("rules",), ("readouts",), ("names",), ("phases", "states"),
                    ("draft", "parts"), ("clock", "legs"))

Path = tuple[str | int, ...]
Recheck = Callable[[dict[str, Any]], list[Diagnostic]]


def declarations(value: dict[str, Any]) -> Iterator[Path]:
    """Every place where a scenario declares a name."""
    for path in _DECLARED:
        held: Any = value
        for part in path:
            held = held.get(part) if isinstance(held, dict) else None
        for name in held if isinstance(held, dict) else ():
            yield (*path, name)
    agreements = value.get("agreements")
    for aid, agreement in agreements.items() if isinstance(agreements, dict) else ():
        provisions = agreement.get("provisions") if isinstance(agreement, dict) else None
        for name in provisions if isinstance(provisions, dict) else ():
            yield ("agreements", aid, "provisions", name)


def settled(found: list[Diagnostic], value: dict[str, Any], document: Document, recheck: Recheck) -> list[Diagnostic]:
    """The problems without those that come from another: from a misspelt declaration, or from a slip with a sure fix."""
    for _ in range(3):
        better = _one(found, value, document, recheck)
        if better is None:
            break
        found, value = better
    found = _missing(found)
    return _without_followers(found, value, document, recheck)


def _missing(found: list[Diagnostic]) -> list[Diagnostic]:
    """Names that several places speak of are not misspelt but missing: another name is no help then."""
    lines = {(d.message, d.span.path, d.span.line) for d in found if d.code in UNKNOWN and d.span}
    uses = Counter(message for message, _, _ in lines)
    return [replace(d, help=f"{uses[d.message]} lines speak of it: declare it, " + _SECTIONS.get(d.code, "or change its name there"),
                    fix=None) if d.code in UNKNOWN and uses[d.message] >= _MANY and d.help.startswith("did you mean")
            else d for d in found]


def _without_followers(found: list[Diagnostic], value: dict[str, Any], document: Document,
                       recheck: Recheck) -> list[Diagnostic]:
    """Without what goes away when one word is put right."""
    tries = 0
    for first in [d for d in found if d.severity == "error" and d.fix and d.fix.edits]:
        others = [d for d in found if d is not first and (d.code, d.message) != (first.code, first.message)]
        if first not in found or not others or tries >= _MOST_TRIED or not first.fix:
            continue
        tries += 1
        changed = read(document.path, edited(document.text, first.fix.edits).encode()).value
        if first.span is None or first.span.path != document.path or not isinstance(changed, dict):
            continue
        if "par" in value:
            changed["par"] = value["par"]
        after = recheck(changed)
        left = {(d.code, d.message) for d in after}
        gone = [d for d in others if (d.code, d.message) not in left]
        if gone and not any(d.severity == "error" and (d.code, d.message) not in {(o.code, o.message) for o in found}
                            for d in after):
            found = [replace(d, hidden=d.hidden + len(gone)) if d is first else d for d in found if d not in gone]
    return found


def _one(found: list[Diagnostic], value: dict[str, Any], document: Document,
         recheck: Recheck) -> tuple[list[Diagnostic], dict[str, Any]] | None:
    unknown = Counter(name for d in found if d.code in UNKNOWN for name in unknown_names(d))
    if not unknown:
        return None
    before = Counter((d.code, d.message) for d in found)
    tries = 0
    for name, _ in unknown.most_common():
        for path, other in _suspects(name, value):
            tries += 1
            if tries > _MOST_TRIED:
                return None
            changed = renamed(value, path, other)
            if changed is None:
                continue
            after = recheck(changed)
            left = Counter((d.code, d.message) for d in after)
            if any(d.severity == "error" and (d.code, d.message) not in before for d in after):
                continue
            gone = [d for d in found if (d.code, d.message) not in left]
            uses = sum(1 + len(d.also) for d in arranged(gone))
            if not gone:
                continue
            kept = [d for d in found if (d.code, d.message) in left]
            if uses == 1:
                return [_doubtful(d, document, path) if d in gone else d for d in found], changed
            return [_primary(gone, document, path, other), *kept], changed
    return None


def unknown_names(told: Diagnostic) -> list[str]:
    """The words a problem speaks of, as far as one of them may be the name that does not exist."""
    import re

    return re.findall(r"`([^`]+)`", told.message)[:2]


def _suspects(name: str, value: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    """Declarations that may be the name misspelt, with what they would have to be called."""
    parts = name.split(".")
    for path in declarations(value):
        declared = str(path[-1])
        if declared == name:
            continue
        if _alike(declared, name):
            yield path, name
        elif len(parts) > 1:
            for part in parts:
                if _alike(declared, part):
                    yield path, part


def _alike(declared: str, name: str) -> bool:
    return one_slip(declared, name) or certain(declared, [name]) is not None


def renamed(value: dict[str, Any], path: Path, name: str) -> dict[str, Any] | None:
    """The scenario with one declaration called otherwise; None if the name is taken there."""
    out = dict(value)
    held: Any = out
    for part in path[:-1]:
        held[part] = dict(held[part])
        held = held[part]
    if name in held:
        return None
    copy = {name if key == path[-1] else key: inner for key, inner in held.items()}
    held.clear()
    held.update(copy)
    return out


def _primary(gone: list[Diagnostic], document: Document, path: Path, name: str) -> Diagnostic:
    declared = str(path[-1])
    span = document.key_span(path)
    spans = dict.fromkeys(s for d in gone for s in (d.span, *d.also) if s is not None)
    lines = len({(s.path, s.line) for s in spans})
    places = "1 line speaks" if lines == 1 else f"{lines} lines speak"
    errors = any(d.severity == "error" for d in gone)
    return Diagnostic(
        "R090", "error" if errors else "warning", f"`{declared}` is declared here, but {places} of `{name}`", span,
        f"did you mean `{name}`? Write it here, or `{declared}` there",
        rename(span, declared, name) if certain(declared, [name]) else None,
        tuple(sorted(spans, key=lambda s: (s.path != span.path, s.path, s.line, s.column))))


def _doubtful(told: Diagnostic, document: Document, path: Path) -> Diagnostic:
    """One use and one declaration that differ: either may be the slip, and both are shown."""
    span = document.key_span(path)
    if f"`{path[-1]}` stands on line" in told.help or span in told.also:
        return told
    return replace(told, help=f"did you mean `{path[-1]}`? It stands on line {span.line} and nothing else speaks of it: "
                              "one of the two is misspelt", also=(*told.also, span))

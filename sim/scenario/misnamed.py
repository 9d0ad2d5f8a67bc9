"""scenario: one misspelt declaration, told once where it stands instead of at everything that speaks of it.

What is suspected is tried: with the declaration renamed, does what was said of the name go away, and nothing else
come up? Then the declaration is what is wrong, and what went away came from it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Final

from sim.errors import Diagnostic, arranged, certain, edited, nearest
from sim.errors.suggestion import one_slip
from sim.scenario.form.fixes import rename
from sim.scenario.reading.document import Document, read

_MOST_TRIED: Final = 8
_MOST_SUSPECTED: Final = 3
_MANY: Final = 3
_NO_HELP: Final = ("did you mean", "the names are", "known:", "declare it", "for `", "there is no",
                   "not weighed yet", "all moves of")
_SECTIONS: Final = {"G101": "under `tracks:` for instance, or change its name there",
                    "R010": "under `tracks:`, `flags:` or `counters:`", "R001": "under `actors:` or `groups:`"}
UNKNOWN: Final = frozenset({"G101", "G102", "G106", "G107", "R001", "R003", "R006", "R010", "R021", "R030", "R031", "R040",
                             "R071", "R072", "R073", "R081", "P003", "P006", "P009", "E023", "W050", "W051", "X003"})
"""Codes of names that do not exist, whose first or second word between backquotes is the name."""
_MEANT: Final = dict.fromkeys(("G101", "R010"), ("tracks", "flags", "counters")) | {"R001": ("actors", "groups")}
"""In which sections the names are declared that a code misses."""
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
    tried = _Trials(recheck)
    doubted: set[tuple[Path, str]] = set()
    for _ in range(3):
        better = _one(found, value, document, tried, doubted)
        if better is None:
            break
        found, value = better
    found = _voices(_undeclared(_missing(found), value, tried))
    return _unspoken(_once_each(_without_followers(found, value, document, tried), value, document), value, document)


def _voices(found: list[Diagnostic]) -> list[Diagnostic]:
    """An actor without goals whom several lines take for a seat, told once."""
    named = {"R020": 0, "R023": 1, "R071": 0}
    by_voice: dict[str, list[Diagnostic]] = {}
    for d in found:
        if d.code in named and len(names := unknown_names(d)) > named[d.code]:
            by_voice.setdefault(names[named[d.code]], []).append(d)
    for voice, items in by_voice.items():
        first = next((d for d in items if d.code == "R020"), None)
        if first is None or len(items) < 2:
            continue
        spans = dict.fromkeys(s for d in items for s in (d.span, *d.also) if s and s != first.span)
        lines = len({s.line for s in (*spans, first.span) if s})
        told = replace(first, message=f"`{voice}` has no goals, so it is a voice and no seat, and {lines} lines take it for a seat",
                       help="give it `goals:`, or take it out of these lines", also=tuple(spans))
        found = [told if d is first else d for d in found if d is first or d not in items]
    return found


def _once_each(found: list[Diagnostic], value: dict[str, Any], document: Document) -> list[Diagnostic]:
    """What is missing told once, though it is missed as a move to weigh here and as one that was played there."""
    declared = {str(path[-1]) for path in declarations(value)}
    by_name: dict[str, list[Diagnostic]] = {}
    for d in found:
        names = [n for n in unknown_names(d) if n not in declared] if d.code in UNKNOWN else []
        if len(names) == 1:
            by_name.setdefault(names[0], []).append(d)
    for name, items in by_name.items():
        if len({d.message for d in items}) < 2:
            continue
        # an error first, and of those one that stands in the scenario itself
        first = min(items, key=lambda d: (d.severity != "error", d.span is None or d.span.path != document.path))
        spans = dict.fromkeys(s for d in items for s in (d.span, *d.also) if s and s != first.span)
        lines = {(s.path, s.line) for s in (*spans, first.span) if s}
        told = replace(first, also=tuple(spans))
        if len(lines) >= _MANY and certain(name, sorted(declared)) is None:
            told = replace(told, help=_many(len(lines), first.code), fix=None)
        found = [told if d is first else d for d in found if d is first or d not in items]
    return found


def _unspoken(found: list[Diagnostic], value: dict[str, Any], document: Document) -> list[Diagnostic]:
    """Where a name is missing and nothing is like it: the one declaration of its kind that nothing else speaks of."""
    alone: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    written: Counter[str] = Counter()
    out = []
    for d in found:
        sections = _MEANT.get(d.code, ()) if "did you mean" not in d.help and "stands for it" not in d.message and d.fix is None else ()
        names = unknown_names(d)[:1]
        declared = [(section, str(name)) for section in sections if isinstance(value.get(section), dict) for name in value[section]]
        if not names or not declared or names[0] in [name for _, name in declared]:
            out.append(d)
            continue
        if sections not in alone:
            # hundreds of lines may speak of what is missing: the text is gone through once
            written = written or Counter(re.findall(r"[A-Za-z_][\w.]*", document.text))
            spoken = Counter({word: sum(n for it, n in written.items() if it == word or it.startswith(f"{word}.")) for _, word in declared})
            alone[sections] = [path for path in declared if spoken[path[1]] == 1]
        if len(alone[sections]) == 1:
            path = alone[sections][0]
            d = replace(d, help=f"{d.help}; or is it `{path[1]}` of line {document.key_span(path).line}, which nothing else speaks of?")  # noqa: PLW2901
        out.append(d)
    return out


def _many(lines: int, code: str) -> str:
    return f"{lines} lines speak of it: declare it, " + _SECTIONS.get(code, "or change its name there")


class _Trials:
    """Checks of changed scenarios, of which a report may take only a few: each costs as much as the check itself."""

    def __init__(self, recheck: Recheck) -> None:
        self._recheck = recheck
        self._left = _MOST_TRIED

    def __call__(self, value: dict[str, Any], before: list[Diagnostic]) -> list[Diagnostic] | None:
        """What is wrong with a changed scenario; None if something is that was not before, or enough was tried."""
        if not self._left:
            return None
        self._left -= 1
        known = {(d.code, d.message) for d in before}
        after = self._recheck(value)
        return None if any(d.severity == "error" and (d.code, d.message) not in known for d in after) else after


def _undeclared(found: list[Diagnostic], value: dict[str, Any], tried: _Trials) -> list[Diagnostic]:
    """Where an actor or a group is not declared at all: that, without what is only said because of it."""
    names = Counter(name for d in found if d.code == "R001" and d.fix is None for name in unknown_names(d)[:1])
    for name, _ in names.most_common(1):
        others = [d for d in found if d.severity == "error" and not (d.code == "R001" and name in unknown_names(d))]
        for changed in _with_somebody(name, value) if others else ():
            after = tried(changed, found)
            if after is None:
                continue
            left = {(d.code, d.message) for d in after}
            gone = [d for d in found if (d.code, d.message) not in left]
            first = next((d for d in gone if d.code == "R001" and name in unknown_names(d)), None)
            if first is None:
                continue
            same = [d for d in gone if d.message == first.message]
            told = [replace(d, hidden=len(gone) - len(same)) if d is first else d for d in same]
            return [*told, *(d for d in found if d not in gone)]
    return found


def _with_somebody(name: str, value: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The scenario with a seat, or else a group, of a name: one that wants nothing; of all seats, or of the first two."""
    actors = value.get("actors")
    if not isinstance(actors, dict):
        return
    seats = [key for key, it in actors.items() if isinstance(it, dict) and it.get("goals")]
    if seats:
        anybody = {"name": name, "code": "XX", "goals": {"nothing": {"weight": 100, "score": "0"}}}
        yield {**value, "actors": {**actors, name: anybody}}
    groups = value.get("groups")
    for members in (seats, seats[:2]):
        yield {**value, "groups": {**(groups if isinstance(groups, dict) else {}), name: members}}


def _missing(found: list[Diagnostic]) -> list[Diagnostic]:
    """Names that several places speak of are not misspelt but missing: another name is no help then."""
    lines = {(d.message, d.span.path, d.span.line) for d in found if d.code in UNKNOWN and d.span}
    uses = Counter(message for message, _, _ in lines)
    return [replace(d, help=_many(uses[d.message], d.code), fix=None) if d.code in UNKNOWN and uses[d.message] >= _MANY and d.help.startswith(_NO_HELP)
            else d for d in found]


def _without_followers(found: list[Diagnostic], value: dict[str, Any], document: Document,
                       tried: _Trials) -> list[Diagnostic]:
    """Without what goes away when one word is put right."""
    for first in [d for d in found if d.severity == "error" and d.fix and d.fix.edits]:
        others = [d for d in found if d is not first and (d.code, d.message) != (first.code, first.message)]
        if first not in found or not others or not first.fix:
            continue
        changed = read(document.path, edited(document.text, first.fix.edits).encode()).value
        if first.span is None or first.span.path != document.path or not isinstance(changed, dict):
            continue
        if "par" in value:
            changed["par"] = value["par"]
        after = tried(changed, found)
        left = {(d.code, d.message) for d in after} if after is not None else set()
        gone = [d for d in others if (d.code, d.message) not in left] if after is not None else []
        if gone:
            found = [replace(d, hidden=d.hidden + len(gone)) if d is first else d for d in found if d not in gone]
    return found


def _one(found: list[Diagnostic], value: dict[str, Any], document: Document,
         tried: _Trials, doubted: set[tuple[Path, str]]) -> tuple[list[Diagnostic], dict[str, Any]] | None:
    unknown = Counter(name for d in found if d.code in UNKNOWN for name in unknown_names(d))
    if not unknown:
        return None
    suspects = {it: None for name, _ in unknown.most_common() for it in _suspects(name, value)}
    # a name that was misspelt where it is declared is written so nowhere else
    written = Counter(re.findall(r"[A-Za-z_][\w.]*", document.text))
    for path, other in sorted(suspects.keys() - doubted, key=lambda it: (written[str(it[0][-1])], str(it)))[:_MOST_SUSPECTED]:
        changed = renamed(value, path, other)
        after = tried(changed, found) if changed is not None else None
        if changed is None or after is None:
            continue
        left = {(d.code, d.message) for d in after}
        gone = [d for d in found if (d.code, d.message) not in left]
        about = [d for d in gone if re.search(rf"(?<!\w){re.escape(other)}(?!\w)", d.message)]
        if not about:
            continue
        kept = [d for d in found if (d.code, d.message) in left]
        if sum(1 + len(d.also) for d in arranged(gone)) == 1:
            doubted.add((path, other))
            return [_doubtful(d, document, path) if d in gone else d for d in found], value
        told = _primary(about, document, path, other)
        return [replace(told, hidden=len(gone) - len(about)), *kept], changed
    return None


def unknown_names(told: Diagnostic) -> list[str]:
    """The words a problem speaks of, as far as one of them may be the name that does not exist."""
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
    # generous, because each suspicion is tried
    return one_slip(declared, name) or nearest(declared, [name]) is not None


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

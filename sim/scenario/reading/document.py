"""scenario: YAML text to plain values, with the place of every value and key.

Only the core types of YAML 1.2 are known: `true` and `false`, whole and decimal numbers, null; everything
else (`no`, `on`, `18:30`, dates) is text. One pass over the parser's events builds values and places and
refuses what a scenario file must not hold, so that no file, however hostile, costs more than a moment. The
places are two offsets into the text; lines and columns are worked out when somebody asks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Any, Final

from sim.errors import Diagnostic, Edit, Fix, Span
from sim.scenario.reading.decoding import LARGEST_FILE, decode, decode_prose
from sim.scenario.reading.events import DEEPEST, HOLDING, MOST_VALUES, EventPass, Loc
from sim.scenario.reading.rows import bounds
from sim.scenario.reading.trouble import QUOTE, Trouble

__all__ = ["CODES", "DEEPEST", "LARGEST_FILE", "MOST_VALUES", "Document", "Loc", "read"]

CODES: Final[dict[str, str]] = {
    "Y001": "a line that is not YAML",
    "Y002": "a key given twice",
    "Y003": "anchors and aliases (`&` and `*`)",
    "Y004": "tags (`!`)",
    "Y005": "maps and lists too deep inside each other",
    "Y006": "a key that is not a word",
    "Y007": "a file that is too large",
    "Y008": "a file that is not UTF-8 text",
    "Y009": "a tab",
    "Y010": "a number with too many digits",
    "Y011": "a decimal number that is not finite or not plain",
    "Y012": "several documents in one file",
    "Y013": "an empty file",
    "Y014": "a file whose top level is not `key: value` lines",
    "Y015": "a colon inside text without quotation marks",
    "Y016": "a text that begins with a sign that YAML keeps for itself",
    "Y017": "quotation marks that do not close, or close too early",
    "Y018": "brackets that do not close, or close too early",
    "Y019": "indentation that does not fit",
    "Y021": "a space of a word processor outside a text",
    "Y020": "an escape such as `\\q` that gives no readable character",
}
"""Every code of the reader with what it is about."""
_UNSEEN: Final = re.compile("[\u00a0\u00ad\u1680\u2000-\u200d\u202f\u205f\u2060\u3000]")
"""Spaces that are none for YAML, and what has no width."""
_DASHED: Final = re.compile(r"\n *- |(?:\A|\n) *-[^\W\d_]")
_SIGNS: Final = ("", '"', "'", "|", ">", "{", "[")
_SHORT: Final = 100
"""Letters of a text that is quoted in an advice."""


@dataclass(frozen=True, slots=True)
class Document:
    r"""A file as it was read: its text, its value as plain Python data, and what is wrong with it.

    `text` has its line ends as "\n" and no byte order mark. `value` is None if the file cannot be used at
    all; with lesser errors it is there, so that everything else can be checked in the same pass.
    """

    path: str
    text: str
    value: object
    diagnostics: tuple[Diagnostic, ...]
    _values: dict[Loc, tuple[int, int]] = field(default_factory=dict, repr=False, compare=False)
    _keys: dict[Loc, tuple[int, int]] = field(default_factory=dict, repr=False, compare=False)
    _starts: list[int] = field(default_factory=lambda: [0], repr=False, compare=False)
    rest: dict[str, object] | None = field(default=None, repr=False, compare=False)
    """Of a file that cannot be used: the sections that can be read, if others cannot."""
    doubtful: frozenset[str] = field(default=frozenset(), repr=False, compare=False)
    """Sections of `rest` of which nothing should be said, because some of their lines may be out of place."""

    def span(self, loc: Loc) -> Span:
        """Where the value at `loc` stands.

        Segments of `loc` that the file does not have are passed over (validation adds some of its own); if a
        value is missing, the place is that of what should hold it. A map or list of several lines is shown by
        its first key or dash, a text of several lines by its first line.
        """
        return _span(self.path, self.text, self._starts, *self._values.get(self._nearest(loc), (0, 0)))

    def key_span(self, loc: Loc) -> Span:
        """Where the key of the value at `loc` stands; for an item of a list, the item itself."""
        found = self._nearest(loc)
        place = self._keys.get(found) or self._values.get(found, (0, 0))
        return _span(self.path, self.text, self._starts, *place)

    def lines(self, loc: Loc) -> tuple[int, int] | None:
        """The first and the last line of what stands at `loc`, its key and all below it included.

        As with `span`, segments that the file does not have are passed over; None if it has none of them.
        """
        found = self._nearest(loc)
        if not found:
            return None
        first, last = self._keys.get(found) or self._values[found]
        size = len(found)
        for place, (_, stop) in self._values.items():
            if stop > last and place[:size] == found:
                last = stop
        # a block of text ends behind its last line
        last = first + len(self.text[first:last].rstrip())
        return bisect_right(self._starts, first), bisect_right(self._starts, max(first, last - 1))

    def text_at(self, loc: Loc) -> str:
        """What the file has at the value of `loc`, as it is written; empty where it has no such value."""
        start, end = self._values.get(loc, (0, 0))
        return self.text[start:end]

    def behind(self, loc: Loc) -> str:
        """What follows the value at `loc` on its line."""
        _, end = self._values.get(loc, (0, 0))
        stop = self.text.find("\n", end)
        return self.text[end:stop] if stop >= 0 else self.text[end:]

    def running_on(self) -> list[Loc]:
        """Where texts without quotation marks stand that have a dash before one of their lines."""
        return [loc for loc, (start, end) in self._values.items()
                if self.text[start:start + 1] not in _SIGNS and _DASHED.search(self.text[start:end])]

    def has(self, loc: Loc) -> bool:
        """Whether the file has a value at `loc`."""
        return loc in self._values

    def holds(self, loc: Loc) -> bool:
        """Whether a map or a list stands at `loc`."""
        return isinstance(self._at(loc), dict | list)

    def found(self, loc: Loc, words: str) -> Span | None:
        """Where some words stand in the value at `loc` if they stand there exactly once; of a list, in its texts."""
        value = self._at(loc)
        if loc not in self._values or (isinstance(value, dict) and not self.text_at(loc).startswith("{")):
            return None
        first, last = self._values[loc]
        if isinstance(value, list) and value:
            last = max(last, self._values[(*loc, len(value) - 1)][1])
        pattern = re.compile(rf"(?<![\w.]){re.escape(words)}(?![\w]|\.[a-z])")
        hits = [m.span() for m in pattern.finditer(self.text, first, last)]
        return _span(self.path, self.text, self._starts, *hits[0]) if len(hits) == 1 else None

    def within(self, loc: Loc, start: int, end: int) -> Span:
        """Where the characters `start` to `end` (from 0, `end` exclusive) of the text value at `loc` stand.

        Exact for plain, single-quoted and block texts and for double-quoted ones without escapes, also over
        several lines; otherwise the place of the whole value.
        """
        place = self._values.get(loc)
        value = self._at(loc)
        if place is None or not isinstance(value, str):
            return self.span(loc)
        found = _offsets(self.text[place[0] : place[1]], value)
        if found is None or not 0 <= start < len(value):
            return self.span(loc)
        first = place[0] + found[start]
        last = place[0] + found[min(max(end, start + 1), len(value)) - 1] + 1
        return _span(self.path, self.text, self._starts, first, last)

    def _at(self, loc: Loc) -> object:
        value: Any = self.value
        for segment in loc:
            if isinstance(value, dict):
                value = value.get(segment)
            elif isinstance(value, list) and isinstance(segment, int) and segment < len(value):
                value = value[segment]
            else:
                return None
        return value

    def _nearest(self, loc: Loc) -> Loc:
        """The longest place that is a subsequence of `loc`; of equals the one with later segments."""
        if loc in self._values:
            return loc
        best: tuple[int, tuple[int, ...], Loc] = (0, (), ())
        found: list[tuple[Loc, tuple[int, ...]]] = [((), ())]
        for at, segment in enumerate(loc[:DEEPEST]):
            longer = [((*path, segment), (*used, at)) for path, used in found if (*path, segment) in self._values]
            for path, used in longer:
                best = max(best, (len(path), used, path))
            # what ends in the same place can go on in the same way: keep one of each
            found = list(dict([*found, *longer]).items())
        return best[2]


def read(path_label: str, data: bytes) -> Document:
    """Read a YAML file that is already in memory. Never raises for what the file holds.

    `path_label` is what the diagnostics call the file.
    """
    text, trouble = decode(data)
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    if trouble is not None:
        return Document(path_label, text, None, (_diagnostic(path_label, text, starts, trouble),), {}, {}, starts)
    odd: list[int] = []
    clean = text
    if not text.isascii() and _UNSEEN.search(text):
        from sim.scenario.reading import unseen

        # what looks like a space is read as one, so that everything else is checked in the same pass
        odd = unseen.places(text)
        clean = unseen.plain(text, odd)
    scan = EventPass(clean)
    value = scan.run()
    rest = None
    if value is None:
        from sim.scenario.reading.sections import legible

        rest = legible(clean, scan.troubles)
    if odd:
        scan.troubles.append(unseen.trouble(text, odd))
    troubles = [*scan.troubles, *(rest.troubles if rest else ())]
    told = [_diagnostic(path_label, text, starts, item, scan) for item in troubles]
    told.sort(key=lambda item: (item.span.line, item.span.column) if item.span else (0, 0))
    if rest is not None:
        return Document(path_label, text, value, tuple(told), rest.scan.values, rest.scan.keys, starts, rest.value,
                        rest.doubtful)
    return Document(path_label, text, value, tuple(told), scan.values, scan.keys, starts)


def read_prose(path_label: str, data: bytes) -> Document:
    """A text beside the YAML, a brief; it has no value. Never raises for what the file holds."""
    text, trouble = decode_prose(data)
    starts = [0, *(found.end() for found in re.finditer("\n", text))] if trouble else [0]
    return Document(path_label, text, None, (_diagnostic(path_label, text, starts, trouble),) if trouble else ())


def _span(path: str, text: str, starts: list[int], start: int, end: int) -> Span:
    line = bisect_right(starts, start)
    first = starts[line - 1]
    newline = text.find("\n", start)
    # a place of several lines is shown by what it has on the first
    stop = min(end, newline if newline >= 0 else len(text))
    return Span(path, line, start - first + 1, max(stop, start + 1) - first + 1)


def _edit(path: str, text: str, starts: list[int], start: int, end: int, new: str) -> Edit:
    place = _span(path, text, starts, start, end)
    return Edit(Span(path, place.line, place.column, place.column + end - start), new)


def _diagnostic(path: str, text: str, starts: list[int], item: Trouble, scan: EventPass | None = None) -> Diagnostic:
    from sim.scenario.reading import slips

    span = _span(path, text, starts, item.start, item.end)
    fix: Fix | None = None
    also: tuple[Span, ...] = ()
    advice = item.help
    if item.edits:
        fix = Fix(item.fix, tuple(_edit(path, text, starts, *edit) for edit in item.edits))
        return Diagnostic(item.code, "error", item.message, span, advice, fix)
    match item.code:
        case "Y021":
            from sim.scenario.reading import unseen

            fix = unseen.replaced(path, text, unseen.places(text))
            also = tuple({e.span.line: e.span for e in reversed(fix.edits) if e.span.line != span.line}.values())[::-1]
        case "Y009":
            fix = slips.tabs(path, text)
            also = tuple({e.span.line: e.span for e in reversed(fix.edits) if e.span.line != span.line}.values())[::-1]
        case "Y017" if "word processors" in item.message:
            fix = slips.straight(path, text, item.start)
        case "Y017" if "closes nothing" in item.message:
            fix = Fix("write the straight quotation mark", (Edit(span, '"'),))
        case "Y017" if "text follows" in item.message or "apostrophe" in item.message:
            from sim.scenario.reading import quoting

            if (found := quoting.remarked(path, text, item.start)) is not None:
                fix, meant = found
                advice = f"put the whole text in other quotation marks: `{meant}`" if len(meant) <= _SHORT else advice
        case "Y001" if "space is missing" in item.message:
            fix = Fix("put a space behind the colon", (Edit(Span(path, span.line, span.end_column, span.end_column), " "),))
        case "Y001" if item.message.startswith("the colon is missing behind"):
            meant = item.help.removeprefix("write ").strip("`")
            fix = Fix(f"write `{meant}` instead of `{text[item.start:item.end]}`", (Edit(span, meant),))
        case "Y015" if item.message.startswith("two keys"):
            fix = slips.wrapped(path, text, item.start)
        case "Y018" if "begins with" in item.message:
            fix = slips.prose(path, text, item.start)
        case "Y015" | "Y018" if "inside `" in item.help or item.help == QUOTE:
            advice, fix = _in_braces(path, text, item)
        case "Y015" | "Y016":
            fix = slips.prose(path, text, item.start)
        case "Y002" if scan is not None:
            advice, fix = _repeated(path, text, item, scan)
    return Diagnostic(item.code, "error", item.message, span, advice, fix, also)


def _in_braces(path: str, text: str, item: Trouble) -> tuple[str, Fix | None]:
    """What to do about a text that a colon, a comma or a bracket cuts, and the fix if it is sure where the text ends."""
    from sim.scenario.reading import quoting, slips

    first, _ = bounds(text, item.start)
    inside = item.help != QUOTE or bool(quoting.opened(text[first:item.start], item.start - first))
    found = quoting.braced(path, text, item.start) if inside else None
    if found is None:
        return item.help, None if inside else slips.prose(path, text, item.start)
    fix, meant = found
    return f"inside `{{ }}` put such texts in quotation marks: `{meant}`" if len(meant) <= _SHORT else item.help, fix


def _repeated(path: str, text: str, item: Trouble, scan: EventPass) -> tuple[str, Fix | None]:
    """What to do about a key given twice, and the fix if both say the same, or hold entries that do not collide."""
    from sim.scenario.reading import slips

    again = next((loc for loc, place in scan.keys.items() if place == (item.start, item.end) and str(loc[-1])[:1] == "\0"), None)
    if again is None or again not in scan.values:
        return item.help, None
    word = text[item.start:item.end]
    first = (*again[:-1], word)
    inside = [loc for loc in scan.values if len(loc) > len(again) and loc[:len(again)] == again]
    if not inside:
        if text[slice(*scan.values.get(first, (0, 0)))] != text[slice(*scan.values[again])]:
            return item.help, None
        return item.help, slips.repeated(path, text, (item.start, item.end), scan.values[again])
    names = [loc[-1] for loc in inside if len(loc) == len(again) + 1 and loc in scan.keys]
    if first not in scan.keys or not names or (len(again) > 1 and word not in HOLDING):
        return item.help, None
    # what does not collide was put together, and has the same place in both
    both = [str(name) for name in names if scan.keys.get((*first, name)) != scan.keys[(*again, name)]]
    line = text.count("\n", 0, scan.keys[first][0]) + 1
    if both:
        shown = " and ".join(f"`{name}`" for name in both[:3])
        stand = "stands" if len(both) == 1 else "stand"
        return (f"put these entries below those of line {line} and take this line out; {shown} {stand} in both: keep one, or "
                "give it another name"), None
    return (f"put these entries below those of line {line}, and take this line out",
            slips.merged(path, text, scan.keys[first][0], item.start))


def _offsets(raw: str, value: str) -> list[int] | None:
    """For each character of `value` its offset in the source `raw`, or None if they cannot be matched.

    Folding only touches blanks, so the visible characters of both follow each other one by one.
    """
    at = 0
    quote = raw[:1] if raw[:1] in ("'", '"') else ""
    if quote == '"' and "\\" in raw:
        return None
    if quote:
        raw_end, at = len(raw) - 1, 1
    else:
        raw_end = len(raw)
        if raw[:1] in ("|", ">"):
            at = raw.find("\n") + 1
    out: list[int] = []
    for char in value:
        if not char.isspace():
            while at < raw_end and raw[at].isspace():
                at += 1
            if at >= raw_end or raw[at] != char:
                return None
        out.append(min(at, max(raw_end - 1, 0)))
        at += 2 if quote == "'" == char else 1 if at < raw_end and raw[at] == char else 0
    return out

"""scenario: names, lines of an entry, and texts of several lines that do not stand where they belong, told as what they are.

YAML notices none of them where it happens: it stops at a neighbour further below, which is in order.
"""

from __future__ import annotations

import re
from typing import Final

from sim.scenario.reading.rows import Line, bounds, column_of, lines_above
from sim.scenario.reading.trouble import Trouble

_EMPTY: Final = re.compile(r" *(?:- +)?([A-Za-z_][\w.]*): *(?:#.*)?")
"""A key with nothing behind it."""
_FLOW: Final = re.compile(r"([A-Za-z_][\w.]*): +\{")
_HELD: Final = re.compile(r" *([a-z_][\w.]*): +\S.*")
_NAME: Final = re.compile(r"[a-z_][\w.-]*")
_BEGUN: Final = re.compile(r" *(?:- +)?(?:([A-Za-z_][\w.]*): +)?(?=[^\s\"'|>{\[#&*!%@`-])")
"""What stands before a text without quotation marks."""
_ITEM: Final = re.compile(r" *- ")
_STEP: Final = 2
_WORDS: Final = 3
"""Words by which a line is known for a sentence."""


def name_at_the_edge(text: str, at: int) -> Trouble | None:
    """The name of an entry at the left edge, if the lines below it stand where those of an entry do; `at` is behind them."""
    own = at - bounds(text, at)[0]
    above = lines_above(text, at)
    n = next((n for n, line in enumerate(above) if line.column == 0), None)
    if own != _STEP or n is None or n + 1 >= len(above):
        return None
    name = _EMPTY.fullmatch(above[n].said) or _FLOW.match(above[n].said)
    if name is None or name[1] in _sections() or not _follows_an_entry(above[n + 1:]):
        return None
    # below a name with brackets only what they hold could be read up to here
    if name.re is not _FLOW and (not n or above[n - 1].column != 2 * _STEP or _HELD.fullmatch(above[n - 1].said) is None \
            or any(line.column < 2 * _STEP for line in above[:n])):
        # a section holds names at its first step; a value there is a line of an entry
        return None
    line = text.count("\n", 0, at) + 1
    return Trouble("Y019", f"`{name[1]}:` stands at the left edge, and the lines around it stand like those of entries",
                   above[n].start, above[n].start + len(above[n].said.rstrip()), f"begin it with {_STEP} spaces, like line {line}",
                   fix=f"begin `{name[1]}:` with {_STEP} spaces", edits=((above[n].start, above[n].start, " " * _STEP),))


def _follows_an_entry(above: list[Line]) -> bool:
    """Whether the last line no further in than an entry is one, or the key of a section without any yet."""
    if above[0].column == 0:
        return _EMPTY.fullmatch(above[0].said) is not None
    return next((line.column for line in above if line.column <= _STEP), 0) == _STEP


def beside_its_name(text: str, at: int) -> Trouble | None:
    """The first lines of an entry in the column of its name, above one that stands further in."""
    start, end = bounds(text, at)
    own = column_of(text[start:end])
    lines: list[Line] = []
    for line in lines_above(text, start):
        if line.column != own - _STEP or not line.column:
            return None
        if (name := _EMPTY.fullmatch(line.said)) is not None and not _ITEM.match(line.said):
            break
        if not _HELD.fullmatch(line.said):
            return None
        lines.insert(0, line)
    else:
        return None
    if not lines:
        return None
    first, last = (text.count("\n", 0, line.start) + 1 for line in (lines[0], lines[-1]))
    which = "this line stands" if first == last else f"lines {first} to {last} stand"
    key = lines[0].start + lines[0].column
    return Trouble("Y019", f"{which} in the column of `{name[1]}:` and belong{'s' * (first == last)} to it", key,
                   lines[0].start + len(lines[0].said.rstrip()),
                   f"begin {'it' if first == last else 'them'} with {own} spaces, like the line{'s' * (first == last)} below",
                   fix=f"begin line{'s' * (first != last)} {first}{f' to {last}' * (first != last)} with {own} spaces",
                   edits=tuple((line.start, line.start, " " * _STEP) for line in lines))


def text_below(text: str, at: int) -> Trouble | None:
    """A text on the lines below its key without the `|` that it needs because of a colon or an empty line."""
    start, end = bounds(text, at)
    own = column_of(text[start:end])
    lines: list[Line] = []
    for line in lines_above(text, start):
        if line.column < own:
            break
        lines.insert(0, line)
    else:
        return None
    key = _EMPTY.fullmatch(line.said)
    first = lines[0].said if lines else text[start:end]
    if key is None or _ITEM.match(first) or len(first.partition(": ")[0].split()) < _WORDS:
        return None
    behind = line.start + len(line.said.partition(":")[0]) + 1
    begun = lines[0].start + lines[0].column if lines else start + own
    number = text.count("\n", 0, line.start) + 1
    return Trouble("Y015", f"the text of `{key[1]}` goes over several lines and has a colon in it", begun, bounds(text, begun)[1],
                   f"write `{key[1]}: |` on line {number}", fix=f"write `{key[1]}: |`", edits=((behind, behind, " |"),))


def text_goes_on(text: str, at: int) -> Trouble | None:
    """A text that begins behind its key and goes on over lines of which one has a colon."""
    start, end = bounds(text, at)
    own = column_of(text[start:end])
    if _NAME.fullmatch(text[start:at].strip()) or ": " in text[start:at]:
        return None
    first = next((line for line in lines_above(text, start) if line.column < own), None)
    begun = _BEGUN.match(first.said) if first is not None else None
    if first is None or begun is None or not begun[0].strip():
        return None
    number = text.count("\n", 0, first.start) + 1
    last = end
    while last < len(text):
        stop = bounds(text, last + 1)[1]
        line = text[last + 1:stop]
        if line.strip() and column_of(line) <= first.column:
            break
        last = stop
    said = text[first.start + begun.end():last].rstrip()
    place = first.start + begun.end()
    sure = not any(sign in said for sign in ('"', "\\", " #"))
    below = f", or write it on the lines below `{begun[1]}: |`" if begun[1] else ""
    return Trouble("Y015", f"a colon stands in the text that begins on line {number} without quotation marks", at, at + 1,
                   f"put all of it, from line {number} on, in quotation marks{below}", fix="put the text in quotation marks",
                   edits=((place, place, '"'), (place + len(said), place + len(said), '"')) if sure else ())


def _sections() -> set[str]:
    """What may stand at the left edge of a file."""
    from sim.scenario.form.shape import keys_of
    from sim.scenario.models import History, Map, Masked, Scenario

    return {key for model in (Scenario, History, Map, Masked) for key in keys_of(model)}

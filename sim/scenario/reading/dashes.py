"""scenario: the dash of a list's item that is missing, has no space behind it, or stands too far in to be one.

YAML stops at such lines, or at one below them, without a word of the dash that was forgotten.
"""

from __future__ import annotations

import re
from typing import Final

from sim.scenario.reading.rows import bounds, column_of, lines_above, row_at
from sim.scenario.reading.trouble import Trouble

_ITEM: Final = re.compile(r"( *)- +(?=\S)")
_GLUED: Final = re.compile(r" *-(?=[^\W\d_]|[\"'“„{])")
"""`-word`, which is no item."""
_PLAIN_ITEM: Final = re.compile(r" *- +(?![\"'|>{\[])(?:(?!: ).)*[^:\s]\s*")
_KEYED: Final = re.compile(r" *- +[A-Za-z_][\w.]*:(?: |$)")
_LISTS: Final = re.compile(r"( *)(?:- +)?(branches|steps|on_signature|expect|when|teaches|questions):\s*(?:#.*)?")
_CONDITIONS: Final = ("expect", "when")
_SHORT: Final = 60
_FAR: Final = 4_000
"""Letters above a line in which its list is looked for."""


def without_space(text: str, at: int) -> Trouble | None:
    """A line `-word` that was to be an item."""
    start, _ = bounds(text, at)
    glued = _GLUED.match(text, start)
    above = _above(text, start)
    if glued is None or not above:
        return None
    column = glued.end() - 1 - start
    beside = next((it for it in above if column_of(it) <= column), "")
    item = _ITEM.match(beside)
    if not (item and len(item[1]) == column) and not (above[0].rstrip().endswith(":") and beside == above[0]):
        return None
    # its neighbours were most likely typed in the same way
    edits = [(glued.end(), glued.end(), " ")]
    end = bounds(text, start)[1]
    while end < len(text) and (more := _GLUED.match(text, end + 1)) and more.end() - end - 2 == column:
        edits.append((more.end(), more.end(), " "))
        end = bounds(text, end + 1)[1]
    return Trouble("Y001", "a space is missing behind this `-`", glued.end() - 1, glued.end(), "an item of a list begins with `- `, a dash and a space",
                   fix="put a space behind the dash", edits=tuple(edits))


def missing(text: str, at: int) -> Trouble | None:
    """A line without a colon in the column of the dashes of the items above it."""
    start, end = bounds(text, at)
    line = text[start:end]
    column = len(line) - len(line.lstrip())
    above = _above(text, start)
    first = next((n for n, it in enumerate(above) if column_of(it) <= column), None)
    item = _ITEM.match(above[first]) if first is not None else None
    if first is None or item is None or len(item[1]) != column:
        return None
    said = line.strip()
    holder = next((found for it in above[first:] if column_of(it) <= column and (found := _LISTS.fullmatch(it))), None)
    sure = said[0].isupper() or said[0] == "{" or (holder is not None and holder[2] in _CONDITIONS)
    written = f"begin it with `- `: `- {said}`" if len(said) <= _SHORT else "begin it with `- `"
    return Trouble("Y001", "`- ` is missing before this line, which stands among the items of a list", start + column, end,
                   f"{written}; if it continues the text above, move it further in", fix="begin the line with `- `",
                   edits=((start + column, start + column, "- "),) if sure else ())


def of_the_first(text: str, at: int) -> Trouble | None:
    """The first lines of the items of `branches:`, if all of them have lost their dashes; `at` stands on the line below one."""
    start, _ = bounds(text, at)
    above = _above(text, start)
    if len(above) < 2 or (holder := _LISTS.fullmatch(above[1])) is None or holder[2] in ("expect", "teaches", "questions"):
        return None
    column, key = column_of(above[0]), above[0].strip().partition(":")[0]
    if column <= column_of(above[1]) or above[0].lstrip()[:1] in "-{[\"'" or column_of(text[start:bounds(text, start)[1]]) != column + 2:
        return None
    first = text.rfind(above[0], 0, start)
    places, here = [], first
    while here < len(text):
        stop = bounds(text, here)[1]
        line = text[here:stop]
        if line.strip() and column_of(line) < column:
            break
        if line.strip() and column_of(line) == column and not line.lstrip().startswith(("#", "- ")):
            places.append(here + column)
        here = stop + 1
    return Trouble("Y019", f"`- ` is missing before `{key}:`: `{holder[2]}:` holds a list", first + column, first + len(above[0].rstrip()),
                   "begin the first line of each item with `- `, its other lines two spaces further in",
                   fix="begin the items with `- `", edits=tuple((place, place, "- ") for place in places))


def glued_above(text: str, at: int) -> Trouble | None:
    """The line above, if it is `-key: …` and the one at `at` goes on with the item."""
    start, _ = bounds(text, at)
    return without_space(text, start - 1) if start and _GLUED.match(text, bounds(text, start - 1)[0]) else None


def out_of_line(text: str, at: int) -> Trouble | None:
    """An item that begins in another column than the items around it, or of which the lines do."""
    start, end = bounds(text, at)
    above, own = _above(text, start), at - start
    dashed = _ITEM.match(text, start, end)
    beside = next((it for it in above if column_of(it) < own + (dashed is None)), "")
    item = _ITEM.match(beside)
    if item is None:
        return None
    column = len(item[1])
    if dashed is not None:
        if own > column + 2:
            return None
        return Trouble("Y019", "this item stands further in than the one above", at, end, _as_far(column), fix=_as_far(column),
                       edits=((start, at, " " * column),) if _alone(text, end, own, column) else ())
    if own == column and above[0] == beside and _KEYED.match(beside) and _column_below(text, end) == len(item[0]):
        return Trouble("Y019", "this line stands further out than the lines of the item it belongs to", at, end, _as_far(len(item[0])),
                       fix=_as_far(len(item[0])), edits=((start, at, " " * len(item[0])),))
    if above[0] == beside and _KEYED.match(beside) and own < len(item[0]) and own - 2 in _columns(above[1:], column):
        # its dash was moved, and the lines below it were not
        first = text.rfind(beside, 0, start)
        return Trouble("Y019", "this item stands further in than its own lines below", first + column, first + len(beside.rstrip()),
                       _as_far(own - 2), fix=_as_far(own - 2), edits=((first, first + column, " " * (own - 2)),))
    return None


def with_dash(text: str, at: int) -> tuple[tuple[int, int, str], ...]:
    """The edit that gives a line among the items of a list its dash; nothing if it may belong elsewhere."""
    start = bounds(text, at)[0]
    own, above = at - start, _above(text, start)
    n = next((n for n, it in enumerate(above) if column_of(it) <= own and _ITEM.match(it)), None)
    if n is None or any(column_of(it) < column_of(above[n]) for it in above[:n]):
        return ()
    if text[at] != "{" and not _KEYED.match(above[n]):
        return ()  # an item beside texts is a text
    column = column_of(above[n])
    holder = next((it for it in above[n:] if column_of(it) < column or (column_of(it) == column and not _ITEM.match(it))), "")
    if not holder.rstrip().endswith(":") or column_of(holder) >= column:
        return ()
    if own == column:
        return ((at, at, "- "),)
    return ((start + column, at, "- "),) if own == column + 2 and text[at] == "{" else ()


def for_stars(text: str, at: int) -> tuple[tuple[int, int, str], ...]:
    """A dash for the star of each of the lines around that begin with one in the same column."""
    row = row_at(text, at)
    begin = row.said[:at - row.start] + "* "
    lines = text.split("\n")
    first = last = row.number - 1
    while first and lines[first - 1].startswith(begin):
        first -= 1
    while last + 1 < len(lines) and lines[last + 1].startswith(begin):
        last += 1
    start = row.start - sum(len(line) + 1 for line in lines[first:row.number - 1])
    edits = []
    for line in lines[first:last + 1]:
        edits.append((start + len(begin) - 2, start + len(begin) - 1, "-"))
        start += len(line) + 1
    return tuple(edits)


def first_without(text: str, at: int) -> Trouble | None:
    """The first item of a list, of which the dash is missing; `at` is at the second."""
    from sim.scenario.reading.events import HOLDING

    start, end = bounds(text, at)
    above, own = _above(text, start), at - start
    if not _ITEM.match(text, start, end) or len(above) < 2 or column_of(above[0]) != own or not above[1].rstrip().endswith(":") \
            or column_of(above[1]) >= own or above[0].lstrip().startswith("- ") or above[1].strip().partition(":")[0] in HOLDING:
        return None
    first = text.rfind(above[0], 0, start)
    return Trouble("Y019", "`- ` is missing before this line, the first of a list", first + own, first + len(above[0].rstrip()),
                   "begin it with `- `, like the line below", fix="begin the line with `- `", edits=((first + own, first + own, "- "),))


def _columns(above: list[str], most: int) -> set[int]:
    """Where an item may begin: beside an item above, or a step behind the key that holds the list."""
    found = {len(item[1]) for it in above if (item := _ITEM.match(it)) and len(item[1]) <= most}
    holder = next((it for it in above if column_of(it) < most and it.rstrip().endswith(":")), None)
    return found | ({column_of(holder), column_of(holder) + 2} if holder is not None else set())


def _alone(text: str, end: int, own: int, column: int) -> bool:
    """Whether the lines behind an item in a column go on with what stands before it, or stand as if it began in another."""
    below = _column_below(text, end)
    return below <= own or below == column + 2


def _column_below(text: str, end: int) -> int:
    return column_of(next((line for line in text[end + 1:end + _FAR].split("\n") if line.strip()), ""))


def _as_far(column: int) -> str:
    return f"begin it with {column} space{'s' * (column != 1)}" if column else "begin it at the left edge"


def too_far_in(text: str, at: int) -> Trouble | None:
    """A line that begins with `- ` and continues the text of the item above."""
    start, end = bounds(text, at)
    own = _ITEM.match(text, start, end)
    above = next((it for it in _above(text, start) if own and column_of(it) < len(own[1])), "")
    if own is None or not _PLAIN_ITEM.fullmatch(above):
        return None
    column = column_of(above)
    place = f"with {column} space{'s' * (column != 1)}" if column else "at the left edge"
    said = text[own.end():end].rstrip()
    edits = [(start, start + len(own[1]), " " * column)]
    if not any(sign in said for sign in ('"', "\\", " #")):
        # beside an item that is a text, one with a colon is a text too
        edits.append((own.end(), own.end() + len(said), f'"{said}"'))
    return Trouble("Y019", "this line begins with `- ` but continues the text above", start + len(own[1]), end,
                   f"begin it {place}, in the column of the `-` above", fix=f"begin it {place}, as an item of the list", edits=tuple(edits))


def _above(text: str, start: int) -> list[str]:
    """The lines before one that say something, the nearest first."""
    return [line.said for line in lines_above(text, start, start - _FAR)]

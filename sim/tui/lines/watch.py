"""tui: the lines of the watch screen: problems with their place, the story map, what a save changed.

Past 400 lines: one screen's lines, which share their signs and their excerpts.
"""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Final

from textual.content import Content
from textual.style import Style

from sim.authoring.watching.bench import Change, Promised, Report
from sim.authoring.watching.blame import Blame
from sim.authoring.watching.map import Place, StoryMap, Way
from sim.authoring.watching.news import Happened, Parting
from sim.authoring.watching.problems import Problem
from sim.authoring.watching.scene import Playing
from sim.errors import Span
from sim.tui.lines.line import Line, freed, gap, heading, held, plain, stacked

_TAB: Final = "    "
_EDITED: Final = 24
"""An edit that begins further to the right than this in its line moves the line to the left."""
_PROMISES: Final = 4
"""More promises than this are counted rather than listed, but for those that are not kept."""
_FEW: Final = 26
"""A map of so few lines is shown whole."""
_BAR: Final = 8
_LONG: Final = 110
"""Characters of a dispatch that are shown where there is little room."""
_VERDICTS: Final = {"kept": ("✓ ", "bold $good"), "broken": ("✗ ", "bold $bad"), "undecided": ("? ", "$mark"),
                    "open": ("… ", "$quiet")}
_MARKS: Final = {"now": ("▣ ", "$mark"), "been": ("■ ", "$primary"), "": ("□ ", "$quiet")}


def sentence(text: str) -> str:
    """With a large first letter and a full stop."""
    text = text.strip()
    return text and f"{text[0].upper()}{text[1:]}" + ("" if text[-1] in ".!?…:" else ".")


def counted(number: int, thing: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{number} {thing}{'s' * (number != 1)}"


# -- the verdict


def broken(promised: Sequence[Promised]) -> list[int]:
    """The numbers of the promises that are broken."""
    return [number for number, it in enumerate(promised) if it.verdict == "broken"]


def verdict(report: Report, promised: Sequence[Promised] = ()) -> Content:
    """How the files stand, in a few words: sign, counts, and the promises that they break."""
    if report.trouble:
        return plain("✗ ", "bold $bad") + plain("no game of these files", "bold $bad")
    failed = [plain(f"{counted(len(broken(promised)), 'promise')} broken", "bold $bad")] if broken(promised) else []
    if failed and not report.problems:
        return plain("✗ ", "bold $bad") + failed[0]
    if not report.problems:
        return plain("✓ ", "bold $good") + plain("no problems", "bold $good")
    told = [plain(counted(report.errors, "error"), "bold $bad")] if report.errors else []
    told += [plain(counted(report.warnings, "warning"), "$mark")] if report.warnings else []
    sign = plain("✗ ", "bold $bad") if report.errors else plain("✓ ", "bold $good") + plain("it loads, ", "$good")
    return sign + Content(", ").join([*told, *failed])


def last_good(report: Report, *, playing: bool) -> str:
    """What can be played while the files do not load; empty while they do."""
    if report.loads:
        return ""
    return "the last good game stays playable" if playing else "no game yet: mend the first error and save"


# -- problems


def problem_lines(report: Report) -> list[Line]:
    """One line a problem, the most important first, its place at the left."""
    out = [Line("trouble", plain(report.trouble), plain("✗ ", "bold $bad"))] if report.trouble else []
    wide = max((len(_where(it)) for it in report.problems), default=0)
    for number, it in enumerate(report.problems):
        sign = plain("✗ ", "bold $bad") if it.grave else plain("! ", "$mark")
        where = plain(f"{_where(it):>{wide}}  ", "$quiet")
        out.append(Line(str(number), plain(sentence(it.diagnostic.message)), sign + where))
    return out


def promise_lines(promised: Sequence[Promised]) -> list[Line]:
    """One line a promise with its verdict; of many those that are kept or open are counted."""
    if not promised:
        return []
    known = sum(it.verdict != "open" for it in promised)
    title = "Promises" if known == len(promised) else f"Promises, {known} of {len(promised)} retested …"
    few = len(promised) <= _PROMISES
    out = [heading("promises", title), *(_promise(number, it) for number, it in enumerate(promised)
                                          if few or it.verdict in ("broken", "undecided"))]
    if not few:
        kept, left = (sum(it.verdict == which for it in promised) for which in ("kept", "open"))
        told = [plain("✓ ", "bold $good") + plain(f"{kept} kept")] if kept or not left else []
        told += [plain(f"… {left} being looked at", "$quiet")] if left else []
        out.append(Line("promises", Content("   ").join(told), wraps=False))
    return out


def _promise(number: int, it: Promised) -> Line:
    sign, style = _VERDICTS[it.verdict]
    return Line(f"promise:{number}", plain(it.text, "bold" if it.verdict == "broken" else ""), plain(sign, style))


def all_promises(promised: Sequence[Promised]) -> Content:
    """Every promise with its verdict, for a dialog."""
    return stacked([_promise(number, it).set(66) for number, it in enumerate(promised)])


def about_promise(it: Promised, key: str = "b") -> Content:
    """A promise, its verdict, how that is known, and by which key the match that shows it is played."""
    words = {"kept": "It is kept.", "broken": "It is broken.", "undecided": "It is not decided.", "open": "It is being looked at."}
    sign, style = _VERDICTS[it.verdict]
    rows = [plain(it.text, "bold"), plain(sign, style) + plain(words[it.verdict])]
    if it.why:
        rows.append(plain(sentence(it.why)))
    if it.line is not None:
        rows.append(plain(key, "bold $primary") + plain(f" plays the match that shows it, to round {it.round}: its orders and "
                                                          "its dice, as the live game."))
    elif it.verdict == "undecided":
        rows.append(plain("`detente check --expect` looks for longer.", "$quiet"))
    return stacked(rows)


def _where(it: Problem) -> str:
    """The line; with the file where it is not the main one."""
    return "" if not it.line else f"{it.file}:{it.line}" if it.file else str(it.line)


def about_problem(it: Problem, width: int, *, said: bool = False, height: int = 0) -> Content:
    """The next step, and the line of the file in its surroundings with a caret under the words.

    The problem's own sentence comes first unless it is `said` beside this. `height`: rows that there are; where they are too
    few, the line itself comes first, without its surroundings. 0: as many as it takes.
    """
    diagnostic = it.diagnostic
    span, style = diagnostic.span, "$bad" if it.grave else "$mark"
    said_first = [] if said else [plain(sentence(diagnostic.message), "bold")]
    advice = [plain("→ ", "bold $primary") + plain(sentence(diagnostic.help))] if diagnostic.help else []
    place = f"{span.path}:{span.line}:{span.column}  " if span else ""
    code = plain(f"{place}{diagnostic.code}", "$quiet")
    whole = stacked([*said_first, *advice, *excerpt(it.around, span, width, style), code])
    if not height or len(whole.wrap(width)) <= height:
        return whole
    own = [row for row in it.around if row[0] == it.line]
    return stacked([*excerpt(own, span, width, style), *said_first, *advice, code])


def whole_problem(it: Problem, number: int, of: int, width: int = 66) -> Content:
    """All about a problem, for a dialog."""
    return stacked([about_problem(it, width), plain(""),
                    plain(f"Problem {number} of {of}. `detente explain {it.diagnostic.code}` says more about its kind.",
                          "$quiet")])


def excerpt(around: Sequence[tuple[int, str]], span: Span | None, width: int, style: str) -> list[Content]:
    """Lines of a file with their numbers; under the words of the span a caret."""
    gutter = max((len(str(number)) for number, _ in around), default=1)
    room = max(12, width - gutter - 4)
    rows: list[Content] = []
    # long lines are cut on the side where the problem is not
    start = 0
    if span is not None:
        start = max(0, min(span.column - 1 - room // 3, span.end_column - room + 4)) if span.end_column > room else 0
    for number, text in around:
        here = span is not None and number == span.line
        cut = start if here else 0
        shown = text.expandtabs(4).replace("\x00", "�")[cut:]
        line = plain(("…" if cut else "") + shown).truncate(room, ellipsis=True)
        rows.append(plain(f"{number:>{gutter}} ", "bold $foreground" if here else "$quiet") + plain("│ ", "$rule")
                    + (line if here else line.stylize("$quiet")))
        if here and span is not None:
            lead = span.column - 1 - cut + bool(cut)
            wide = max(1, min(span.end_column - span.column, room - lead))
            rows.append(plain(" " * gutter + " ") + plain("│ ", "$rule") + plain(" " * max(0, lead) + "▲" * wide, style))
    return rows


# -- the story map


def map_lines(found: StoryMap, opened: frozenset[str], width: int) -> list[Line]:
    """Every place with where the game stands and has been; the ways out of a small map's places, and of opened ones."""
    small = sum(1 + len(place.ways) for place in found.places) <= _FEW
    out: list[Line] = []
    group = ""
    for place in found.places:
        if place.group and place.group != group:
            group = place.group
            out += [gap(f"group:{group}")] if out else []
            out.append(heading(f"group:{group}", group))
        wide = (small or place.lit == "now" or place.id in opened) != (place.id in opened and (small or place.lit == "now"))
        out.append(_place(place, wide=wide))
        if wide:
            out += [_way(place, number, way, inward=found.inward) for number, way in enumerate(place.ways)]
    if not out:
        out.append(Line("none", plain("This scenario has none.", "$quiet"), heading=True))
    return out


def _place(place: Place, *, wide: bool) -> Line:
    mark, style = _MARKS[place.lit]
    title = plain(place.title, "bold $mark" if place.lit == "now" else "bold" if place.lit else "")
    note = plain(f"  {place.note}", "$quiet") if place.note else plain("")
    more = "" if wide or not place.ways else plain(f"  {len(place.ways)} ▸", "$quiet")
    return Line(f"place:{place.id}", title + note + more, plain(mark, style), wraps=False, tail=_heat(place.heat))


def _way(place: Place, number: int, way: Way, *, inward: bool) -> Line:
    arrow = {"+": "▲ ", "−": "▼ "}.get(way.sign, "← ") if inward else "⊣ " if way.sign else "→ "
    style = "bold $primary" if way.lit else ""
    by = way.by if inward else way.by.removeprefix("if ")
    body = plain(way.text, style) + plain(f"  {by}", "$quiet")
    if way.heat is not None:
        body += plain("  " + held(_share(way.heat)), "$mark" if way.heat else "$quiet")
    return Line(f"way:{place.id}:{number}", body, plain("  ") + plain(arrow, "$primary" if way.lit else "$quiet"))


def about_place(found: StoryMap, id: str, width: int) -> Content:
    """A place with its ways, or one way at full length."""
    kind, _, rest = id.partition(":")
    name, _, number = rest.rpartition(":") if kind == "way" else (rest, "", "")
    place = next((it for it in found.places if it.id == name), None)
    if place is None:
        return plain("")
    ways = [place.ways[int(number)]] if kind == "way" else list(place.ways)
    rows = [_place(place, wide=True).set(width)]
    rows += [_way(place, n, way, inward=found.inward).set(width) for n, way in enumerate(ways)]
    if not place.ways:
        rows.append(plain("Nothing leads here." if found.inward else "Nothing leads on from here.", "$quiet"))
    return stacked(rows)


def _heat(share: float | None) -> Content:
    """A bar and the share of quick games; nothing where it was not taken."""
    if share is None:
        return plain("")
    filled = max(1, round(share * _BAR)) if share else 0
    return plain("━" * filled, "$mark") + plain("─" * (_BAR - filled), "$rule") + plain(f" {_share(share):>6}", "$quiet")


def _share(share: float) -> str:
    return "never" if share == 0 else "<1 %" if share < 0.01 else f"{share:.0%}".replace("%", " %")


# -- what a save changed


def change_lines(change: Change | None, report: Report, *, playing: bool, whole: bool = False) -> list[Line]:
    """The first dispatch that differs, before and after, the line responsible, and orders that are no longer legal."""
    if not report.loads:
        told = last_good(report, playing=playing)
        return [Line("waiting", plain(f"{told[:1].upper()}{told[1:]}.", "$quiet"))]
    if change is None:
        return [Line("none", plain("Save a file of the scenario: the same game is played again, and what goes otherwise is "
                                   "told here.", "$quiet"))]
    out: list[Line] = []
    if change.dispatch is not None:
        out += _parting(change.dispatch, "dispatch", f"First dispatch that differs, round {change.dispatch.round}", whole=whole)
    if change.blame is not None and out:
        out += blame_lines(change.blame, "blame", whole=whole)
    if change.cause is not None:
        out += [gap("cause")] if out else []
        out += _parting(change.cause, "cause", f"It began before, round {change.cause.round}, without a dispatch"
                        if change.dispatch else f"No dispatch differs; what does, round {change.cause.round}", whole=whole)
    out += _menu(change)
    if change.blame is not None and change.dispatch is None:
        out += blame_lines(change.blame, "blame", whole=whole)
    out += _orders(change)
    if not out:
        rounds = change.rounds
        out.append(Line("same", plain(f"The game is the same to the last word, to round {rounds}."), plain("✓ ", "bold $good")))
    return out


def _parting(parting: Parting, id: str, title: str, *, whole: bool = False) -> list[Line]:
    out = [heading(id, title)]
    before, after = parting.before, parting.after
    if before is None or after is None:
        return [*out, *_side(before, f"{id}:before", "was not there", whole=whole),
                *_side(after, f"{id}:after", "does not come any more", whole=whole)]
    # what it changes alike on both sides says nothing of the difference
    both = set(before.changes) & set(after.changes)
    if before.text == after.text:
        out.append(Line(f"{id}:text", plain(before.text if whole else _clipped(before.text, 0)), plain("= ", "$quiet")))
        return [*out, _shift(before, f"{id}:before", both), _shift(after, f"{id}:after", both)]
    at = 0 if whole else _apart(before.text, after.text)
    return [*out, *_side(before, f"{id}:before", "", both, at, whole=whole),
            *_side(after, f"{id}:after", "", both, at, whole=whole)]


def _sign(id: str) -> Content:
    now = id.endswith(":after")
    return plain("+ " if now else "− ", "bold $good" if now else "bold $bad") + plain("now    " if now else "before ", "$quiet")


def _side(found: Happened | None, id: str, missing: str, both: Collection[str] = (), at: int = 0, *,
          whole: bool = False) -> list[Line]:
    if found is None:
        return [Line(id, plain(missing, "italic $quiet"), _sign(id))]
    text = found.text if whole else _clipped(found.text, at)
    told = _told([it for it in found.changes if it not in both])
    return [Line(id, plain(text) + plain(f"  {told}" if told else "", "$quiet"), _sign(id))]


def _shift(found: Happened, id: str, both: Collection[str]) -> Line:
    told = _told([it for it in found.changes if it not in both])
    return Line(id, plain(told or "changes nothing", "" if told else "italic $quiet"), _sign(id))


def _told(changes: Sequence[str]) -> str:
    return "; ".join(map(held, changes))


def _apart(one: str, other: str) -> int:
    """Where two texts first differ."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _clipped(text: str, at: int) -> str:
    """As much of a text as tells what it is, with the place `at` which it differs in it."""
    first = 0 if at < _LONG // 2 else text.rfind(" ", 0, at - _LONG // 3) + 1
    cut = text[first:first + _LONG]
    if first + _LONG < len(text):
        cut = cut[:cut.rfind(" ")] + " …"
    return ("… " if first else "") + cut


def _menu(change: Change) -> list[Line]:
    out: list[Line] = []
    for word, listed, sign, style in (("Open now", change.opened, "+ ", "$good"), ("Closed now", change.shut, "− ", "$bad")):
        for number, (capital, title) in enumerate(listed[:3]):
            out.append(Line(f"{word}:{number}", plain(f"{word} to {capital}: ", "$quiet") + plain(title),
                            plain(sign, f"bold {style}")))
        if len(listed) > 3:
            out.append(Line(f"{word}:more", plain(f"and {len(listed) - 3} more", "$quiet"), plain("  ")))
    if out and change.dispatch is None and change.cause is None:
        out.insert(0, heading("menu", f"What was played is the same; in the open round {change.rounds} it is not"))
    return out


def _orders(change: Change) -> list[Line]:
    out: list[Line] = []
    if change.left_out:
        out += [gap("left"), heading("left", f"{counted(len(change.left_out), 'order')} no longer legal; the rest was played")]
    for number, (it, where) in enumerate(zip(change.left_out, change.left_out_by, strict=True)):
        line = f"  {Path(where.path).name}:{where.span[0]}" if where.span else ""
        because = it.because.removeprefix(f"“{it.title}” ")
        out.append(Line(f"left:{number}", plain(f"{it.capital}, round {it.round}: ", "bold") + plain(f"“{it.title}” {because}")
                        + plain(held(line), "$primary"), plain("× ", "bold $mark")))
    if change.unplayed:
        out.append(Line("unplayed", plain(f"The game is over before: {counted(change.unplayed, 'round')} of what was played "
                                          "could not be played again."), plain("× ", "bold $mark")))
    return out


def blame_lines(blame: Blame, id: str, *, whole: bool = False) -> list[Line]:
    """The line of the file that is responsible, or that this cannot be told."""
    if blame.span is None:
        return [Line(id, plain(blame.sentence, "$quiet"), plain("? ", "bold $mark"))]
    name = Path(blame.path).name or blame.path
    first, last = blame.span
    where = f"{name}:{first}" + (f"–{last}" if last > first else "")
    own = "stands at" if blame.how == "place" else "comes from"
    out = [Line(id, plain(f"{own} ", "$quiet") + plain(held(where), "bold $primary") + plain(f"  {blame.sentence}", "$quiet"),
                plain("↳ ", "bold $primary"))]
    gutter = len(str(last))
    for number, text in blame.lines:
        shown = text.strip()
        # the words that were edited are in sight, however long the line is
        at = blame.column - 1 - (len(text) - len(text.lstrip())) if number == first else 0
        if not whole and at > _EDITED:
            shown = f"…{shown[max(0, shown.rfind(' ', 0, at - _EDITED // 2)) :].lstrip()}"
        out.append(Line(f"{id}:{number}", plain(shown), plain(f"  {number:>{gutter}} ", "$quiet") + plain("│ ", "$rule"),
                        wraps=False))
    return out


def whole_change(change: Change) -> Content:
    """Everything about what a save changed, its lines of YAML not cut."""
    report = Report(0, (), loads=True, change=change)
    rows: list[Content] = []
    for line in change_lines(change, report, playing=True, whole=True):
        if line.wraps or line.heading:
            rows.append(freed(line.head + line.body))
        else:
            rows += [plain(part) for part in textwrap.wrap(line.head.plain + line.body.plain, 66, subsequent_indent=_TAB)]
    return stacked(rows)


# -- the game


def playing_line(playing: Playing) -> Content:
    """Date, round, phase, seed; where it began if that is not the start."""
    now = playing.situation
    out = plain(now.ending or now.phase, "bold $mark")
    began = f"  began in round {playing.first}" if playing.first > 1 else ""
    return out + plain(f"{'  ' if out.plain else ''}seed {playing.seed}{began}", "$quiet")


def seat_title(playing: Playing) -> str:
    """Whose orders are shown, and who plays the seat otherwise."""
    seat = next(it for it in playing.seats if it.id == playing.seat)
    who = f"{seat.player} plays it" if seat.filed is None else "passes" if not seat.filed else "by hand"
    return f"Orders of {seat.capital} · {playing.orders} of {playing.most} · {who}"


def seat_strip(playing: Playing) -> Content:
    """All seats; the lit one's orders are shown, ✓ marks those that have filed by hand."""
    cells = []
    for it in playing.seats:
        mark = "" if it.filed is None else " ✓" if it.filed else " –"
        cell = plain(f" {it.capital} ", "bold reverse $primary" if it.id == playing.seat else "$quiet") + plain(mark, "$good")
        cells.append(cell.stylize(Style.from_meta({"seat": it.id})))
    return Content(" ").join(cells)

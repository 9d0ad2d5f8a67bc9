"""scenario: what the YAML parser cannot read, in plain words, with the usual traps of prose recognised.

One place decides which of the parser's few words means what; that makes the module long. Slips that need more than a
line and its neighbours to be told stand in modules of their own.
"""

from __future__ import annotations

import re
from typing import Final

from sim.scenario.reading import astray, dashes
from sim.scenario.reading.quoting import goes_on, in_braces, in_text, is_said
from sim.scenario.reading.rows import bounds, lines_above
from sim.scenario.reading.trouble import QUOTE, Trouble

_ALIGN: Final = "keys that belong together begin in the same column; use two spaces for each step inwards"
_STEP: Final = 2
_SHORT: Final = 60
"""Letters of a line that is quoted in an advice."""
_ASKED: Final = re.compile(r"(?:when|room|sign_when|reopened_when): +$")
_MISSING_BLANK: Final = re.compile(r" *(?:- +)*[a-z_]+(:)[^\s:/]")
_CURLY_QUOTE: Final = re.compile(r"(?:: +|- +|[\[{,] *)([“”„‘])")
_NEGATED: Final = re.compile(r"(?:when|room|sign_when|reopened_when): +(?=![A-Za-z])")
"""A condition that begins with `!`."""
_NEGATED_ITEM: Final = re.compile(r"(?<=[\[, ])![a-z_][\w.]* *(?:$|[,\]]|and\b|or\b)", re.MULTILINE)
_EFFECTS: Final = re.compile(r" *(?:- +)*(change|set|raise): +(\(?([A-Za-z_][\w.]*: +[^{}()#\n]*?)[)}]?) *")
"""`set: walked: true}`: effects whose curly brackets are missing, or round."""
_FENCE: Final = re.compile(r"^ *```.*$", re.MULTILINE)
_CONDITION: Final = re.compile(r" *(?:- +)*(?:when|room|sign_when|reopened_when): +")
_OPENS_TEXT: Final = re.compile(r"[|>][-+0-9]*\s*(?:#.*)?$")
_HOLDS: Final = re.compile(r"[\w\"']:\s*(?:#.*)?$")
_PAIR: Final = re.compile(r" *(?:- +)*([A-Za-z_][\w.-]*): +(([A-Za-z_]\w*): +[\[{][^#]*[\]}]) *")
"""`on_signature: change: {…}`."""
_KEY: Final = re.compile(r"[ ]*(?:- +)*[^\s:#][^:#]*:(?= )")


def explain(text: str, context: str, problem: str, context_at: int | None, at: int) -> Trouble:
    """The parser's `problem` (while doing `context`) as an author can understand it.

    Both parsers (C and Python) name their problems a little differently; what they share is looked for.
    """
    at = min(at, len(text))
    start, end = bounds(text, at)
    if negated := _NEGATED.search(text, start, end):
        # the parser takes it for a tag and stumbles over what follows
        return tag(text, negated.end(), negated.end() + 1)
    begun = at if context_at is None else min(context_at, len(text))
    if "cannot start any token" in problem:
        return _reserved(text, at)
    if "alias" in context or "anchor" in context:
        return _reserved(text, begun)
    if " tag" in context or "tag handle" in problem:
        return tag(text, begun, begun + 1)
    if "block scalar" in context:
        sign = text[begun : begun + 1]
        if _ASKED.search(text, bounds(text, begun)[0], begun):
            advice = f"say what is compared, for example `tension {text[begun:bounds(text, begun)[1]].strip()}`"
            return Trouble("Y016", f"something is missing before `{sign}`", begun, begun + 1, advice)
        message = f"behind `{sign}` the text must begin on the next line"
        advice = f"move the text to the line below, two spaces further in, or put all of it in quotation marks if `{sign}` belongs to it"
        return Trouble("Y016", message, begun, begun + 1, advice)
    if "quoted scalar" in context:
        if "unexpected" not in problem:
            return bad_escape(text, at)
        mark = text[begun : begun + 1]
        if (half := _half_curly(text, begun)) is not None:
            return half
        advice = f"add the closing `{mark}`; if the text only begins with `{mark}`, put the whole of it in " + (
            "double quotation marks" if mark == "'" else "single quotation marks"
        )
        return Trouble("Y017", "this quotation mark is never closed", begun, begun + 1, advice)
    around = "mapping values" not in problem or text[start:end].rstrip()[-1:] in "“”„‘’\"'"
    if around and (curly := _CURLY_QUOTE.search(text, start, end)):
        message = f"`{curly[1]}` is a quotation mark of word processors, not one of YAML"
        return Trouble("Y017", message, curly.start(1), curly.end(1), 'type straight ones: `"…"`')
    if "flow" in context:
        return _brackets(text, begun, at)
    if "unexpected ':'" in problem:
        advice = "write `key: value`, with a space behind the colon, or put the text in quotation marks"
        return Trouble("Y001", "a space or a value is missing behind this colon", at, at + 1, advice)
    if "mapping values" in problem:
        return _second_colon(text, at)
    if "could not find expected ':'" in problem:
        return _no_colon(text, begun)
    if "sequence entries" in problem:
        advice = "put each `- ` on a line below the key; a text beginning with `-` needs quotation marks"
        return Trouble("Y019", "an item of a list cannot begin here", at, at + 1, advice)
    if "mapping keys" in problem or "node content" in problem:
        return _reserved(text, at)
    if "document" in problem or "directive" in problem:
        advice = "keep one scenario in a file and remove lines with `...` or `---`"
        return Trouble("Y012", "something follows after the end of the document", at, at + 1, advice)
    return _block(text, context, at)


def tag(text: str, at: int, end: int) -> Trouble:
    """The problem of a value that begins with `!`, from `at` to `end`."""
    if _NEGATED.search(text, bounds(text, at)[0], at + 2) or _NEGATED_ITEM.match(text, at):
        found = re.compile(r"!([\w.]*)").match(text, at)
        name = found[1] if found else ""
        return Trouble("Y004", "`!` does not say “not” here", at, max(at + 1, at + 1 + len(name)), f"write `not {name}`",
                       "write `not` instead of `!`", ((at, at + 1, "not "),) if name[:1].isalpha() else ())
    shown = text[at:end][:40]
    advice = "leave it out; if it belongs to a text, put the whole text in quotation marks"
    return Trouble("Y004", f"`{shown}` at the beginning of a value is a tag of YAML, which scenarios do not use", at, end,
                   advice)


def bad_escape(text: str, at: int) -> Trouble:
    """The problem of an escape in double quotation marks that ends at or shortly after `at`."""
    start = max(text.rfind("\\", 0, at + 1), 0)
    found = re.compile(r"\\(?:[xuU][0-9a-fA-F]*|.)?").match(text, start)
    end = found.end() if found else start + 1
    message = f"`{text[start:end][:12]}` does not stand for a readable character"
    advice = r"write `\\` for a backslash, or use single quotation marks, where a backslash is a backslash"
    return Trouble("Y020", message, start, end, advice)


def _reserved(text: str, at: int) -> Trouble:
    sign = text[at : at + 1]
    if not sign.strip():
        return Trouble("Y001", "the file cannot be read from here on", at, at + 1, QUOTE)
    rest = text[at + 1 : bounds(text, at)[1]]
    advice = (
        "stars make nothing bold here; put the whole text in quotation marks" if sign == "*" and "*" in rest else QUOTE
    )
    if text[at : at + 3] == "```" and not text[bounds(text, at)[0]:at].strip():
        return Trouble("Y016", "this line belongs to the page from which the text was copied", at, bounds(text, at)[1], "take it out",
                       "take out the lines that framed it on the page", tuple((*found.span(), "") for found in _FENCE.finditer(text)))
    if sign == "*" and text[at + 1 : at + 2] == " " and not text[bounds(text, at)[0]:at].strip():
        return Trouble("Y016", "an item of a list begins with `- ` here, not with `*`", at, at + 1, "write `- `",
                       "write `- ` before each item", dashes.for_stars(text, at))
    if sign == "`":
        return Trouble("Y016", "a text cannot begin with a backquote", at, at + 1, advice)
    if sign in "]}":
        advice = "remove it, or add the opening bracket"
    return Trouble("Y016", f"a text cannot begin with `{sign}`", at, at + 1, advice)


def _brackets(text: str, begun: int, at: int) -> Trouble:
    opening = text[begun : begun + 1]
    closing = "]" if opening == "[" else "}"
    if text.count("\n", begun, at):
        for mark in re.finditer('"', text[begun:bounds(text, begun)[1]]):
            if (half := _half_curly(text, begun + mark.start())) is not None:
                return half
        if (swallowed := _swallowed(text, begun, at)) is not None:
            return swallowed
        first, last = bounds(text, at)
        if text[at : at + 1] == ":" and is_said(text[first:last], at - first):
            return _colon_within(opening + closing, at)
        if opening == "{" and (place := in_braces(text[first:last], at - first)) and place[0] < at - first < place[1]:
            return Trouble("Y018", f"a comma or `{closing}` is missing here", at, at + 1,
                           f"texts inside `{opening} {closing}` with commas or brackets need quotation marks")
        line = text.count("\n", 0, at) + 1
        message = f"this `{opening}` is not closed by a `{closing}`"
        advice = f"add the `{closing}`, or the comma that is missing before line {line}"
        return Trouble("Y018", message, begun, begun + 1, advice)
    if text[at : at + 1] in ("]", "}") and text[at : at + 1] != closing:
        message = f"`{text[at]}` closes nothing here: the `{opening}` before it is still open"
        return Trouble("Y018", message, at, at + 1, f"add the `{closing}` that is missing before it")
    if text[at : at + 1] == ":":
        if (parted := re.search(r": +[^,;{}\[\]\"']*(;) *[A-Za-z_][\w.]*$", text[begun:at])) is not None:
            sign = begun + parted.start(1)
            return Trouble("Y018", "entries are parted by commas, not by `;`", sign, sign + 1, "write a comma", "write a comma", ((sign, sign + 1, ","),))
        return _colon_within(opening + closing, at)
    message = f"a comma or `{closing}` is missing here"
    return Trouble(
        "Y018",
        message,
        at,
        at + 1,
        f"texts inside `{opening} {closing}` with commas or brackets need quotation marks",
    )


def _swallowed(text: str, begun: int, at: int) -> Trouble | None:
    """What takes the closing bracket with it that is missed: a text without its second quotation mark, or a note."""
    first, last = begun, bounds(text, begun)[1]
    while first < at:
        row = text[first:last]
        for mark in re.finditer("[:,{\\[] *([\"'])", row):
            opened = mark.start(1)
            if row.find(mark[1], opened + 1) < 0 and goes_on(row, opened) and not in_text(row, mark.start()):
                closed = text.find(mark[1], last)
                message = f"this quotation mark is closed on line {text.count(chr(10), 0, closed) + 1} only" if closed >= 0 else \
                    "this quotation mark is never closed"
                return Trouble("Y017", message, first + opened, first + opened + 1, "close it where its text ends")
        note = row.find(" #")
        if note >= 0 and not in_text(row, note) and re.search(r"[}\]]", row[note:]):
            return Trouble("Y018", "` #` begins a note, and what stands behind it is missing here", first + note + 1, first + note + 2,
                           "inside `{ }` put such texts in quotation marks")
        first, last = last + 1, bounds(text, min(last + 1, len(text)))[1]
    return None


def _colon_within(brackets: str, at: int) -> Trouble:
    return Trouble("Y015", "a second colon stands in a text without quotation marks", at, at + 1,
                   f"inside `{brackets[0]} {brackets[1]}` put such texts in quotation marks")


def _second_colon(text: str, at: int) -> Trouble:
    start, end = bounds(text, at)
    if (found := dashes.too_far_in(text, at) or dashes.glued_above(text, at) or dashes.of_the_first(text, at) or astray.beside_its_name(text, at)
            or astray.text_below(text, at) or astray.text_goes_on(text, at)) is not None:
        return found
    if pair := _PAIR.fullmatch(text, start, end):
        message = f"two keys stand on one line, `{pair[1]}` and `{pair[3]}`"
        return Trouble("Y015", message, pair.start(3), pair.end(3),
                       f"write `{pair[1]}: {{{pair[2]}}}`, or `{pair[3]}:` on the line below, two spaces further in")
    if (bare := _EFFECTS.fullmatch(text, start, end)) is not None:
        meant = f"{{{bare[3]}}}"
        return Trouble("Y015", f"what `{bare[1]}` does stands in curly brackets", bare.start(2), bare.end(2), f"write `{bare[1]}: {meant}`",
                       f"write `{meant}`", ((*bare.span(2), meant),))
    if _KEY.match(text, start, at):
        advice = "put the whole text in quotation marks, or write it on the lines below a `|`"
        return Trouble("Y015", "a second colon stands in a text without quotation marks", at, at + 1, advice)
    shown = start + len(text[start:end]) - len(text[start:end].lstrip())
    if start == 0:
        return Trouble("Y001", "this key is too long", shown, at, "keys are words: `title: …`")
    above_start, above_end = bounds(text, start - 1)
    above = text[above_start:above_end]
    if (joined := _MISSING_BLANK.match(text, above_start, above_end)) and ": " not in above:
        return _joined(joined)
    if ":" not in above and above.strip():
        return _no_colon(text, above_start + len(above) - len(above.lstrip()))
    column = len(above) - len(above.lstrip())
    before_that = _column_before(text, above_start)
    if column < shown - start == before_that:
        message = "this line stands further out than those around it"
        return Trouble("Y019", message, above_start + column, above_end, f"begin it with {shown - start} spaces, like the line below")
    below = _next_column(text, end)
    if below == shown - start and above.strip() and len(above) - len(above.lstrip()) == below - _STEP // 2:
        # two lines in one column outweigh the one above them
        at_ = above_start + len(above) - len(above.lstrip())
        message = "this line stands further out than those below, which belong beside it"
        return Trouble("Y019", message, at_, above_end, f"begin it with {below} spaces, like the lines below")
    message = "this line stands further in than the line above, which already has a value"
    return Trouble("Y019", message, shown, at, f"begin it with {column} space{'s' * (column != 1)}, like the line above" if column else
                   "begin it at the left edge, like the line above")


def _column_before(text: str, at: int) -> int:
    """The column at which the line before an offset begins that says something."""
    return next((line.column for line in lines_above(text, at, at - 4_000)), 0)


def _next_column(text: str, at: int) -> int:
    """The column at which the next line that says something begins."""
    for line in text[at + 1:].split("\n", 50)[:50]:
        if line.strip() and not line.lstrip().startswith("#"):
            return len(line) - len(line.lstrip())
    return 0


def _joined(found: re.Match[str]) -> Trouble:
    line = found.string[found.start():bounds(found.string, found.start())[1]].strip()
    key, _, said = line.partition(":")
    advice = f"write `{key}: {said}`" if len(line) <= _SHORT else "write `key: value`, with a space behind the colon"
    return Trouble("Y001", "a space is missing behind this colon", found.start(1), found.end(1), advice)


def _no_colon(text: str, at: int) -> Trouble:
    start, end = bounds(text, at)
    if (found := dashes.without_space(text, at) or dashes.missing(text, at) or astray.text_below(text, at)) is not None:
        return found
    if joined := _MISSING_BLANK.match(text, start, end):
        return _joined(joined)
    advice = "add the colon behind the key; if the line continues the text above, move it further in"
    return Trouble("Y001", "this line is not of the form `key: value`", at, max(end, at + 1), advice)


def _block(text: str, context: str, at: int) -> Trouble:
    start, end = bounds(text, at)
    before = text[start:at].rstrip()
    if not before:
        if (lost := astray.name_at_the_edge(text, at) or dashes.without_space(text, at) or dashes.out_of_line(text, at)
                or dashes.first_without(text, at)) is not None:
            return lost
        odd = _odd_one(text, at)
        if odd is not None:
            line = text.count("\n", 0, at) + 1
            message = f"this line is not in line with line {line}, which stands beside it"
            own = at - start
            return Trouble("Y019", message, odd, max(bounds(text, odd)[1], odd + 1),
                           f"begin it with {own} space{'s' * (own != 1)} too" if own else "begin it at the left edge too")
        if text[at : at + 1] == ":":
            return Trouble("Y006", "the key is missing before this colon", at, at + 1, "write `key: value`")
        advice = _ALIGN
        if "collection" in context or "sequence" in context:
            message = "this line stands among the items of a list but does not begin with `- `"
            advice = "begin it with `- ` in the column of the items above, or move it to the column of the key it belongs to"
            return Trouble("Y019", message, at, max(end, at + 1), advice, fix="begin the line with `- `", edits=dashes.with_dash(text, at))
        if text[at : at + 2] == "- ":
            message = "an item of a list stands among `key: value` lines"
            advice = "leave the `- ` out, or put the item below the key whose list it belongs to"
        elif (lost := astray.beside_its_name(text, at)) is not None:
            return lost
        else:
            message, advice = _misplaced(text, at)
        return Trouble("Y019", message, at, max(end, at + 1), advice)
    if before[-1] in "\"'":
        if before.count(before[-1]) % 2:
            opened = text.rfind(before[-1], 0, start + len(before) - 1)
            if (half := _half_curly(text, opened)) is not None:
                return half
            line = text.count("\n", 0, at) + 1
            message = f"this quotation mark is closed on line {line} only"
            return Trouble("Y017", message, opened, opened + 1, "close it where its text ends")
        if before[-1] == "'" and text[at - 1 : at] == "'" and text[at : at + 1].isalpha():
            said = text[start:end].strip().partition(": ")[2] or text[start:end].strip()
            bare = said.strip("'")
            advice = f'put the text in double quotation marks: `"{bare}"`'
            return Trouble("Y017", "this apostrophe closes the text too early", at - 1, at, advice)
        if text[at:end].strip() == ",":
            return Trouble("Y017", "a comma stands behind the closing quotation mark", at, at + 1, "take it out: each line stands for itself",
                           "take the comma out", ((at, at + 1, ""),))
        if (when := _CONDITION.match(text, start, end)) is not None:
            meant = re.sub("[\"']", "", text[when.end():end]).strip()
            return Trouble("Y017", "a condition needs no quotation marks", when.end(), end, f"write `{meant}`",
                           "take the quotation marks out", ((when.end(), end, meant),))
        advice = "put the whole text in the other kind of quotation marks, or write it on the lines below a `|`"
        return Trouble("Y017", "text follows behind the closing quotation mark", at, at + 1, advice)
    if before[-1] in "]}" and (bracket := _opens(text, start, at, before[-1])) is not None:
        said = text[bracket:end].strip()
        message = f"a text that begins with `{text[bracket]}` needs quotation marks"
        return Trouble("Y018", message, bracket, bracket + 1, f'write `"{said}"`')
    if before[-1] in "]}":
        return Trouble(
            "Y018",
            "text follows behind the closing bracket",
            at,
            at + 1,
            "put the whole text in quotation marks",
        )
    advice = "look for a missing quotation mark, colon or space on this line and the one above"
    return Trouble("Y001", "the file cannot be read from here on", at, at + 1, advice)


def _half_curly(text: str, opened: int) -> Trouble | None:
    """The typographic mark at the end of a line that was to close a straight one."""
    found = re.compile(r"[^\n\"]*?([“”„])[ ,}\]]*$", re.MULTILINE).match(text, opened + 1) if text[opened:opened + 1] == '"' else None
    if found is None:
        return None
    return Trouble("Y017", f"the text ends in `{found[1]}`, which closes nothing", found.start(1), found.end(1), 'type the straight one: `"`')


def _misplaced(text: str, at: int) -> tuple[str, str]:
    """How far in a line stands, and how far the lines stand beside which it may belong."""
    lines = text[:bounds(text, at)[0]].split("\n")
    own = at - bounds(text, at)[0]
    seen: dict[int, int] = {}
    for n in range(len(lines) - 1, -1, -1):
        column = len(lines[n]) - len(lines[n].lstrip())
        if lines[n].strip() and not lines[n].lstrip().startswith("#") and column < min([99, *seen]) and _begins(lines, n, column):
            seen[column] = n + 1
        if seen and min(seen) == 0:
            break
    further, nearer = min((c for c in seen if c > own), default=None), max((c for c in seen if c < own), default=None)
    options = [f"with {c} spaces like line {seen[c]}" if c else f"at the left edge like line {seen[c]}"
               for c in (further, nearer) if c is not None]
    if not options:
        return "this line is not in line with those above", _ALIGN
    return (f"this line begins with {own} space{'s' * (own != 1)}, which fits none of the lines above",
            f"begin it {', or '.join(options)}")


def _begins(lines: list[str], number: int, column: int) -> bool:
    """Whether a line is one of a block, and not the rest of the one above it."""
    for n in range(number - 1, -1, -1):
        if lines[n].strip() and not lines[n].lstrip().startswith("#") and (found := len(lines[n]) - len(lines[n].lstrip())) <= column:
            return found == column or bool(_HOLDS.search(lines[n])) or lines[n].lstrip().startswith("- ")
    return True


def _opens(text: str, start: int, at: int, closing: str) -> int | None:
    """Where a value begins with the bracket that closes just before `at`, if text follows on the same line."""
    found = re.compile(r"[ ]*(?:- +)*[A-Za-z_][\w.-]*: +([\[{])").match(text, start, at)
    opening = "[" if closing == "]" else "{"
    if found is None or found[1] != opening or text.count(opening, start, at) != 1:
        return None
    return found.start(1)


def _odd_one(text: str, at: int) -> int | None:
    """The beginning of the line above that is out of line, if it is that and not the line at `at`.

    The parser notices at the second of two lines that should stand in one column. Which of them is wrong is told by what
    holds both: usually its lines stand two columns further in.
    """
    lines = text[:bounds(text, at)[1]].split("\n")
    columns = [len(line) - len(line.lstrip()) if line.strip() and not line.lstrip().startswith("#") else None for line in lines]
    own = columns[-1] or 0
    if (moved := _moved_out(lines, columns, own)) is not None:
        return sum(len(line) + 1 for line in lines[:moved]) + (columns[moved] or 0)
    above = _holder(columns, len(lines) - 1, own)
    if above is None or _OPENS_TEXT.search(lines[above]):
        return None
    first = next((n for n in range(above + 1, len(lines) - 1) if columns[n] is not None), None)
    if first is None:
        return None
    if (columns[first] or 0) > own == (columns[above] or 0) + _STEP:
        odd = first
    elif (columns[first] or 0) == own + _STEP and own > (columns[above] or 0):
        odd = above
    else:
        held = _holder(columns, above, columns[above] or 0)
        if own == (columns[above] or 0) + _STEP or own != (_STEP + (columns[held] or 0) if held is not None else 0):
            return None
        odd = above
    return sum(len(line) + 1 for line in lines[:odd]) + (columns[odd] or 0)


def _moved_out(lines: list[str], columns: list[int | None], own: int) -> int | None:
    """The line behind a key that holds nothing else, if it stands no further in than the key and the last line does."""
    for n in range(len(lines) - 2, 0, -1):
        column = columns[n]
        if column is None or column > own:
            continue
        held = next((k for k in range(n - 1, -1, -1) if columns[k] is not None), None)
        if held is None or column > (columns[held] or 0) or (columns[held] or 0) != own - _STEP or not _HOLDS.search(lines[held]):
            return None
        return n
    return None


def _holder(columns: list[int | None], number: int, column: int) -> int | None:
    """The last line before one that stands further out."""
    for n in range(number - 1, -1, -1):
        found = columns[n]
        if found is not None and found < column:
            return n
    return None

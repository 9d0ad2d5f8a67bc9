"""scenario: what the YAML parser cannot read, in plain words, with the usual traps of prose recognised."""

from __future__ import annotations

import re
from typing import Final, NamedTuple


class Trouble(NamedTuple):
    """A problem of the text between the offsets `start` and `end`."""

    code: str
    message: str
    start: int
    end: int
    help: str


_QUOTE: Final = "put the whole text in quotation marks, or write it on the lines below a `|`"
_ALIGN: Final = "keys that belong together begin in the same column; use two spaces for each step inwards"
_KEY: Final = re.compile(r"[ ]*(?:- +)*[^\s:#][^:#]*:(?= )")


def explain(text: str, context: str, problem: str, context_at: int | None, at: int) -> Trouble:
    """The parser's `problem` (while doing `context`) as an author can understand it.

    Both parsers (C and Python) name their problems a little differently; what they share is looked for.
    """
    at = min(at, len(text))
    begun = at if context_at is None else min(context_at, len(text))
    if "cannot start any token" in problem:
        return _reserved(text, at)
    if "alias" in context or "anchor" in context:
        return _reserved(text, begun)
    if " tag" in context or "tag handle" in problem:
        advice = "put the whole text in quotation marks if it begins with `!`; in conditions write `not`"
        return Trouble("Y004", "tags (`!`) are not used here", begun, begun + 1, advice)
    if "block scalar" in context:
        sign = text[begun : begun + 1]
        message = f"behind `{sign}` the text must begin on the next line"
        advice = f"put the whole text in quotation marks if `{sign}` is part of it"
        return Trouble("Y016", message, begun, begun + 1, advice)
    if "quoted scalar" in context:
        if "unexpected" not in problem:
            return bad_escape(text, at)
        mark = text[begun : begun + 1]
        advice = f"add the closing `{mark}`; if the text only begins with `{mark}`, put the whole of it in " + (
            "double quotation marks" if mark == "'" else "single quotation marks"
        )
        return Trouble("Y017", "this quotation mark is never closed", begun, begun + 1, advice)
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


def bad_escape(text: str, at: int) -> Trouble:
    """The problem of an escape in double quotation marks that ends at or shortly after `at`."""
    start = max(text.rfind("\\", 0, at + 1), 0)
    found = re.compile(r"\\(?:[xuU][0-9a-fA-F]*|.)?").match(text, start)
    end = found.end() if found else start + 1
    message = f"`{text[start:end][:12]}` does not stand for a readable character"
    advice = r"write `\\` for a backslash, or use single quotation marks, where a backslash is a backslash"
    return Trouble("Y020", message, start, end, advice)


def _line(text: str, at: int) -> tuple[int, int]:
    """The offsets between which the line of `at` stands."""
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end


def _reserved(text: str, at: int) -> Trouble:
    sign = text[at : at + 1]
    if not sign.strip():
        return Trouble("Y001", "the file cannot be read from here on", at, at + 1, _QUOTE)
    rest = text[at + 1 : _line(text, at)[1]]
    advice = (
        "stars make nothing bold here; put the whole text in quotation marks" if sign == "*" and "*" in rest else _QUOTE
    )
    if sign == "`":
        return Trouble("Y016", "a text cannot begin with a backquote", at, at + 1, advice)
    if sign in "]}":
        advice = "remove it, or add the opening bracket"
    return Trouble("Y016", f"a text cannot begin with `{sign}`", at, at + 1, advice)


def _brackets(text: str, begun: int, at: int) -> Trouble:
    opening = text[begun : begun + 1]
    closing = "]" if opening == "[" else "}"
    if text.count("\n", begun, at):
        line = text.count("\n", 0, at) + 1
        message = f"this `{opening}` is not closed by a `{closing}`"
        advice = f"add the `{closing}`, or the comma that is missing before line {line}"
        return Trouble("Y018", message, begun, begun + 1, advice)
    if text[at : at + 1] == ":":
        message = "a second colon stands in a text without quotation marks"
        return Trouble("Y015", message, at, at + 1, f"inside `{opening} {closing}` put such texts in quotation marks")
    message = f"a comma or `{closing}` is missing here"
    return Trouble(
        "Y018",
        message,
        at,
        at + 1,
        f"texts inside `{opening} {closing}` with commas or brackets need quotation marks",
    )


def _second_colon(text: str, at: int) -> Trouble:
    start, end = _line(text, at)
    if _KEY.match(text, start, at):
        advice = "put the whole text in quotation marks, or write it on the lines below a `|`"
        return Trouble("Y015", "a second colon stands in a text without quotation marks", at, at + 1, advice)
    shown = start + len(text[start:end]) - len(text[start:end].lstrip())
    if start == 0:
        return Trouble("Y001", "this key is too long", shown, at, "keys are words: `title: …`")
    above_start, above_end = _line(text, start - 1)
    above = text[above_start:above_end]
    if ":" not in above and above.strip():
        return _no_colon(text, above_start + len(above) - len(above.lstrip()))
    message = "this line stands further in than the line above, which already has a value"
    return Trouble("Y019", message, shown, at, _ALIGN)


def _no_colon(text: str, at: int) -> Trouble:
    end = _line(text, at)[1]
    advice = "add the colon behind the key; if the line continues the text above, move it further in"
    return Trouble("Y001", "this line is not of the form `key: value`", at, max(end, at + 1), advice)


def _block(text: str, context: str, at: int) -> Trouble:
    start, end = _line(text, at)
    before = text[start:at].rstrip()
    if not before:
        if text[at : at + 1] == ":":
            return Trouble("Y006", "the key is missing before this colon", at, at + 1, "write `key: value`")
        if "collection" in context or "sequence" in context:
            message = "this line stands among the items of a list but does not begin with `- `"
        elif text[at : at + 2] == "- ":
            message = "an item of a list stands among `key: value` lines"
        else:
            message = "this line is not in line with those above"
        return Trouble("Y019", message, at, max(end, at + 1), _ALIGN)
    if before[-1] in "\"'":
        if before.count(before[-1]) % 2:
            message = "a quotation mark that was opened on an earlier line closes here"
            return Trouble(
                "Y017", message, start + len(before) - 1, start + len(before), "close it where its text ends"
            )
        advice = "put the whole text in the other kind of quotation marks, or write it on the lines below a `|`"
        return Trouble("Y017", "text follows behind the closing quotation mark", at, at + 1, advice)
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

"""scenario: a condition's text as words and signs; foreign signs are refused here, in plain words."""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

from sim.scenario.conditions.problem import DEEPEST, LONGEST, ConditionProblem

Kind = Literal["name", "number", "join", "not", "sign", "open", "close", "comma"]


class Token(NamedTuple):
    """A word, number or sign; `start` and `end` are columns from 0."""

    kind: Kind
    text: str
    start: int
    end: int


_QUOTATION: Final = (
    "G007",
    "quotation marks are not used in conditions",
    "write the bare word: `withdrawal is breached`",
)
_SQUARE: Final = (
    "G008",
    "square brackets are not used in conditions",
    "write `armenia.trust.azerbaijan` with points",
)
_CURLY: Final = (
    "G008",
    "curly brackets are not used in conditions",
    "write the bare name, for example `actor.resolve`",
)
_FOREIGN: Final[dict[str, tuple[str, str, str]]] = {
    "===": ("G006", "`===` is not used here", "write `==` to compare numbers"),
    "=>": ("G006", "`=>` is not used here", 'write `>=` for "at least"'),
    "=<": ("G006", "`=<` is not used here", 'write `<=` for "at most"'),
    "<>": ("G006", "`<>` is not used here", 'write `!=` for "is not equal"'),
    ":=": ("G006", "`:=` is not used here", "a condition only asks; write `==` to compare numbers"),
    "&&": ("G006", "`&&` is not used here", "write `and`"),
    "||": ("G006", "`||` is not used here", "write `or`"),
    "**": ("G010", "powers (`**`) cannot be used here", "only `+`, `-` and `*` by a whole number"),
    "//": ("G010", "division (`//`) cannot be used here", "multiply the other side instead: `tension >= 2 * 30`"),
    "=": ("G005", "`=` does not compare", "write `==` for numbers (`round == 5`), `is` for a status"),
    "&": ("G006", "`&` is not used here", "write `and`"),
    "|": ("G006", "`|` is not used here", "write `or`"),
    "!": ("G006", "`!` is not used here", "write `not`, or `is not` for a status"),
    "~": ("G006", "`~` is not used here", "write `not`"),
    "^": ("G010", "`^` cannot be used here", "only `+`, `-` and `*` by a whole number"),
    "/": ("G010", "division (`/`) cannot be used here", "multiply the other side instead: `tension >= 2 * 30`"),
    "%": ("G010", "`%` cannot be used here", "tracks are whole numbers; compare with a number"),
    '"': _QUOTATION,
    "'": _QUOTATION,
    "`": _QUOTATION,
    "[": _SQUARE,
    "]": _SQUARE,
    "{": _CURLY,
    "}": _CURLY,
    "≥": ("G006", "`≥` is not used here", "write `>=`"),
    "≤": ("G006", "`≤` is not used here", "write `<=`"),
    "≠": ("G006", "`≠` is not used here", "write `!=`"),
    "−": ("G006", "this is not the minus sign of the keyboard", "write `-`"),
    "–": ("G006", "this is a dash, not a minus sign", "write `-`"),
    "×": ("G006", "`×` is not used here", "write `*`"),
}
_FOREIGN.update(dict.fromkeys("“”„‘’«»", _QUOTATION))

_WORDS: Final[dict[str, str]] = {
    "if": "a condition starts with what is asked: `tension >= 60`",
    "then": "a condition only asks; what follows stands in `change:` and `set:`",
    "else": "a condition only asks; write a second branch for the other case",
    "lambda": "a condition only asks: `tension >= 60`",
    "in": "name each status: `phase is talks or phase is clash`",
    "for": "a condition looks at named things only: `tension >= 60`",
    "await": "a condition only asks: `tension >= 60`",
    "yield": "a condition only asks: `tension >= 60`",
    "True": "write `true`",
    "False": "write `false`",
    "None": "ask for a status or a number, for example `positions == 0`",
    "AND": "write `and`",
    "OR": "write `or`",
    "NOT": "write `not`",
    "IS": "write `is`",
}

_SCAN: Final = re.compile(
    r"""(?P<float>[0-9]+\.[0-9]+|\.[0-9]+|[0-9]+\.(?![A-Za-z_0-9]))
    |(?P<number>[0-9]+)
    |(?P<name>[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*)
    |(?P<sign>>=(?!=)|<=(?!=)|==(?!=)|!=(?!=)|>|<|\+|-|\*(?!\*))
    |(?P<open>\()|(?P<close>\))|(?P<comma>,)""",
    re.VERBOSE,
)
_DATE: Final = re.compile(r"(?:[0-9]{4}([-./])[0-9]{1,2}\1[0-9]{1,2}|[0-9]{1,2}([-./])[0-9]{1,2}\2[0-9]{4})(?![0-9])")
_IS_NOT: Final = re.compile(r"[ \n]+not(?![A-Za-z0-9_.])")


def tokens(text: str) -> list[Token]:
    """The words and signs of `text`, checked one by one and for brackets; raises ConditionProblem."""
    if len(text) > LONGEST:
        raise ConditionProblem(
            "G002",
            f"this condition has {len(text)} characters; at most {LONGEST} are allowed",
            LONGEST,
            len(text),
            "write it as a list of conditions (all must hold), or give a part of it a name under `define:`",
        )
    if not text.strip():
        raise ConditionProblem("G001", "nothing is asked here", 0, 1, "write a condition, for example `tension >= 60`")
    out: list[Token] = []
    opened: list[int] = []
    at = 0
    while at < len(text):
        if text[at] in " \n":
            at += 1
            continue
        token = _one(text, at)
        at = token.end
        out.append(token)
        if token.kind == "open":
            opened.append(token.start)
            if len(opened) > DEEPEST:
                raise ConditionProblem(
                    "G003",
                    f"brackets stand more than {DEEPEST} deep",
                    token.start,
                    token.end,
                    "give the inner part a name under `define:`",
                )
        elif token.kind == "close":
            if not opened:
                raise ConditionProblem(
                    "G012",
                    "this bracket was never opened",
                    token.start,
                    token.end,
                    "remove it, or add the `(` it closes",
                )
            opened.pop()
    if opened:
        raise ConditionProblem(
            "G012", "this bracket is never closed", opened[-1], opened[-1] + 1, "add the missing `)`"
        )
    return out


def _one(text: str, at: int) -> Token:
    """The token at `at`, where no blank stands."""
    for length in (3, 2):
        if (foreign := text[at : at + length]) in _FOREIGN and len(foreign) == length:
            raise _foreign(foreign, at)
    if (date := _DATE.match(text, at)) is not None:
        raise ConditionProblem("G016", f"`{date[0]}` is a date, and a date cannot stand here", at, date.end(),
                               "count from the first day, which is day 0: `day >= 3`")
    found = _SCAN.match(text, at)
    if found is None:
        raise _unknown(text, at)
    word, end = found.group(), found.end()
    match found.lastgroup:
        case "float":
            raise _not_whole(word, at, end)
        case "number":
            return _number(text, word, at, end)
        case "name":
            return _word(text, word, at, end)
        case "open" | "close" | "comma" as kind:
            return Token(kind, word, at, end)
    return Token("sign", word, at, end)


def _word(text: str, word: str, at: int, end: int) -> Token:
    if text[end : end + 1].isalpha():
        raise _unknown(text, at)
    if word in _WORDS:
        raise ConditionProblem("G014", f"`{word}` is not a word of conditions", at, end, _WORDS[word])
    if text[end : end + 1] == ".":
        raise ConditionProblem(
            "G013", "a name is missing after this point", end, end + 1, "write for example `armenia.support`"
        )
    if word in ("and", "or"):
        return Token("join", word, at, end)
    if word == "not":
        return Token("not", word, at, end)
    if word == "is":
        # one sign, so that `is not not x` cannot be misread
        longer = _IS_NOT.match(text, end)
        return Token("sign", "is not" if longer else "is", at, longer.end() if longer else end)
    return Token("name", word, at, end)


def _number(text: str, word: str, at: int, end: int) -> Token:
    tail = re.compile(r"[A-Za-z0-9_.]*").match(text, end)
    stop = tail.end() if tail else end
    if stop > end:
        raise ConditionProblem(
            "G011",
            f"`{text[at:stop]}` is neither a number nor a name",
            at,
            stop,
            "numbers are plain digits, names begin with a letter, and a space stands between two words",
        )
    if len(word) > 9:
        raise ConditionProblem("G011", "this number is too large", at, end, "at most nine digits are allowed")
    if len(word) > 1 and word[0] == "0":
        raise ConditionProblem("G011", f"`{word}` begins with a zero", at, end, f"write `{int(word)}`")
    return Token("number", word, at, end)


def _not_whole(word: str, at: int, end: int) -> ConditionProblem:
    return ConditionProblem(
        "G011",
        f"`{word}` is not a whole number",
        at,
        end,
        "tracks are whole numbers; write whole numbers only, for example `tension >= 60`",
    )


def _foreign(sign: str, at: int) -> ConditionProblem:
    code, message, advice = _FOREIGN[sign]
    return ConditionProblem(code, message, at, at + len(sign), advice)


def _unknown(text: str, at: int) -> ConditionProblem:
    char = text[at]
    if char in _FOREIGN:
        return _foreign(char, at)
    if char.isalpha():
        end = at
        while end < len(text) and (text[end].isalnum() or text[end] == "_"):
            end += 1
        return ConditionProblem(
            "G004",
            f"`{text[at:end]}` contains letters that ids do not use",
            at,
            end,
            "ids are written with the letters a to z, digits and `_`; titles may use every letter",
        )
    shown = f"`{char}`" if char.isprintable() and not char.isspace() else "an invisible character"
    advice = (
        "write `and` or `or`"
        if char in ";:"
        else "conditions use names, whole numbers, `and or not is`, comparisons and `( )`"
    )
    return ConditionProblem("G004", f"{shown} is not used in conditions", at, at + 1, advice)

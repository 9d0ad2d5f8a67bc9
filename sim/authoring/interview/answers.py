"""authoring: what a typed answer means to a question of `detente new`, or the sentence that says what to type instead."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from sim.authoring.interview.names import id_of, parted, readable
from sim.authoring.interview.question import Question

LONGEST_NAME: Final = 24
LONGEST_ARTICLE_NAME: Final = 44
LAST_YEAR: Final = 9000
ANY: Final = 10_000
"""More characters than anybody types: what counts is measured later."""
_YES: Final = {"y": True, "yes": True, "true": True, "n": False, "no": False, "false": False}
_NONE: Final = {"none", "no", "n", "nothing", "nobody", "no one", "null", "-", "–"}
_BARE: Final = {*_YES, *_NONE, "maybe", "ok", "okay", "?"}
_SMALL: Final = {"the", "a", "an", "our", "their", "no", "more", "less", "to", "that", "who", "how", "what", "when", "whether", "its",
                 "it", "we", "they", "let"}
"""Words that are no names, so that their capital is only that of a beginning."""

_LINKS: Final = {"to", "that", "about", "want"}
"""Words with which a lead ends and that are easily typed once more."""
_AROUND: Final = (('"', '"'), ("“", "”"), ("„", "“"), ("„", "”"), ("«", "»"), ("»", "«"))
_MARKS: Final = frozenset(sign for pair in _AROUND for sign in pair)
"""Quotation marks, a pair at a time."""


class Unfit(Exception):
    """An answer that cannot be used; its text is the sentence to show."""


def meant(question: Question, text: str) -> Any:
    """The value of an answer. Raises `Unfit` with what to write instead."""
    bare = " ".join(text.lower().split()).rstrip(".!")
    if question.optional and bare in _NONE:
        return None
    if question.kind in _OF_WORDS and bare in _BARE:
        raise Unfit(f"“{bare}” cannot be printed there. Write the words themselves, such as: {question.example}"
                    f"{' (or `none`)' if question.optional else ''}")
    return _READ[question.kind](question, text)


def shown(question: Question, value: Any) -> str:
    """A value as it would be typed."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return (" / " if question.kind == "pair" else ", ").join(str(item) for item in value)
    return str(value)


# -- texts


def _clean(text: str, most: int) -> str:
    found = " ".join("".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in text).split())
    if not found:
        raise Unfit("Something has to stand here.")
    if "{" in found or "}" in found:
        raise Unfit("Leave out { and }; the file uses them for names that it fills in.")
    if len(found) > most:
        raise Unfit(f"“{_short(found)}” has {len(found)} characters; there is room for {most}.")
    return found


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_NAME else text[:LONGEST_NAME - 1].rstrip() + "…"


def _worded(question: Question, text: str) -> str:
    """The text, if it has the words that a sentence needs; where no blanks are written there is nothing to count."""
    spaced = not any(unicodedata.east_asian_width(c) in "WF" for c in text)
    if spaced and len(text.split()) < question.least:
        words = {2: "two", 3: "three", 5: "five"}[question.least]
        raise Unfit(f"Say it in at least {words} words, such as: {question.example}")
    return text


def _text(question: Question, text: str) -> str:
    found = _clean(text, ANY)
    if question.lead and found.lower().startswith(question.lead.lower() + " "):
        found = found[len(question.lead) + 1:]
    found = _clean(found, question.most)
    if question.spelled:
        _spelled(found)
    _unlike(question, found)
    return found


def _spelled(text: str) -> None:
    name, latin = parted(text)
    if not readable(latin or name):
        raise Unfit(f"No id can be spelled from “{_short(name)}”; write it in Latin letters, or give them in brackets: "
                    f"“{_short(name)} (harbour)”.")


def _unlike(question: Question, text: str) -> None:
    alike = [it for it in question.unlike if id_of(it) == id_of(text)]
    if alike:
        raise Unfit(f"“{_short(alike[0])}” is taken already; give another.")


def _phrase(question: Question, text: str) -> str:
    found, before = _clean(text, ANY), ""
    last = question.lead.split(" ")[-1]
    while found != before:
        before = found
        found = _unmarked(found.strip(" .!…"))
        for lead in (question.lead, last if last in _LINKS else ""):
            if lead and found.lower().startswith(lead.lower() + " "):
                found = found[len(lead):]
    if not found:
        raise Unfit("Something has to stand here.")
    first, *_ = found.split()
    if first.lower() in _SMALL or (question.lead == "decided to" and first[1:].islower()):
        found = found[0].lower() + found[1:]
    return _worded(question, _clean(found, question.most))


def _unmarked(text: str) -> str:
    """The text without quotation marks around the whole of it; those of something quoted in it stay, both of them."""
    for first, last in _AROUND:
        if len(text) > 1 and text[0] == first and text[-1] == last:
            inner = text[1:-1]
            if first == last:
                at = inner.find(first)
                # a mark behind a word closes what the first one opened: `"one" or "two"`
                whole = at < 0 or (inner.count(first) % 2 == 0 and (at == 0 or inner[at - 1] == " ")
                                   and inner[at + 1:at + 2].isalnum())
            else:
                whole = last not in inner or -1 < inner.find(first) < inner.find(last)
            if whole:
                return inner
    marks = [at for at, sign in enumerate(text) if sign in _MARKS]
    # one without its partner is that of the sentence which the answer goes on with
    if len(marks) != 1:
        return text
    if marks[0] == 0:
        return text[1:]
    return text[:-1] if marks[0] == len(text) - 1 and not text[-2].isdigit() else text


def _sentence(question: Question, text: str) -> str:
    found = _worded(question, _clean(text, question.most))
    found = found[0].upper() + found[1:]
    return found if found[-1] in '.!?”"。' else _clean(found + ".", question.most)


def _article(question: Question, text: str) -> str:
    found = _clean(text, ANY)
    name, colon, says = (part.strip() for part in found.partition(":"))
    if not colon or not name or not says:
        raise Unfit(f"Write a short name, a colon, and what it says, such as: {question.example}")
    name = _clean(name, LONGEST_ARTICLE_NAME)
    _spelled(name)
    _unlike(question, name)
    return f"{name}: {_sentence(question, says)}"


def _pair(question: Question, text: str) -> list[str]:
    found = [part.strip(" .!…;,") for part in re.split(r"\s*/\s*", " ".join(text.split()), maxsplit=1)]
    if len(found) != 2 or not all(found):
        raise Unfit(f"Write both with a slash between them, such as: {question.example}")
    return [_worded(question, _clean(part, question.most)) for part in found]


# -- names


def _split(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,;،、]", text) if part.strip()]


def _names(question: Question, text: str) -> list[str]:
    found = []
    for part in _split(text):
        name = _clean(part, ANY)
        if len(name) > LONGEST_NAME:
            raise Unfit(f"“{name[:80]}” has {len(name)} characters; the name of a seat has room for {LONGEST_NAME}.")
        if name.lower() in _BARE:
            raise Unfit(f"“{name}” is no name; write who quarrels, such as: {question.example}")
        _spelled(name)
        found.append(name)
    if not question.least <= len(found) <= question.most:
        raise Unfit(f"{'One name' if len(found) == 1 else f'{len(found)} names'} cannot quarrel here; give "
                    f"{question.least} to {question.most}, separated by commas.")
    if len({id_of(name) for name in found}) < len(found):
        raise Unfit("Two of these names are spelled alike; tell them apart.")
    return found


def _named(names: list[str], part: str) -> str:
    """The one name that a number, a name or a part of a name means."""
    if part.isdecimal() and 1 <= int(part) <= len(names):
        return names[int(part) - 1]
    small = part.casefold().strip(" .")
    for fits in (lambda name: name == small, lambda name: name.startswith(small),
                 lambda name: any(word.startswith(small) for word in name.split()), lambda name: small in name):
        found = [name for name in names if fits(name.casefold())]
        if len(found) == 1:
            return found[0]
        if found:
            raise Unfit(f"“{_short(part)}” could be {' or '.join(found)}; write more of the name, or its number.")
    raise Unfit(f"“{_short(part)}” is not one of {', '.join(names)}.")


def _some(question: Question, text: str) -> list[str]:
    names = [name for name, _ in question.options]
    chosen: list[str] = []
    for part in _split(text):
        try:
            chosen.append(_named(names, part))
        except Unfit:
            parts = re.split(r"\s+(?:and|&)\s+", part)
            if len(parts) == 1:
                raise
            chosen += [_named(names, one) for one in parts]
    found = [name for name in names if name in chosen]
    if not question.least <= len(found) <= question.most:
        raise Unfit(f"At least one of them, and not all: {', '.join(names)}.")
    return found


def _one(question: Question, text: str) -> str:
    return _named([name for name, _ in question.options], text.strip())


# -- numbers, dates, choices


def _whole(question: Question, text: str) -> int:
    if not re.fullmatch(r"\d{1,3}", text.strip()) or not question.least <= int(text) <= question.most:
        raise Unfit(f"Give a whole number from {question.least} to {question.most}.")
    return int(text)


def _date(question: Question, text: str) -> str:
    found = re.fullmatch(r"(\d{1,4})-(\d{1,2})-(\d{1,2})", text.strip())
    if found is None:
        raise Unfit(f"“{_short(text.strip())}” is no date; write year-month-day in figures, such as {question.example}.")
    year, month, day = map(int, found.groups())
    if not 1 <= year <= LAST_YEAR:
        raise Unfit(f"The calendar here has the years 1 to {LAST_YEAR}, and not {year}.")
    if not 1 <= month <= 12:
        raise Unfit(f"There is no month {month}; write year-month-day, such as {question.example}.")
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise Unfit(f"{calendar.month_name[month]} {year} has no day {day}; its days are 1 to {last}.")
    return date(year, month, day).isoformat()


def _yes(question: Question, text: str) -> bool:
    found = _YES.get(text.strip().lower().rstrip(".!"))
    if found is None:
        raise Unfit("Answer yes or no.")
    return found


def _choice(question: Question, text: str) -> str:
    words = [word for word, _ in question.options]
    try:
        return _named(words, text.strip())
    except Unfit:
        raise Unfit(f"Choose by number or word: {', '.join(words)}.") from None


_OF_WORDS: Final = {"text", "phrase", "sentence", "article", "pair"}
_READ: Final[Mapping[str, Callable[[Question, str], Any]]] = {
    "text": _text, "phrase": _phrase, "sentence": _sentence, "article": _article, "pair": _pair, "names": _names, "some": _some,
    "one": _one, "whole": _whole, "date": _date, "yes": _yes, "choice": _choice,
}

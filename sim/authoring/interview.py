"""authoring: the interview of `detente new` without a screen: what is asked next, what an answer means, one step back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from sim.authoring.interview_names import id_of, parted, readable
from sim.authoring.interview_questions import QUESTIONS, Question
from sim.errors import UsageError, suggest

LONGEST_NAME: Final = 24
_YES: Final = {"y": True, "yes": True, "true": True, "n": False, "no": False, "false": False}


class Unfit(Exception):
    """An answer that cannot be used; its text is the sentence to show."""


class Interview:
    """The answers so far, and the question that follows from them."""

    def __init__(self, answers: Mapping[str, Any] | None = None) -> None:
        """`answers` are from a file; raises `UsageError` (D372) for one that cannot be used."""
        self._answers: dict[str, Any] = {}
        given = dict(answers or {})
        known = [name for name, _ in QUESTIONS]
        for name in given:
            if name not in known:
                raise UsageError(f"There is no question `{name}`; {suggest(str(name), known)}the questions are "
                                 f"{', '.join(known)}.", "D372")
        for name, asked in QUESTIONS:
            question = asked(self._answers)
            if question is None or name not in given:
                continue
            try:
                self._answers[name] = meant(question, _as_text(given[name]))
            except Unfit as wrong:
                raise UsageError(f"The answer to `{name}` cannot be used. {wrong}", "D372") from wrong

    @property
    def answers(self) -> dict[str, Any]:
        """Every answer so far, in the order of the questions."""
        return {name: self._answers[name] for name, _ in QUESTIONS if name in self._answers}

    @property
    def question(self) -> Question | None:
        """The next question, or None when everything is answered."""
        for name, asked in QUESTIONS:
            if name not in self._answers:
                question = asked(self._answers)
                if question is not None:
                    return question
        return None

    @property
    def place(self) -> tuple[int, int]:
        """Which question it is, and of how many as it looks now."""
        applying = [name for name, asked in QUESTIONS if asked(self._answers) is not None]
        return sum(name in self._answers for name in applying) + 1, len(applying)

    def answer(self, text: str) -> None:
        """Answer the question; an empty text takes the default. Raises `Unfit` with what to write instead."""
        question = self.question
        if question is None:
            raise Unfit("Everything is answered.")
        self._answers[question.id] = meant(question, text) if text.strip() else question.default

    def take_defaults(self) -> None:
        """Answer whatever is still open as it is suggested."""
        while self.question is not None:
            self.answer("")

    def back(self) -> bool:
        """Take the answer before back; False at the first question."""
        given = [name for name, _ in QUESTIONS if name in self._answers]
        following = self.question
        order = [name for name, _ in QUESTIONS]
        if following is not None:
            given = [name for name in given if order.index(name) < order.index(following.id)]
        if not given:
            return False
        # what was asked only because of it is asked again if it still applies
        for name in order[order.index(given[-1]):]:
            self._answers.pop(name, None)
        return True


def meant(question: Question, text: str) -> Any:
    """The value of an answer. Raises `Unfit` with what to write instead."""
    return _READ[question.kind](question, text)


# -- kinds of answers


def _clean(text: str, most: int) -> str:
    found = " ".join("".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in text).split())
    if not found:
        raise Unfit("Something has to stand here.")
    if "{" in found or "}" in found:
        raise Unfit("Leave out { and }; the file uses them for names that it fills in.")
    if len(found) > most:
        raise Unfit(f"This has {len(found)} characters; {most} have room.")
    return found


def _text(question: Question, text: str) -> str:
    found = _clean(text, question.most)
    if question.id in ("title", "stake", "agreement", "mediator_name"):
        _spelled(found)
    return found


def _spelled(text: str) -> None:
    name, latin = parted(text)
    if not readable(latin or name):
        raise Unfit(f"No id can be spelled from “{name[:24]}”; write it in Latin letters, or give them in brackets: "
                    f"“{name[:24]} (harbour)”.")


def _phrase(question: Question, text: str) -> str:
    found = _clean(text, question.most).rstrip(" .!…")
    if not found:
        raise Unfit("Something has to stand here.")
    return found


def _sentence(question: Question, text: str) -> str:
    found = _clean(text, question.most - 1)
    found = found[0].upper() + found[1:]
    return found if found[-1] in '.!?”"' else found + "."


def _split(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,;،、]", text) if part.strip()]


def _names(question: Question, text: str) -> list[str]:
    found = [_clean(part, LONGEST_NAME) for part in _split(text)]
    for name in found:
        _spelled(name)
    if not question.least <= len(found) <= question.most:
        raise Unfit(f"{'One name' if len(found) == 1 else f'{len(found)} names'} cannot quarrel here; give "
                    f"{question.least} to {question.most}, separated by commas.")
    if len({id_of(name) for name in found}) < len(found):
        raise Unfit("Two of these names are spelled alike; tell them apart.")
    return found


def _three(question: Question, text: str) -> list[str]:
    found = [_clean(part, question.most) for part in _split(text)]
    for part in found:
        _spelled(part)
    if len(found) != question.least:
        raise Unfit(f"Give {question.least} points, separated by commas; these are {len(found)}.")
    if len({id_of(part) for part in found}) < len(found):
        raise Unfit("Two of these points are spelled alike; tell them apart.")
    return found


def _some(question: Question, text: str) -> list[str]:
    names = [name for name, _ in question.options]
    chosen: list[str] = []
    for part in _split(text):
        if part.isdecimal() and 1 <= int(part) <= len(names):
            chosen.append(names[int(part) - 1])
            continue
        alike = [name for name in names if name.casefold() == part.casefold()]
        if not alike:
            raise Unfit(f"“{part[:24]}” is not one of {', '.join(names)}.")
        chosen.append(alike[0])
    found = [name for name in names if name in chosen]
    if not question.least <= len(found) <= question.most:
        raise Unfit(f"At least one of them, and not all: {', '.join(names)}.")
    return found


def _whole(question: Question, text: str) -> int:
    if not re.fullmatch(r"\d{1,3}", text.strip()) or not question.least <= int(text) <= question.most:
        raise Unfit(f"Give a whole number from {question.least} to {question.most}.")
    return int(text)


def _date(question: Question, text: str) -> str:
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise Unfit("Write year-month-day, such as 2030-06-03.") from None


def _yes(question: Question, text: str) -> bool:
    found = _YES.get(text.strip().lower())
    if found is None:
        raise Unfit("Answer yes or no.")
    return found


def _choice(question: Question, text: str) -> str:
    words = [word for word, _ in question.options]
    asked = " ".join(text.lower().split())
    if asked.isdecimal() and 1 <= int(asked) <= len(words):
        return words[int(asked) - 1]
    fitting = [word for word in words if word == asked] or [word for word in words if asked and word.startswith(asked)]
    if len(fitting) != 1:
        raise Unfit(f"Choose by number or word: {', '.join(words)}.")
    return fitting[0]


_READ: Final[dict[str, Callable[[Question, str], Any]]] = {
    "text": _text, "phrase": _phrase, "sentence": _sentence, "names": _names, "points": _three, "some": _some,
    "whole": _whole, "date": _date, "yes": _yes, "choice": _choice,
}


def _as_text(value: Any) -> str:
    """A value from a file as it would be typed."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return "" if value is None else str(value)


def shown(value: Any) -> str:
    """A value as it would be typed, for prompts."""
    return _as_text(value)

"""authoring: the interview of `detente new` without a screen: what is asked next, one step back, any answer changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sim.authoring.interview.answers import Unfit, meant, shown
from sim.authoring.interview.question import Question
from sim.authoring.interview.questions import QUESTIONS
from sim.errors import UsageError, suggest

_ORDER = [name for name, _ in QUESTIONS]


@dataclass(frozen=True, slots=True)
class Given:
    """A line of the summary."""

    number: int
    id: str
    label: str
    text: str


class Interview:
    """The answers so far, and the question that follows from them."""

    def __init__(self, answers: Mapping[str, Any] | None = None) -> None:
        """`answers` are from a file; raises `UsageError` (D372) for one that cannot be used."""
        self._answers: dict[str, Any] = {}
        self._before: dict[str, str] = {}
        """What was typed and taken back: it is offered again."""
        given = dict(answers or {})
        for name in given:
            if name not in _ORDER:
                raise UsageError(f"There is no question `{name}`; {suggest(str(name), _ORDER)}the questions are "
                                 f"{', '.join(_ORDER)}.", "D372")
        for name, asked in QUESTIONS:
            question = asked(self._answers)
            if question is None or name not in given:
                continue
            try:
                self._answers[name] = meant(question, shown(question, given[name]))
            except Unfit as wrong:
                raise UsageError(f"The answer to `{name}` cannot be used. {wrong}", "D372") from wrong

    @property
    def answers(self) -> dict[str, Any]:
        """Every answer so far, in the order of the questions; None where it is `none`."""
        return {name: self._answers[name] for name in _ORDER if name in self._answers}

    @property
    def question(self) -> Question | None:
        """The next question, or None when everything is answered. What was answered before stands for the suggestion."""
        for name, asked in QUESTIONS:
            if name not in self._answers and (question := asked(self._answers)) is not None:
                return self._with_own(question)
        return None

    @property
    def place(self) -> tuple[int, int]:
        """Which question it is, and of how many at most; only a further side can add to them."""
        widest = dict(self._answers)
        applying = []
        for name, asked in QUESTIONS:
            question = asked(widest)
            if question is None:
                continue
            applying.append(name)
            if name not in widest:
                # whatever may be `none` may also lead to more questions
                widest[name] = question.default if question.default is not None else question.example
        following = self.question
        return (applying.index(following.id) + 1 if following else len(applying)), len(applying)

    @property
    def summary(self) -> list[Given]:
        """Every answer with its number, which `reopen` takes."""
        lines: list[Given] = []
        for name, asked in QUESTIONS:
            question = asked(self._answers)
            if question is not None and name in self._answers:
                lines.append(Given(len(lines) + 1, name, question.label, shown(question, self._answers[name])))
        return lines

    def answer(self, text: str) -> None:
        """Answer the question; an empty text takes what is offered. Raises `Unfit` with what to write instead."""
        question = self.question
        if question is None:
            raise Unfit("Everything is answered.")
        self._answers[question.id] = meant(question, text.strip() or shown(question, question.default))
        if any(name in self._answers for name in _ORDER[_ORDER.index(question.id) + 1:]):
            self._still_fitting()

    def take_defaults(self) -> None:
        """Answer whatever is still open as it is suggested."""
        while self.question is not None:
            self.answer("")

    def back(self) -> bool:
        """Take the answer before back; False at the first question."""
        following = self.question
        until = _ORDER.index(following.id) if following else len(_ORDER)
        given = [name for name in _ORDER[:until] if name in self._answers]
        if not given:
            return False
        self._take(given[-1])
        return True

    def reopen(self, number: int) -> bool:
        """Take one answer of the summary back; False if there is no such number."""
        found = [line.id for line in self.summary if line.number == number]
        if not found:
            return False
        self._take(found[0])
        return True

    def _take(self, name: str) -> None:
        question = dict(QUESTIONS)[name](self._answers)
        value = self._answers.pop(name)
        if question is not None:
            self._before[name] = shown(question, value)

    def _with_own(self, question: Question) -> Question:
        if question.id not in self._before:
            return question
        try:
            return replace(question, default=meant(question, self._before[question.id]), own=True)
        except Unfit:
            return question

    def _still_fitting(self) -> None:
        """Take back what another answer has made pointless: another side, a name that is taken now."""
        for name, asked in QUESTIONS:
            if name not in self._answers:
                continue
            question = asked(self._answers)
            if question is None:
                if isinstance(dropped := self._answers.pop(name), str):
                    self._before[name] = dropped
                continue
            try:
                meant(question, shown(question, self._answers[name]))
            except Unfit:
                self._take(name)

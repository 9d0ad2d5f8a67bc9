"""plain: the interview of `detente new` in line mode: a question, its default, an answer a line."""

from __future__ import annotations

from typing import Final

from sim.authoring.interview import Interview, Unfit, shown
from sim.authoring.interview_questions import Question
from sim.plain.paper import Paper
from sim.plain.reader import Reader

HELP: Final = "?"
BACK: Final = ("back", "b")
PATIENCE: Final = 20
"""Answers in a row that cannot be used, from a pipe, before it is taken for a mistake."""


class Ended(Exception):
    """The input ended before the last question."""


def ask(interview: Interview, paper: Paper, reader: Reader) -> None:
    """Ask until everything is answered. Raises `Ended` when the input does, KeyboardInterrupt at Ctrl-C."""
    paper.page(["A few plain questions, about two minutes. An empty line takes what stands in brackets, `?` explains a "
                "question, `back` goes to the one before, Ctrl-C stops and keeps the answers.", ""])
    wrong = 0
    told = ""
    while (question := interview.question) is not None:
        if told != question.id:
            told = question.id
            _put(question, interview.place, paper)
        line = reader.line()
        if line is None:
            raise Ended
        if line == HELP:
            _explain(question, paper)
        elif line.lower() in BACK:
            told = ""
            if not interview.back():
                paper.page(["This is the first question."])
        else:
            try:
                interview.answer(line)
            except Unfit as problem:
                paper.page([str(problem)])
                wrong += 1
                if wrong >= PATIENCE and not reader.by_hand:
                    raise Ended from problem
            else:
                wrong = 0
                paper.say()


def _put(question: Question, place: tuple[int, int], paper: Paper) -> None:
    number, of = place
    paper.say(question.ask, f"{number}/{of}")
    if question.kind == "choice":
        paper.page((f"  {n}.", f"{word}: {meaning}." if meaning else word) for n, (word, meaning) in
                   enumerate(question.options, 1))
    elif question.kind == "some":
        paper.page((f"  {n}.", name) for n, (name, _) in enumerate(question.options, 1))
    paper.page([f"[{shown(question.default)}]"])


def _explain(question: Question, paper: Paper) -> None:
    paper.page([question.help])
    if question.example:
        paper.page([f"Another answer: {question.example}"])

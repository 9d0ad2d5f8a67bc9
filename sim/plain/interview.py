"""plain: the interview of `detente new` in line mode: a question, its default, an answer a line."""

from __future__ import annotations

from typing import Final

from sim.authoring.interview.answers import Unfit, shown
from sim.authoring.interview.asking import Given, Interview
from sim.authoring.interview.question import Question
from sim.plain.paper import WIDTH, Paper
from sim.plain.reader import Reader

HELP: Final = "?"
BACK: Final = ("back", "b")
PATIENCE: Final = 20
"""Answers in a row that cannot be used, from a pipe, before it is taken for a mistake."""


class Ended(Exception):
    """The input ended before the last question."""


def ask(interview: Interview, paper: Paper, reader: Reader) -> None:
    """Ask until everything is answered and nothing is to be changed.

    Raises `Ended` when the input ends too early, KeyboardInterrupt at Ctrl-C.
    """
    if interview.question is not None:
        _greet(interview, paper)
    patience = _Patience(reader)
    while True:
        _ask_rest(interview, paper, reader, patience)
        if not _agreed(interview, paper, reader, patience):
            return


def _greet(interview: Interview, paper: Paper) -> None:
    _, of = interview.place
    more = "" if "sides" in interview.answers else ", and five or six more for a third and for a fourth side"
    left = of - len(interview.answers)
    paper.page([f"{left} questions at most{more}; half an hour, if you have the story in mind. An empty line takes what stands in "
                "brackets, `?` explains a question, `back` goes to the one before. At the end you see every answer and can "
                "change it. Ctrl-C stops and keeps the answers.", ""])


class _Patience:
    """Ends an interview with a pipe that can go on for ever saying nothing of use."""

    def __init__(self, reader: Reader) -> None:
        self._by_hand = reader.by_hand
        self._wrong = 0

    def lost(self) -> bool:
        """One more line was of no use; whether it is enough."""
        self._wrong += 1
        return self._wrong >= PATIENCE and not self._by_hand

    def won(self) -> None:
        """A line was of use."""
        self._wrong = 0


def _ask_rest(interview: Interview, paper: Paper, reader: Reader, patience: _Patience) -> None:
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
                if patience.lost():
                    raise Ended from problem
            else:
                patience.won()
                paper.say()


def _agreed(interview: Interview, paper: Paper, reader: Reader, patience: _Patience) -> bool:
    """Show the answers; whether one of them is to be changed. From a pipe that has ended, none is."""
    paper.page(["These are your answers.", *(_line(given) for given in interview.summary), "",
                "Is this right? Enter writes the scenario; a number goes back to that answer."])
    while True:
        line = reader.line()
        if line is None and reader.by_hand:
            raise Ended
        if not line or line.lower() in ("y", "yes"):
            return False
        if line.lower() in BACK and interview.back():
            return True
        if line.isdecimal() and interview.reopen(int(line)):
            return True
        paper.page([f"Give a number from 1 to {len(interview.summary)}, or an empty line to write the scenario."])
        if patience.lost():
            raise Ended


def _line(given: Given) -> tuple[str, str]:
    text = f"{given.label}: {given.text}"
    room = WIDTH - 5
    return f"{given.number:>3}.", text if len(text) <= room else text[:room - 1].rstrip() + "…"


def _put(question: Question, place: tuple[int, int], paper: Paper) -> None:
    number, of = place
    paper.say(question.ask, f"{number}/{of}")
    if question.kind == "choice":
        paper.page((f"  {n}.", f"{word}: {meaning}." if meaning else word) for n, (word, meaning) in
                   enumerate(question.options, 1))
    elif question.kind in ("some", "one"):
        paper.page((f"  {n}.", name) for n, (name, _) in enumerate(question.options, 1))
    paper.page([f"[{'your answer: ' if question.own else ''}{shown(question, question.default)}]"])


def _explain(question: Question, paper: Paper) -> None:
    paper.page([question.help])
    if question.example:
        paper.page([f"Another answer: {question.example}"])

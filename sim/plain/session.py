"""plain: the loop of line mode: a line in, a page out, until the match or the input ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from sim.errors import DetenteError, UsageError
from sim.plain import map_page, move_pages, round_pages, text_pages
from sim.plain.commands import WORDS, Command, Unknown, parse
from sim.plain.move_pages import Numbered
from sim.plain.paper import Paper
from sim.plain.reader import Reader
from sim.words.desk import Desk
from sim.words.models import Dispatch, MenuItem, QuestionItem

FINE: Final = 0
UNSAVED: Final = 1
INTERRUPTED: Final = 130


def play(desk: Desk, paper: Paper, reader: Reader, notices: tuple[str, ...] = ()) -> int:
    """Play a match to the end of the input; the exit code: 0, 1 if it could not be saved, 130 if interrupted."""
    return Session(desk, paper, reader).run(notices)


class Session:
    """One player in line mode."""

    def __init__(self, desk: Desk, paper: Paper, reader: Reader) -> None:
        """Nothing is printed or read yet."""
        self._desk = desk
        self._paper = paper
        self._reader = reader
        self._told: tuple[Dispatch, ...] = ()
        self._leaving = False
        self._file: Path | None = None
        self._verbs: Mapping[str, Callable[[str], None]] = {
            "status": self._status, "moves": self._moves, "?": self._details, "order": self._order,
            "orders": self._orders, "drop": self._drop, "questions": self._questions, "yes": self._yes,
            "no": self._no, "answer": self._answer, "leave": self._leave, "go": self._go, "news": self._news,
            "wire": self._wire, "tracks": self._tracks, "map": self._map, "draft": self._draft,
            "provisions": self._provisions, "brief": self._brief, "who": self._who, "why": self._why, "score": self._score, "undo": self._undo,
            "glossary": self._glossary, "save": self._save, "help": self._help, "quit": self._quit,
        }

    # -- the loop

    def run(self, notices: tuple[str, ...] = ()) -> int:
        """Open the match and follow the lines until they end."""
        try:
            return self._followed(notices)
        except BrokenPipeError:
            # nobody reads any more: keep the match, and let the edge end the process quietly
            self._kept()
            raise

    def _followed(self, notices: tuple[str, ...]) -> int:
        interrupted = False
        opened = False
        while True:
            try:
                if not opened:
                    opened = True
                    self._open(notices)
                line = self._reader.line()
                if line is None:
                    return self._leave_match(FINE)
                interrupted = False
                self._do(line)
                if self._leaving:
                    return self._leave_match(FINE)
            except KeyboardInterrupt:
                if interrupted or not self._reader.by_hand:
                    return self._leave_match(INTERRUPTED)
                interrupted = True
                self._paper.page(["", "Leave the match? Ctrl-C again saves it and leaves; any line goes on."])

    def _do(self, line: str) -> None:
        asked = parse(line)
        if isinstance(asked, Unknown):
            meant = f"Did you mean `{asked.meant}`? " if asked.meant else ""
            self._paper.page([f"There is no command `{asked.word}`. {meant}`help` lists them."])
            return
        try:
            self._verbs[asked.name](asked.rest)
        except DetenteError as wrong:
            self._paper.page([wrong.sentence])

    def _leave_match(self, code: int) -> int:
        problem = self._kept()
        if problem is None:
            self._paper.line(f"The match is saved: {self._file}")
            self._paper.line(f"Go on with it: detente play --load {_quoted(self._file)}")
            return code
        self._paper.page([f"The match is not saved: {problem.sentence} ({problem.code})"])
        return code or UNSAVED

    def _kept(self) -> DetenteError | None:
        """Save the match where it is, or where saves live; why not, if it cannot be."""
        try:
            self._file = self._desk.save(None)
        except DetenteError as problem:
            return problem
        return None

    # -- the round

    def _open(self, notices: tuple[str, ...]) -> None:
        problem = self._kept()
        self._paper.page(["Line mode; `help` lists the commands.", *notices])
        if problem is None:
            self._paper.line(f"Every round is kept: {self._file}")
        else:
            self._paper.page([f"This match is not kept: {problem.sentence} ({problem.code})",
                              "`save FILE` chooses another place."])
        self._paper.say()
        if self._desk.round == 1 and not self._desk.over:
            self._brief("")
            self._paper.say()
        self._round()

    def _round(self) -> None:
        if self._desk.over:
            self._end()
            return
        now, menu = self._desk.situation(), self._desk.menu()
        self._paper.page(round_pages.heading(now))
        self._news_of_round()
        self._paper.page(["Tracks:", *round_pages.main_tracks(now)])
        if menu.questions:
            self._questions("")
        self._paper.page([round_pages.purse(menu, self._costs()),
                          "Type `moves` for your moves, `go` to resolve the round, `help` for the rest."])

    def _news_of_round(self) -> None:
        self._told = self._desk.dispatches()
        if self._told:
            self._paper.page(["What happened:", *round_pages.dispatches(self._told)])
        elif self._desk.round > 1:
            self._paper.page(["Nothing was heard of in the last round."])

    def _end(self) -> None:
        page = self._desk.ending()
        if page is None:
            return
        self._news_of_round()
        self._paper.page(["", *text_pages.ending(page), "", *text_pages.scores(page.scores), *text_pages.debrief(page),
                          "", "`wire`, `why`, `tracks`, `draft` and `provisions` still answer; `undo` takes the last "
                          "round back; `quit` leaves."])

    def _go(self, _: str) -> None:
        if self._desk.over:
            raise UsageError("The match has ended; `undo` takes the last round back, `quit` leaves.", "D320")
        if not self._desk.filed():
            self._paper.page(["You filed nothing; the round passes without you."])
        self._desk.resolve(self._desk.think())
        self._paper.say()
        self._round()

    def _undo(self, _: str) -> None:
        self._paper.page([self._desk.undo(), ""])
        self._round()

    # -- moves and orders

    def _numbered(self) -> Numbered:
        return Numbered(self._desk.menu())

    def _keys(self) -> tuple[str, ...]:
        return tuple(item.key for item in self._desk.filed())

    def _filed_orders(self, *, answers: bool = False) -> tuple[MenuItem, ...]:
        """What is filed of the moves, or else of the answers."""
        given = {a.key for q in self._desk.menu().questions for a in q.answers}
        return tuple(item for item in self._desk.filed() if (item.key in given) == answers)

    def _costs(self) -> tuple[int, ...]:
        return tuple(item.cost for item in self._filed_orders())

    def _moves(self, word: str) -> None:
        self._must_go_on()
        self._paper.page(move_pages.menu(self._numbered(), word, self._keys()))

    def _details(self, text: str) -> None:
        self._must_go_on()
        first, _, rest = text.partition(" ")
        if first in ("yes", "no"):
            item = self._answer_of(self._question(rest), 1 if first == "yes" else 2)
        else:
            item = self._move(text)
            text = str(self._numbered().by_key[item.key])
        self._paper.page(move_pages.details(text, item, filed=item.key in self._keys()))

    def _order(self, text: str) -> None:
        self._must_go_on()
        item = self._move(text)
        refusal = self._desk.add(item.key)
        if refusal:
            self._paper.page([refusal])
            return
        self._paper.page([f"Filed: {round_pages.sentence(item.title)}",
                          round_pages.purse(self._desk.menu(), self._costs())])

    def _move(self, text: str) -> MenuItem:
        found = self._numbered().find(text)
        if found is not None:
            return found
        most = len(self._numbered().by_number)
        raise UsageError(f"There is no move `{text}`; use a number from 1 to {most}, `moves` lists them."
                         if text else "Which move? Add its number, as in `? 12`; `moves` lists them.", "D321")

    def _orders(self, _: str) -> None:
        filed = self._filed_orders()
        self._paper.page([*((f"{n}.", round_pages.sentence(item.title)) for n, item in enumerate(filed, 1)),
                          *(f"Answered: {round_pages.sentence(item.title)}" for item in self._filed_orders(answers=True)),
                          round_pages.purse(self._desk.menu(), self._costs())])

    def _drop(self, text: str) -> None:
        filed = self._filed_orders()
        if text.lower() == "all" and filed:
            dropped = filed
        elif text.isdecimal() and 1 <= int(text[:4]) <= len(filed):
            dropped = (filed[int(text[:4]) - 1],)
        else:
            raise UsageError(f"There is no order `{text}`; `orders` lists what you filed, `drop all` drops everything."
                             if filed else "You have filed no order.", "D322")
        for item in dropped:
            self._desk.remove(item.key)
        self._paper.page([*(f"Dropped: {round_pages.sentence(item.title)}" for item in dropped),
                          round_pages.purse(self._desk.menu(), self._costs())])

    # -- questions

    def _questions(self, _: str) -> None:
        menu = self._desk.menu()
        filed = {item.key: item.title for item in self._desk.filed()}
        answered = {q.id: filed[a.key] for q in menu.questions for a in q.answers if a.key in filed}
        if not menu.questions:
            self._paper.page(["Nothing waits for your answer."])
            return
        self._paper.page(["Questions to you, answered at no cost:",
                          *round_pages.questions(menu.questions, answered)])

    def _question(self, text: str) -> QuestionItem:
        waiting = self._desk.menu().questions
        if not waiting:
            raise UsageError("Nothing waits for your answer.", "D323")
        if not text and len(waiting) == 1:
            return waiting[0]
        if text.isdecimal() and 1 <= int(text[:4]) <= len(waiting):
            return waiting[int(text[:4]) - 1]
        raise UsageError(f"There is no question `{text}`; use a number from 1 to {len(waiting)}, `questions` reads them."
                         if text else "Which question? Add its number, as in `yes 1`.", "D323")

    def _yes(self, text: str) -> None:
        self._give(self._question(text), 1)

    def _no(self, text: str) -> None:
        self._give(self._question(text), 2)

    def _answer(self, text: str) -> None:
        which, _, question = text.partition(" to ")
        if not which.isdecimal():
            raise UsageError("Say which answer to which question, as in `answer 3 to 1`.", "D323")
        self._give(self._question(question), int(which[:4]))

    @staticmethod
    def _answer_of(question: QuestionItem, which: int) -> MenuItem:
        if not 1 <= which <= len(question.answers):
            raise UsageError(f"That question has {len(question.answers)} answers; `questions` reads them.", "D323")
        return question.answers[which - 1]

    def _give(self, question: QuestionItem, which: int) -> None:
        answer = self._answer_of(question, which)
        if answer not in question.shown:
            raise UsageError("You have said yes to that already; nothing else is asked of you.", "D323")
        before = [a for a in question.answers if a.key in self._keys() and a.key != answer.key]
        for other in before:
            self._desk.remove(other.key)
        refusal = self._desk.add(answer.key)
        if refusal:
            for other in before:
                self._desk.add(other.key)
            self._paper.page([refusal])
            return
        self._paper.page([f"Answered: {round_pages.sentence(answer.title)}", *move_pages.answers(answer)])

    def _leave(self, text: str) -> None:
        question = self._question(text)
        for answer in question.answers:
            if answer.key in self._keys():
                self._desk.remove(answer.key)
        self._paper.page([f"Left open: {round_pages.sentence(question.title)} {question.if_ignored}".rstrip()])

    # -- reading

    def _status(self, _: str) -> None:
        menu, keys = self._desk.menu(), self._keys()
        unanswered = sum(question.waits(keys) for question in menu.questions)
        self._paper.page(round_pages.status(self._desk.situation(), menu, self._costs(), unanswered))

    def _news(self, _: str) -> None:
        self._told = self._desk.dispatches()
        self._paper.page(round_pages.dispatches(self._told) if self._told else ["There is no dispatch yet."])

    def _wire(self, text: str) -> None:
        lines = self._desk.wire()
        if text:
            lines = tuple(line for line in lines if str(line.round) == text)
        self._told = tuple(lines)
        nothing = f"There is no dispatch of round {text}." if text else "There is no dispatch yet."
        self._paper.page(round_pages.dispatches(self._told, dated=True) if self._told else [nothing])

    def _map(self, word: str) -> None:
        self._paper.page(map_page.chart(self._desk.map(), word))

    def _tracks(self, word: str) -> None:
        found = [t for t in self._desk.situation().tracks if word.lower() in f"{t.name} {t.title}".lower()]
        self._paper.page(round_pages.tracks(found) if found else [f"No track has `{word}` in its name."])

    def _draft(self, word: str) -> None:
        table = self._desk.negotiation()
        self._paper.page(text_pages.draft(table.parts, word, table.checks))

    def _provisions(self, word: str) -> None:
        self._paper.page(text_pages.provisions(self._desk.provisions(), word))

    def _brief(self, _: str) -> None:
        self._paper.page(text_pages.brief(self._desk.brief()))

    def _glossary(self, word: str) -> None:
        self._paper.page(text_pages.glossary(self._desk.glossary(), word))

    def _who(self, text: str) -> None:
        if not text:
            raise UsageError("Who says what? Add the number of a dispatch or a claim, as in `who 3` or `who C26`.",
                             "D324")
        if not text.isdecimal():
            found = [line for name in (text, text.upper()) for line in self._desk.sources((name,)) if line.speaker][:1]
            if not found:
                raise UsageError(f"There is no claim `{text}`; {self._desk.meant(text)}dispatches and moves name the claims "
                                 "they rest on.", "D324")
            self._paper.page(text_pages.sources(found))
            return
        if not 1 <= int(text[:6]) <= len(self._told):
            raise UsageError(f"There is no dispatch {text} in what was read last; `news` or `wire` reads them again.",
                             "D324")
        told = self._told[int(text[:6]) - 1]
        self._paper.page([round_pages.dispatch(told), *text_pages.sources(self._desk.sources(told.source))])

    def _why(self, text: str) -> None:
        now = self._desk.situation()
        last = now.round if self._desk.over else now.round - 1
        if text and not (text.isdecimal() and 1 <= int(text[:4]) <= last):
            raise UsageError(f"Round `{text}` has not been played; rounds 1 to {last} have." if last else
                             "No round has been played yet.", "D325")
        asked = int(text[:4]) if text else last
        if not asked:
            raise UsageError("No round has been played yet.", "D325")
        self._paper.page([*round_pages.silent(self._desk.silent(asked), asked),
                          *text_pages.reasons(self._desk.reasons(asked), self._desk.no_reasons(asked))])

    def _score(self, _: str) -> None:
        page = self._desk.ending() if self._desk.over else None
        if page is None:
            raise UsageError("Scores are told when the match has ended; `brief` names your goals.", "D326")
        self._paper.page(text_pages.scores(page.scores))

    def _save(self, text: str) -> None:
        file = self._desk.save(Path(text).expanduser() if text else None)
        self._file = file
        self._paper.line(f"The match is saved, and every round from now on: {file}")

    def _help(self, _: str) -> None:
        self._paper.page([*(f"{word.use}: {word.does}." for word in WORDS.values()),
                          "Several words may be shortened: `prov` is `provisions`."])

    def _quit(self, _: str) -> None:
        self._leaving = True

    def _must_go_on(self) -> None:
        if self._desk.over:
            raise UsageError("The match has ended; `undo` takes the last round back, `quit` leaves.", "D320")


def _quoted(file: Path | None) -> str:
    import shlex

    return shlex.quote(str(file))


__all__ = ["Command", "Session", "play"]

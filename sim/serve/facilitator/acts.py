"""serve: the forms of the facilitator's page, each to one act of the lesson; what cannot be undone is asked for twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from sim.lesson.answers import Answer
from sim.serve.facilitator.inject_form import InjectForm, typed
from sim.words.estimative import listed

if TYPE_CHECKING:
    from sim.lesson import DryRun, Lesson, Person
    from sim.serve.guard import Form

KEPT: Final = ("text", "minutes", "why", "about", "name")
"""Fields that stand in the page again after a refusal."""

DONE: Final[Mapping[str, str]] = {
    "brief": "The briefing is open on every screen.", "begin": "The round is open; delegations can file.",
    "resolve": "The round is closed; what came of it goes to the screens.",
    "pause": "Paused: the clock stands, and nothing can be filed.", "resume": "The lesson goes on.",
    "debrief": "The debrief is open on every screen.", "reopen": "Back at the match; the round is open again.",
    "close": "The lesson is closed, and everything is in its file; take along what you need.",
    "take": "You play this seat from now on.", "give": "The seat has changed hands.",
    "merge": "One delegation acts for both from now on.", "rename": "The name is changed on every screen.",
    "propose": "It is on the sheet.", "strike": "It is off the sheet.", "file": "The sheet is filed.",
    "unfile": "Taken back; the sheet stays.",
}
"""What is said of an act that went well and says nothing of itself."""
MANY: Final = 6
"""So many delegations are counted rather than named."""


@dataclass(frozen=True, slots=True)
class Said:
    """What came of a form."""

    ok: bool
    sentence: str
    act: str = ""
    written: Mapping[str, str] = field(default_factory=dict)
    """What had been typed into a form that was refused."""
    inject: InjectForm | None = None
    """An inject that was refused or only tried, with what is wrong at each field."""
    dry: DryRun | None = None
    at: int = 0
    """The table at which it was tried."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked before something that cannot be undone."""

    title: str
    sentences: tuple[str, ...]
    button: str
    dry: DryRun | None = None


class Acts:
    """Does what a form says, for a facilitator."""

    def __init__(self, lesson: Lesson) -> None:
        self._lesson = lesson
        self.known: Final[Mapping[str, Callable[[str, Form], Answer]]] = {
            "trigger": self._trigger, "extend": self._extend, "clock": self._clock, "undo": self._undo,
            "reveal": lambda who, form: lesson.reveal(who, form.get("on") == "yes"),
            "take": lambda who, form: lesson.take(who, number(form, "table"), text(form, "seat")),
            "give": lambda who, form: lesson.give(who, number(form, "table"), text(form, "seat"), text(form, "to")),
            "merge": lambda who, form: lesson.merge(who, number(form, "table"), text(form, "seat"), text(form, "into")),
            "code": lambda who, form: self._said(
                lesson.new_code(who, number(form, "table"), text(form, "seat")),
                "There is a new code; the old one leads nowhere any more."),
            "remove": lambda who, form: lesson.remove(who, text(form, "person")),
            "readmit": self._readmit,
            "rename": lambda who, form: lesson.rename(who, text(form, "name"), person=text(form, "person") or "?"),
            "move": self._move,
            "head": lambda who, form: lesson.pass_head(who, text(form, "person")),
            "mute": lambda who, form: self._said(
                lesson.mute(who, text(form, "person"), form.get("muted") == "yes"),
                "Muted: they can read and draft orders, and write nothing." if form.get("muted") == "yes" else
                "They can write again."),
            "hide": lambda who, form: self._said(
                lesson.hide(who, text(form, "message"), form.get("hidden") == "yes", text(form, "why")),
                "The message is off all screens; you read it still." if form.get("hidden") == "yes" else
                "The message is on their screens again."),
            "broadcast": lambda who, form: self._said(
                lesson.broadcast(who, text(form, "text", 4000), table=number(form, "table"), once=once(form)),
                "Told to everybody." if not number(form, "table") else f"Told to table {number(form, 'table')}."),
            "send": self._send,
            "note": lambda who, form: self._said(
                lesson.note(who, text(form, "text", 4000), table=number(form, "table"), about=text(form, "about"),
                            once=once(form)), "Noted."),
            "hold": lambda who, form: self._each(form, lambda table, item: lesson.hold(who, table, item),
                                                 "Held: it does not come until you release it."),
            "arm": lambda who, form: self._each(form, lambda table, item: lesson.arm(who, table, item),
                                                "It comes by itself when it is due."),
            "queue": lambda who, form: self._each(
                form, lambda table, item: lesson.queue(who, table, item, number(form, "round")),
                f"It comes with the opening of round {number(form, 'round')}."),
            "release": lambda who, form: self._each(
                form, lambda table, item: lesson.release(who, table, item, once=f"{once(form)}.{table}"[-60:]), "Released."),
            "discard": lambda who, form: self._each(form, lambda table, item: lesson.discard(who, table, item),
                                                    "Thrown away."),
            "propose": lambda who, form: lesson.propose(who, text(form, "key"), round=number(form, "round"), once=once(form),
                                                        seat=text(form, "seat"), table=number(form, "table")),
            "strike": lambda who, form: lesson.strike(who, text(form, "key"), round=number(form, "round"), once=once(form),
                                                      seat=text(form, "seat"), table=number(form, "table")),
            "file": lambda who, form: lesson.file(who, round=number(form, "round"), once=once(form), seat=text(form, "seat"),
                                                  table=number(form, "table")),
            "unfile": lambda who, form: lesson.unfile(who, round=number(form, "round"), once=once(form),
                                                      seat=text(form, "seat"), table=number(form, "table")),
        }
        self._injects: Final = ("dry_run", "improvise", "edit")

    def __contains__(self, act: str) -> bool:
        return act in self.known or act in self._injects

    def do(self, act: str, person: Person, form: Form) -> Said:
        """What came of it."""
        if act in self._injects:
            return self._written(act, person.id, form)
        answer = self.known[act](person.id, form)
        kept = {} if answer.ok else {name: str(form[name])[:4000] for name in KEPT if name in form}
        named = text(form, "name") if act == "trigger" else act
        return Said(answer.ok, answer.sentence or DONE.get(named, "Done."), act, kept)

    # -- asking first

    def question(self, act: str, person: Person, form: Form) -> Question | None:
        """What to ask before an act; None where it can be taken back, or where it was asked already."""
        if form.get("sure") == "yes":
            return None
        asked: dict[str, Callable[[Person, Form], Question | None]] = {
            "trigger": self._ask_trigger, "undo": self._ask_undo, "release": self._ask_release, "remove": self._ask_remove,
            "readmit": self._ask_readmit, "code": self._ask_code, "discard": self._ask_discard}
        return asked[act](person, form) if act in asked else None

    def _ask_trigger(self, person: Person, form: Form) -> Question | None:
        name = text(form, "name")
        if name not in self._lesson.may(person.id) or self._stale(form):
            return None
        if name == "close":
            return Question("Close the lesson?", (
                "Nobody can come in, file or write any more. Everything stays in the lesson's file.",), "Close it")
        if name == "debrief":
            return Question("Open the debrief on every screen?", (
                "The match stops where it stands, and every screen shows its ending and its goals.",
                "While the match is not over you can go back to it; what people have read by then stays read."),
                "Open the debrief")
        if name != "resolve":
            return None
        control = self._lesson.control_room(person.id)
        late = [f"{seat.status.name}{f' at table {table.table}' if len(control.tables) > 1 else ''}"
                for table in control.tables for seat in table.seats if seat.status.waited_for]
        if not late:
            return None
        counts = "What stands on their sheets counts." if self._lesson.plan.unfiled == "sheet" else "They pass."
        whom = listed(late) if len(late) < MANY else f"{len(late)} delegations"
        return Question("Resolve the round now?", (f"{whom} {'has' if len(late) == 1 else 'have'} not filed. {counts}",),
                        "Resolve it")

    def _ask_undo(self, person: Person, form: Form) -> Question | None:
        table = number(form, "table")
        chosen = [match for n, match in zip(self._lesson.tables, self._lesson.matches, strict=True)
                  if n == (table or n) and match.rounds]
        if not chosen or self._stale(form):
            return None
        which = listed([str(n) for n in sorted({match.rounds[-1].round for match in chosen})])
        many = len(self._lesson.tables) > 1
        where = "" if not many else f" at table {table}" if table else " at every table"
        return Question(f"Take back round {which}{where}?", (
            "What its orders did is undone. The orders lie on the sheets again and are not filed; the clock of the round "
            "begins anew, and everybody is told.",
            "What people have read they have read. The round can be played again, but not brought back."), "Take it back")

    def _ask_release(self, person: Person, form: Form) -> Question | None:
        tables = self._tables(form)
        dry = self._lesson.dry_run(person.id, tables[0], text(form, "item"))
        if not dry.ok:
            return None
        where = "at every table" if len(tables) > 1 else f"at table {tables[0]}" if len(self._lesson.tables) > 1 else ""
        rounds = self._lesson.match(tables[0]).rounds
        back = "It goes again only if the round before is taken back." if rounds else "Nothing takes it back."
        sentences: tuple[str, ...] = (f"It happens at once. {back}",)
        inject = self._lesson.loaded.usable()[0].injects.get(text(form, "item"))
        if inject is not None and inject.branches and any(
                it.id == text(form, "item") and it.edited for it in self._lesson.tray(person.id, tables[0])):
            sentences += (f"Your words stand in the place of the {len(inject.branches)} ways in which the scenario lets it "
                          "turn out.",)
        return Question(f"Release this inject {where}".rstrip() + " now?", sentences, "Release it", dry)

    def _ask_remove(self, person: Person, form: Form) -> Question | None:
        other = self._lesson.person(text(form, "person"))
        return None if other is None else Question(f"Send {other.name} out?", (
            "Their screens close at once. Whoever knows the seat's code comes in again with it; give the seat a new code "
            "if that must not be.",), "Send them out")

    def _ask_readmit(self, person: Person, form: Form) -> Question | None:
        return Question("Make a new key?", (
            "Their old screens close and lead nowhere any more. The new key is shown here once; they type it in place of "
            "the code.",), "Make the key")

    def _ask_code(self, person: Person, form: Form) -> Question | None:
        return Question("Make a new code?", (
            "The old code leads nowhere any more, on cards and links too. Who is in already stays in.",), "Make the code")

    def _ask_discard(self, person: Person, form: Form) -> Question | None:
        return Question("Throw this away?", ("Your own inject is gone; of one of the scenario's, the scenario's words stand "
                                             "again.",), "Throw it away")

    # -- acting

    def _said(self, answer: Answer, sentence: str) -> Answer:
        return answer if not answer.ok or answer.sentence else Answer(ok=True, sentence=sentence)

    def _stale(self, form: Form) -> bool:
        """Whether a form was made for rounds that are not open any more: pressed twice, or a moment too late."""
        seen = text(form, "as_of")
        return bool(seen) and seen != as_of(self._lesson)

    def _trigger(self, who: str, form: Form) -> Answer:
        if self._stale(form):
            return Answer(ok=False, sentence="The round was closed or taken back meanwhile; look again, then decide.")
        return self._lesson.trigger(who, text(form, "name"))

    def _undo(self, who: str, form: Form) -> Answer:
        if self._stale(form):
            return Answer(ok=False, sentence="The round was closed or taken back meanwhile; look again, then decide.")
        return self._lesson.undo(who, number(form, "table"))

    def _extend(self, who: str, form: Form) -> Answer:
        minutes = amount(form, "minutes")
        if not minutes:
            return Answer(ok=False, sentence="Say how many minutes: 3, or -1 to shorten.")
        told = "The round was shortened." if minutes < 0 else "The round has more time."
        return self._said(self._lesson.extend(who, minutes), told)

    def _clock(self, who: str, form: Form) -> Answer:
        given = text(form, "minutes")
        minutes = amount(form, "minutes") if given else None
        if given and minutes is None:
            return Answer(ok=False, sentence=f"“{given}” is no number of minutes; write 6, or 0 for no limit.")
        return self._said(self._lesson.set_clock(who, minutes=minutes, on_all_filed="on_all_filed" in form,
                                                 on_time="on_time" in form), "Set, from the next round on.")

    def _readmit(self, who: str, form: Form) -> Answer:
        answer, token = self._lesson.readmit(who, text(form, "person"))
        return Answer(ok=True, sentence=f"Their new key, shown this once; they type it in place of the code: {token}") \
            if token else answer

    def _move(self, who: str, form: Form) -> Answer:
        table, _, seat = text(form, "place").partition(".")
        at = int(table) if table.isdecimal() and len(table) < 4 else 0
        return self._said(self._lesson.move(who, text(form, "person"), at, seat), "Moved.")

    def _send(self, who: str, form: Form) -> Answer:
        to = tuple(map(str, form.getall("to", ())))
        if not to:
            return Answer(ok=False, sentence="To whom? Choose at least one seat.")
        return self._said(self._lesson.send(who, to, text(form, "text", 4000), once=once(form), table=number(form, "table")),
                          "Sent.")

    def _tables(self, form: Form) -> tuple[int, ...]:
        """The table of a form, or all."""
        return self._lesson.tables if text(form, "table") == "all" or "every" in form else (number(form, "table"),)

    def _each(self, form: Form, act: Callable[[int, str], Answer], done: str) -> Answer:
        """The same at each table of a form, until one is refused; what was done by then is said."""
        item = text(form, "item")
        tables = self._tables(form)
        said: list[str] = []
        for table in tables:
            answer = act(table, item)
            if not answer.ok:
                first = f"Done at {listed([f'table {n}' for n in tables[:tables.index(table)]])}. " if table != tables[0] else ""
                return Answer(ok=False, sentence=f"{first}{answer.sentence}", code=answer.code)
            said += [answer.sentence] if answer.sentence else []
        return Answer(ok=True, sentence=" ".join((done, *dict.fromkeys(said))))

    # -- injects

    def _written(self, act: str, who: str, form: Form) -> Said:
        """An inject as it was typed: tried, kept as one's own, or put in the place of another."""
        lesson = self._lesson
        tables, item = self._tables(form), text(form, "item")
        if act == "dry_run" and "text" not in form:
            dry = lesson.dry_run(who, tables[0], item)
            return Said(dry.ok, dry.sentence or "Tried out below; nothing has happened.", act, dry=dry, at=tables[0])
        inject = typed(form)
        missing = inject.missing()
        if missing:
            return Said(ok=False, sentence="Something is missing; it stands at its field.", act=act,
                        inject=replace(inject, wrong=missing))
        block, fields = inject.yaml()
        found = lesson.check_block(block, item if item in lesson.loaded.usable()[0].injects else "")
        inject = replace(inject, wrong=inject.told(found, fields))
        if any(it.severity == "error" for it in found):
            return Said(ok=False, sentence="It cannot be used so; what is wrong stands at its field.", act=act, inject=inject)
        if act == "dry_run":
            dry = lesson.dry_run(who, tables[0], item, block) if item else lesson.dry_run(who, tables[0], block)
            return Said(dry.ok, dry.sentence or "Tried out below; nothing has happened, nothing is kept yet.", act,
                        inject=inject, dry=dry, at=tables[0])
        for table in tables:
            answer = lesson.edit(who, table, item, block) if act == "edit" else \
                lesson.improvise(who, table, block, once=f"{once(form)}.{table}"[-60:])
            if not answer.ok:
                return Said(ok=False, sentence=answer.sentence, act=act, inject=inject)
        return Said(ok=True, act=act, sentence="It stands in the tray in your words." if act == "edit" else
                    "It stands in the tray, held: release it, or plan it for a round.")


def as_of(lesson: Lesson) -> str:
    """Which rounds are open, so that a form made before can be told from one made now."""
    return ".".join(f"{match.round}-{match.head}" if match.ended else str(match.round) for match in lesson.matches)


def once(form: Form) -> str:
    """The number of the request."""
    return text(form, "once", 40)


def text(form: Form, name: str, most: int = 200) -> str:
    """A field as text, cut where nothing so long is meant."""
    return str(form.get(name, "")).replace("\r\n", "\n")[:most].strip()


def number(form: Form, name: str) -> int:
    """A field as a whole number; 0 for anything else."""
    given = str(form.get(name, ""))
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else 0


def amount(form: Form, name: str) -> float | None:
    """A field as minutes, up to a day; None for anything else."""
    try:
        given = float(str(form.get(name, ""))[:12].replace(",", "."))
    except ValueError:
        return None
    return given if -1440 <= given <= 1440 else None

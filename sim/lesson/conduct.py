"""lesson: the facilitator's hand on the lesson: its stages, its clock, who plays which seat, notes."""

from __future__ import annotations

from dataclasses import replace

from sim.lesson.answers import Answer, Refused
from sim.lesson.core import KEEP
from sim.lesson.limits import worded
from sim.lesson.people import FACILITATOR, Person
from sim.lesson.rounds import Rounds
from sim.lesson.seating import BY_FACILITATOR, DELEGATION
from sim.play.protocols import PERSON
from sim.policies import NAMES

MOST_MINUTES = 24 * 60


class Conduct(Rounds):
    """What concerns the course of a lesson."""

    def may(self, who: str) -> tuple[str, ...]:
        """The triggers that a person can pull now: none but for the facilitator."""
        with self._lock:
            return self.course.possible() if who == FACILITATOR else ()

    def trigger(self, who: str, name: str) -> Answer:
        """`brief`, `begin`, `resolve`, `pause`, `resume`, `debrief`, `reopen`, `close`; one sentence if it cannot be."""
        def do(person: Person) -> Answer:
            from sim.lesson.course import BY_HAND

            self._facilitator(person)
            known = name if name in BY_HAND else "?"
            refused = self.course.why_not(known)
            if refused:
                raise Refused("L010", refused)
            stage = self.course.target(known)
            left: float | None = KEEP
            if name == "brief":
                left = None if self.plan.briefing is None else self.plan.briefing * 60
            elif name in ("begin", "reopen"):
                left = self._round_seconds()
            self._write(self._act("stage", who, {"trigger": name, "stage": stage}), stage=stage, left=left)
            if name in ("begin", "reopen"):
                self._time_told = False
            self._tell("stage")
            return Answer(ok=True)

        return self._answered(who, do)

    def extend(self, who: str, minutes: float) -> Answer:
        """Give the round more minutes, or fewer with a number below zero."""
        def do(person: Person) -> Answer:
            self._facilitator(person)
            left = self.timer.left
            if left is None:
                raise Refused("L010", "There is no limit to extend; set the minutes of a round first.")
            if not -MOST_MINUTES <= minutes <= MOST_MINUTES:
                raise Refused("L016", "That is more than a day; give minutes.")
            self._write(self._act("extended", who, {"minutes": minutes}), left=max(0.0, left + minutes * 60))
            self._time_told = False
            self._tell("clock")
            return Answer(ok=True)

        return self._answered(who, do)

    def set_clock(self, who: str, *, minutes: float | None = None, on_all_filed: bool | None = None,
                  on_time: bool | None = None) -> Answer:
        """The minutes of the rounds to come (0 for no limit), and what lets a round be resolved by itself."""
        def do(person: Person) -> Answer:
            self._facilitator(person)
            if minutes is not None and not 0 <= minutes <= MOST_MINUTES:
                raise Refused("L016", "A round has at least a minute and at most a day; 0 is without a limit.")
            plan = replace(self.plan, minutes=self.plan.minutes if minutes is None else minutes or None,
                           on_all_filed=self.plan.on_all_filed if on_all_filed is None else on_all_filed,
                           on_time=self.plan.on_time if on_time is None else on_time)
            self._write(self._act("plan", who, plan.as_json()))
            self._tell("clock")
            return Answer(ok=True)

        return self._answered(who, do)

    def reveal(self, who: str, on: bool) -> Answer:
        """Let every seat see in the debrief what was hidden from it, or no longer; the match itself goes on unseen."""
        def do(person: Person) -> Answer:
            self._facilitator(person)
            self._write(self._act("revealed", who, {"on": on}))
            self._tell("stage")
            return Answer(ok=True, sentence="In the debrief everybody sees what was hidden." if on else
                          "In the debrief everybody sees what their own seat saw.")

        return self._answered(who, do)

    # -- seats

    def take(self, who: str, table: int, seat: str) -> Answer:
        """Play a seat oneself from now on; what its delegation filed stands until it is filed anew."""
        return self._hand(who, table, seat, BY_FACILITATOR)

    def give(self, who: str, table: int, seat: str, to: str) -> Answer:
        """Give a seat to its `delegation` or to a policy by name, from now on, also in the midst of a round."""
        return self._hand(who, table, seat, to)

    def _hand(self, who: str, table: int, seat: str, to: str) -> Answer:
        def do(person: Person) -> Answer:
            self._facilitator(person)
            self._table(table)
            self._seat(seat)
            if to not in (DELEGATION, BY_FACILITATOR, *NAMES):
                raise Refused("L019", f"Nobody called `{to}` can play a seat; give it to the delegation, or to one of "
                                      f"{', '.join(NAMES)}.")
            match = self.match(table)
            player = to if to in NAMES else PERSON
            self._write(self._act("hand", who, {"seat": seat, "hand": to}, table), tables=(table,),
                        change=lambda: match.hand(seat, player) if match.players[seat] != player else None)
            self._tell("seat", table)
            return Answer(ok=True)

        return self._answered(who, do)

    def merge(self, who: str, table: int, seat: str, into: str) -> Answer:
        """Let the delegation of one seat act for another too; whoever sat there joins it. `give` divides them again."""
        def do(person: Person) -> Answer:
            self._facilitator(person)
            self._table(table)
            self._seat(seat)
            target = self.seating.place(table, self._seat(into))
            if seat == into or target.into:
                raise Refused("L019", "A seat is merged into another that stands for itself; choose one.")
            people = self.register.members(table, seat)
            acts = [self._act("merged", who, {"seat": seat, "into": into}, table)]
            # who had been merged into the seat goes along with it
            acts += [self._act("merged", who, {"seat": other, "into": into}, table)
                     for other in self.seating.acts_for(table, seat)[1:]]
            for other in people:
                acts.append(self._act("moved", who, {"person": other.id, "seat": into}, table))
            match = self.match(table)
            self._write(*acts, tables=(table,),
                        change=lambda: match.hand(seat, PERSON) if match.players[seat] != PERSON else None)
            self._tell("seat", table)
            self._tell("people", table)
            return Answer(ok=True)

        return self._answered(who, do)

    # -- notes

    def note(self, who: str, text: str, *, table: int = 0, about: str = "", once: str = "") -> Answer:
        """Write a note for the debrief; it bears the instant."""
        ask = ("note", text, table, about)

        def do(person: Person) -> Answer:
            self._facilitator(person)
            if table:
                self._table(table)
            data = {"text": worded(text, self.plan.limits.note, "note", lines=True), "about": about[:64]}
            self._write(self._receipt(self._act("noted", who, data, table), once, ask))
            self._tell("note", table, frozenset())
            return Answer(ok=True)

        return self._answered(who, do, once, ask)

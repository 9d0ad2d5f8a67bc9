"""lesson: the clock's second, the round that closes at all tables as one, and the round that is taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sim.errors import SaveError
from sim.lesson.acts import Act
from sim.lesson.answers import Answer, Refused
from sim.lesson.core import HEARTBEAT, Core
from sim.lesson.injects import Injects
from sim.lesson.people import Person
from sim.lesson.seating import BY_FACILITATOR
from sim.lesson.statuses import delegation, policy_of, waited_for
from sim.play.protocols import Choice
from sim.policies import policy
from sim.rules import Game, Orders, View
from sim.rules.luck import Keyed

RETRY: Final = 2.0
"""Seconds before a round that could not be stored is tried again."""


@dataclass(frozen=True, slots=True)
class _Thought:
    """What a policy is asked: it gets what its seat may know, and nothing that can change meanwhile."""

    table: int
    seat: str
    policy: str
    game: Game
    seen: View
    luck: Keyed


class Rounds(Injects, Core):
    """What concerns time and rounds."""

    _working = False
    _retry_at = 0.0
    _time_told = False

    def tick(self) -> bool:
        """Look at the clock, about once a second; whether `work` has something to do. Quick, and never an error."""
        with self._turn():
            for person in self.register.lapse(self.clock.monotonic(), self.plan.limits.reading):
                self._tell("presence", self.register[person].table)
            if self.stage == "orders":
                if self._all_filed():
                    self._resolve_now("everybody has filed")
                elif self.timer.over and self.plan.on_time:
                    self._resolve_now("the time has run out")
                elif self.timer.over and not self._time_told:
                    self._time_told = True
                    self._tell("clock")
            now = self.clock.monotonic()
            try:
                self._rescue()
            except SaveError as problem:
                self._troubled(problem)
            moved = self.timer.running or self._marks_moved
            if moved and self._ledger is not None and not 0 <= now - self._beat < HEARTBEAT:
                try:
                    self._write()
                except SaveError as problem:
                    self._beat = now
                    self._troubled(problem)
            return self.stage == "resolving" and not self._working and now >= self._retry_at

    def _all_filed(self) -> bool:
        """Whether nobody is waited for any more, and somebody has filed."""
        if not self.plan.on_all_filed:
            return False
        going = [table for table in self.tables if not self.match(table).ended]
        if any(waited_for(self, table, seat) for table in going for seat in self.seats):
            return False
        return any(self.match(table).filed(seat) is not None for table in going for seat in self.seats)

    def _resolve_now(self, why: str) -> None:
        try:
            self._write(self._act("stage", "", {"trigger": "resolve", "stage": "resolving", "why": why}), stage="resolving")
        except SaveError as problem:
            self._troubled(problem)
            return
        self._tell("stage")

    def work(self) -> None:
        """Resolve the round that is to be resolved. It may take long and is called off the host's loop.

        While policies think nobody is kept waiting. What cannot be stored is told as `trouble` and tried again.
        """
        with self._turn():
            if self.stage != "resolving" or self._working:
                return
            self._working = True
            asked = self._asked()
        try:
            thought: dict[int, dict[str, Choice]] = {table: {} for table in self.tables}
            for it in asked:
                try:
                    thought[it.table][it.seat] = policy(it.policy).choose(it.game, it.seen, it.seat, it.luck)
                except Exception:
                    self._stalled(it)
                    raise
            with self._turn():
                try:
                    self._close_round(thought)
                except SaveError as problem:
                    self._retry_at = self.clock.monotonic() + RETRY
                    self._troubled(problem)
        finally:
            self._working = False

    def _stalled(self, it: _Thought) -> None:
        """A policy has failed, which is a mistake in the program: the host logs it, the facilitator can go on."""
        with self._turn():
            self._retry_at = self.clock.monotonic() + RETRY
            self.trouble = (f"The policy `{it.policy}` failed for {self.catalog.capital(it.seat)} at table {it.table}; take "
                            "the seat yourself and the round is resolved.")
            self._tell("trouble", seats=frozenset())

    def _asked(self) -> list[_Thought]:
        """Who must choose for whom."""
        out = []
        for table in self.tables:
            match = self.match(table)
            for seat in self.seats:
                if match.ended or match.filed(seat) is not None:
                    continue
                name = policy_of(self, table, seat, sheet=bool(self._from_sheet(table, seat).moves))
                if name:
                    out.append(_Thought(table, seat, name, match.game, match.view(seat), match.luck()))
        return out

    def _from_sheet(self, table: int, seat: str) -> Orders:
        """What of a sheet counts that was not filed: its lines in order, without those that do not fit any more."""
        if self.plan.unfiled != "sheet":
            return Orders()
        keys: tuple[str, ...] = ()
        for key in self.sheets.keys(table, seat):
            if self.match(table).refuse(seat, Orders((*keys, key))) is None:
                keys = (*keys, key)
        return Orders(keys)

    def _close_round(self, thought: Mapping[int, Mapping[str, Choice]]) -> None:
        """Close the round at every table, open the next, and bring what the facilitator planned for it: all or nothing."""
        going = [table for table in self.tables if not self.match(table).ended]

        def change() -> tuple[Act, ...]:
            return tuple(act for table in going for act in self._close_table(table, thought[table]))

        def stage() -> str:
            return self.course.target("ended" if self._goes_on() else "opened")

        self._write(tables=going, change=change, stage=stage, left=self._round_seconds())
        self._time_told = False
        for table in going:
            self._tell("round", table)
        self._tell("stage")

    def _close_table(self, table: int, choices: Mapping[str, Choice]) -> tuple[Act, ...]:
        match = self.match(table)
        closed = match.round
        from_sheet = []
        for seat in self.seats:
            orders = self._from_sheet(table, seat)
            if match.filed(seat) is None and seat not in choices and orders.moves:
                match.file(seat, orders)
                from_sheet.append(seat)
        match.resolve(choices, held=self.kept_back(table))
        acts = [Act("closed", table, "", {"round": closed, "from_sheet": from_sheet, "policies": sorted(choices)}, closed,
                    self._now())]
        acts += [Act("released", table, "", data, match.round, self._now()) for data in self.opening_acts(table)]
        return tuple(acts)

    def _now(self) -> float:
        return round(self.clock.wall(), 3)

    def _round_seconds(self) -> float | None:
        return None if self.plan.minutes is None else self.plan.minutes * 60

    # -- taking back

    def undo(self, who: str, table: int = 0) -> Answer:
        """Take the last round of a table back, or of all: its orders lie on the sheets again, unfiled.

        What was resolved stays in the file as a line that was left. The seats are told that the round was taken back;
        what they have read nobody can take from them, and that is said too.
        """
        def do(person: Person) -> Answer:
            self._facilitator(person)
            self._while("orders", "paused", "debrief")
            if table:
                self._table(table)
            chosen = [t for t in ((table,) if table else self.tables) if self.match(t).rounds]
            if not chosen:
                raise Refused("L010", "No round has been closed yet, so there is none to take back.")

            def change() -> tuple[Act, ...]:
                return tuple(act for t in chosen for act in self._undo_table(t, who))

            reopened = self.stage == "debrief"

            def stage() -> str:
                return self.course.target("taken_back") if reopened else ""

            self._write(tables=chosen, change=change, stage=stage, left=self._round_seconds())
            self._time_told = False
            for t in chosen:
                self._tell("undone", t)
                self._tell("message", t)
            if reopened:
                self._tell("stage")
            self._tell("clock")
            return Answer(ok=True, sentence="The round was taken back; its orders lie on the sheets and are not filed.")

        return self._answered(who, do)

    def _undo_table(self, table: int, who: str) -> tuple[Act, ...]:
        match = self.match(table)
        last = match.rounds[-1]
        match.undo()
        people = {seat for seat in self.seats if delegation(self, table, seat)
                  or self.seating.place(table, seat).hand == BY_FACILITATOR}
        sheets = {seat: list(orders.moves) for seat, orders in last.orders.items()
                  if seat in people and seat not in last.choices}
        now = self._now()
        told = self._broadcast(
            f"The facilitator has taken back round {last.round}. You are again where its orders are filed: what you "
            "ordered lies on your sheet and is not filed. What you read of that round has not happened.", table)
        return (Act("undone", table, who, {"round": last.round, "sheets": sheets}, last.round, now), told)

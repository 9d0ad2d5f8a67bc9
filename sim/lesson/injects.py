"""lesson: the facilitator's injects: held, edited, planned, tried out, released, made up.

An inject of the scenario happens by the scenario's own rule. One that was edited or made up is a control event: a text
and changes that the scenario's own checker has passed, journaled and folded like everything else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.errors import Diagnostic, UsageError
from sim.lesson.answers import Answer, Refused
from sim.lesson.core import Core
from sim.lesson.people import Person
from sim.lesson.tray import Slip, Status, TrayItem
from sim.play.control import improvised
from sim.play.match import Match
from sim.rules import Event, due, fold, release
from sim.rules.views import sees
from sim.scenario.bind.improvised import BoundInject, bind_improvised
from sim.scenario.models import Inject

Block = Mapping[str, object] | str
"""What stands for an inject: keys and values, or the same as YAML."""

ACTING = ("briefing", "orders", "paused")
"""While injects can be released."""


@dataclass(frozen=True, slots=True)
class Effect:
    """One change that an inject would make."""

    title: str
    before: str
    after: str
    seen: tuple[str, ...] | None
    """Who would see it, by capital; None is everybody."""


@dataclass(frozen=True, slots=True)
class DryRun:
    """What the release of an inject would do now. Nothing has happened."""

    ok: bool
    sentence: str
    """Why it cannot be released now; empty if it can."""
    text: str
    readers: tuple[str, ...] | None
    """Who would read the text, by capital; None is everybody."""
    effects: tuple[Effect, ...]
    falling: tuple[str, ...]
    """Seats whose filed orders would no longer hold and would be handed back, by capital."""
    diagnostics: tuple[Diagnostic, ...]


class Injects(Core):
    """What concerns the facilitator's tray."""

    def tray(self, who: str, table: int = 1) -> tuple[TrayItem, ...]:
        """The injects of a table, the scenario's first. Raises `UsageError` for who is not the facilitator."""
        with self._lock:
            self._facilitator_or_raise(who)
            self.match(table)
            return self.tray_of(table)

    def tray_of(self, table: int) -> tuple[TrayItem, ...]:
        """The injects of a table."""
        match = self.match(table)
        now = frozenset(due(match.game, match.state))
        return (*(self._item(table, id, inject, now) for id, inject in self._injects().items()),
                *(self._own_item(table, id) for id in self.trays.own(table)))

    def _injects(self) -> Mapping[str, Inject]:
        return self.catalog.scenario.injects

    def _item(self, table: int, id: str, inject: Inject, now: frozenset[str]) -> TrayItem:
        slip = self.trays.slip(table, id)
        status: Status = "released" if self._released(table, id) else slip.status
        bound = self._bound(id, slip) if slip.block else None
        return TrayItem(
            id, bound.title if bound else inject.title, bound.text if bound else inject.dispatch, status,
            slip.at if status == "queued" else 0, _condition(inject), id in now, own=False, edited=bool(slip.block),
            block=slip.block or self._block(id, inject), expected=inject.expected, facilitator=inject.facilitator)

    def _own_item(self, table: int, id: str) -> TrayItem:
        slip = self.trays.slip(table, id)
        bound = self._bound("", slip)
        assert bound is not None, "an inject was stored that the scenario's checker had not passed"
        status: Status = "released" if self._released(table, id) else slip.status
        return TrayItem(id, bound.title, bound.text, status, slip.at if status == "queued" else 0, "", due=False, own=True,
                        edited=True, block=slip.block, expected=bound.expected, facilitator=bound.facilitator)

    def _released(self, table: int, id: str) -> bool:
        """Whether an inject has happened on the line on which the match stands."""
        match = self.match(table)
        fired = match.game.index.get(f"fired.{id}", -1)
        if fired >= 0:
            return bool(match.state.values[fired])
        entries = {entry.id for entry in match.line()}
        return any(entry in entries for entry in self.trays.slip(table, id).entries)

    def _bound(self, of: str, slip: Slip) -> BoundInject | None:
        """A slip's own words as the checker passed them; the tray is read often, so they are kept."""
        key = of, slip.block
        if key not in self._bounds:
            self._bounds[key] = bind_improvised(self._bound_scenario, slip.block, of)[0]
        return self._bounds[key]

    def _block(self, id: str, inject: Inject) -> str:
        if id not in self._blocks:
            self._blocks[id] = _block(inject)
        return self._blocks[id]

    # -- settling

    def hold(self, who: str, table: int, item: str) -> Answer:
        """Keep an inject back: it does not come by itself any more."""
        return self._settle(who, table, item, "held", 0)

    def arm(self, who: str, table: int, item: str) -> Answer:
        """Let an inject of the scenario come by itself when it is due, edited as it may be."""
        return self._settle(who, table, item, "armed", 0)

    def queue(self, who: str, table: int, item: str, round: int) -> Answer:
        """Plan an inject for the opening of a round that is still to come."""
        return self._settle(who, table, item, "queued", round)

    def _settle(self, who: str, table: int, item: str, status: Status, at: int) -> Answer:
        def do(person: Person) -> Answer:
            self._facilitator(person)
            slip = self._slip(table, item)
            match = self.match(table)
            if self._released(table, item):
                opened = match.round == 1 and not slip.entries
                raise Refused("L030", "It opened the match, before anybody came in; it cannot be held or planned." if opened
                              else "It has happened already; it cannot be held or planned unless the round is taken back.")
            if status == "armed" and slip.own:
                raise Refused("L030", "An inject of your own has no condition to wait for; plan it for a round, or release it.")
            if status == "queued" and not match.round < at <= match.game.rounds:
                raise Refused("L030", f"It can be planned for rounds {match.round + 1} to {match.game.rounds}, "
                              "or be released now.")
            self._write(self._act("settled", who, {"item": item, "status": status, "at": at}, table))
            self._tell("tray", table, frozenset(), id=item)
            return Answer(ok=True, id=item)

        return self._answered(who, do)

    def edit(self, who: str, table: int, item: str, block: Block) -> Answer:
        """Put other words and changes in an inject's place; the scenario's checker must pass them."""
        def do(person: Person) -> Answer:
            self._facilitator(person)
            slip = self._slip(table, item)
            written = self._checked(block, "" if slip.own else item)
            self._write(self._act("edited", who, {"item": item, "block": written}, table))
            self._tell("tray", table, frozenset(), id=item)
            return Answer(ok=True, id=item)

        return self._answered(who, do)

    def improvise(self, who: str, table: int, block: Block, *, once: str = "") -> Answer:
        """Make an inject up. It is held until it is planned or released."""
        ask = ("improvise", table, str(block))

        def do(person: Person) -> Answer:
            self._facilitator(person)
            self._table(table)
            made = self.trays.made(table)
            if made >= self.plan.limits.improvised:
                raise Refused("L015", f"A table has {self.plan.limits.improvised} injects of yours at most.")
            item = f"own {made + 1}"
            act = self._act("improvised", who, {"item": item, "block": self._checked(block, ""), "id": item}, table)
            self._write(self._receipt(act, once, ask))
            self._tell("tray", table, frozenset(), id=item)
            return Answer(ok=True, id=item)

        return self._answered(who, do, once, ask)

    def discard(self, who: str, table: int, item: str) -> Answer:
        """Throw away an inject of one's own that was not released; of the scenario's, what was written in its place."""
        def do(person: Person) -> Answer:
            self._facilitator(person)
            slip = self._slip(table, item)
            act = self._act("discarded", who, {"item": item}, table) if slip.own else \
                self._act("edited", who, {"item": item, "block": ""}, table)
            self._write(act)
            self._tell("tray", table, frozenset(), id=item)
            return Answer(ok=True)

        return self._answered(who, do)

    def check_block(self, block: Block, of: str = "") -> tuple[Diagnostic, ...]:
        """What the scenario's own checker says of an inject; `of` names the one in whose place it stands."""
        return bind_improvised(self._bound_scenario, _yaml(block), of)[1]

    # -- releasing

    def dry_run(self, who: str, table: int, item: Block = "", block: Block | None = None) -> DryRun:
        """What an inject of the tray, or one that is only written yet, would do now. Raises `UsageError` as `tray` does.

        `item` may be what was written itself; with both, it is tried in the place of the inject.
        """
        with self._lock:
            self._facilitator_or_raise(who)
            match = self.match(table)
            known = isinstance(item, str) and (item in self._injects() or item in self.trays.own(table))
            if block is None and not known:
                block = item
            try:
                if block is not None:
                    of = str(item) if isinstance(item, str) and item in self._injects() else ""
                    bound, found = bind_improvised(self._bound_scenario, _yaml(block), of)
                    if bound is None:
                        return DryRun(ok=False, sentence="The inject has errors; mend them first.", text="", readers=(),
                                      effects=(), falling=(), diagnostics=found)
                    events: tuple[Event, ...] = (improvised(match.game, match.state, bound),)
                else:
                    found = ()
                    events = self._events(table, str(item))
                if match.ended:
                    raise Refused("L010", "The match is over at this table; nothing can happen in it any more.")
            except (Refused, UsageError) as refused:
                return DryRun(ok=False, sentence=str(refused), text="", readers=(), effects=(), falling=(), diagnostics=())
            return self._dry(match, events, found)

    def _dry(self, match: Match, events: tuple[Event, ...], found: tuple[Diagnostic, ...]) -> DryRun:
        from sim.rules import CONTROL
        from sim.words.dispatches import Wire

        wire = Wire(match.game, self.catalog, CONTROL)
        lines = [wire.dispatch(event, match.state.values, {}, "events") for event in events]
        effects = []
        for var in dict.fromkeys(change[0] for event in events for change in event.changes):
            name = match.game.names[var]
            if name.startswith("fired."):
                continue
            seeing = tuple(self.catalog.capital(seat) for seat in self.seats if sees(match.game, seat, var))
            after = fold(match.state, events).values[var]
            title = self.catalog.label(name)
            effects.append(Effect(f"{title[:1].upper()}{title[1:]}", self.catalog.value(name, match.state.values[var]),
                                  self.catalog.value(name, after), None if len(seeing) == len(self.seats) else seeing))
        readers = tuple(self.catalog.capital(seat) for event in events for seat in event.seen)
        return DryRun(ok=True, sentence="", text=" ".join(line.text for line in lines if line), readers=readers or None,
                      effects=tuple(effects), falling=tuple(map(self.catalog.capital, match.falling(events))),
                      diagnostics=found)

    def release(self, who: str, table: int, item: str, *, once: str = "") -> Answer:
        """Let an inject happen now. Seats whose filed orders no longer hold get them back and are told so."""
        ask = ("release", table, item)

        def do(person: Person) -> Answer:
            self._facilitator(person)
            self._while(*ACTING)
            events = self._events(table, item)
            match = self.match(table)
            if match.ended:
                raise Refused("L010", "The match is over at this table; nothing can happen in it any more.")
            fallen: tuple[str, ...] = ()

            def change() -> None:
                nonlocal fallen
                fallen = match.enact(events)

            entry = len(match.entries)
            said = "" if not match.falling(events) else \
                f"Handed back, as they no longer hold: the orders of {_listed([self.catalog.capital(s) for s in match.falling(events)])}."
            act = self._act("released", who, {"item": item, "entry": entry, "said": said, "id": item}, table)
            self._write(self._receipt(act, once, ask), tables=(table,), change=change)
            self._tell("round", table)
            self._tell("tray", table, frozenset(), id=item)
            if fallen:
                self._tell("filed", table)
            return Answer(ok=True, sentence=said, id=item)

        return self._answered(who, do, once, ask)

    def _events(self, table: int, item: str) -> tuple[Event, ...]:
        """What a release would bring now. Raises `Refused` for what was released or does not exist."""
        slip = self._slip(table, item)
        if self._released(table, item):
            raise Refused("L030", "That inject was released already; undo the round, or make up another.")
        match = self.match(table)
        if slip.block:
            bound = self._bound("" if slip.own else item, slip)
            assert bound is not None, "an inject was stored that the scenario's checker had not passed"
            return (improvised(match.game, match.state, bound),)
        return release(match.game, match.state, item)

    def opening_acts(self, table: int) -> tuple[dict[str, object], ...]:
        """Enact what was planned for the round that has just opened, and what is due in the facilitator's words.

        Inside a transaction; returns the data of an act for each.
        """
        match = self.match(table)
        out: list[dict[str, object]] = []
        for item, slip in self.trays.settled(table).items():
            if match.ended or self._released(table, item) or slip.status == "held":
                continue
            planned = slip.status == "queued" and slip.at <= match.round
            if not planned and not (slip.status == "armed" and slip.block and item in due(match.game, match.state)):
                continue
            try:
                events = self._events(table, item)
            except (Refused, UsageError):
                # what cannot happen now stays in the tray; a round is not kept open for it
                continue
            out.append({"item": item, "entry": len(match.entries), "id": item})
            match.enact(events)
        return tuple(out)

    def kept_back(self, table: int) -> frozenset[str]:
        """The scenario's injects that must not come by themselves with the next opening."""
        return frozenset(id for id, slip in self.trays.settled(table).items()
                         if slip.status != "armed" or slip.block)

    def _slip(self, table: int, item: str) -> Slip:
        self._table(table)
        if item not in self._injects() and item not in self.trays.own(table):
            raise Refused("L019", f"There is no inject `{item}` in this tray.")
        return self.trays.slip(table, item)

    def _checked(self, block: Block, of: str) -> str:
        """A block as it is kept. Raises `Refused` with the first thing that is wrong with it."""
        text = _yaml(block)
        bound, found = bind_improvised(self._bound_scenario, text, of)
        if bound is None:
            first = next(item for item in found if item.severity == "error")
            line = f"line {first.span.line}: " if first.span is not None else ""
            raise Refused("L030", f"The inject cannot be used: {line}{first.message}"
                                  f"{f' ({first.help})' if first.help else ''}.")
        match = self.matches[0]
        improvised(match.game, match.state, bound)
        return text


def _yaml(block: Block) -> str:
    """A block as YAML, for the reader that authors have."""
    if isinstance(block, str):
        return block
    import yaml

    return yaml.safe_dump(dict(block), allow_unicode=True, sort_keys=False, default_flow_style=None, width=100)


def _block(inject: Inject) -> str:
    """An inject of the scenario as a block to be edited; one that can turn out in several ways without its effects."""
    block: dict[str, object] = {"title": inject.title, "text": " ".join(inject.dispatch.split())}
    if inject.seen not in ("public", "all"):
        block["seen"] = inject.seen
    for key, found in (("change", inject.change), ("set", inject.set), ("raise", inject.raise_)):
        if found:
            block[key] = dict(found)
    if inject.toward:
        block["toward"] = {name: {"to": pull.to, "by": pull.by} for name, pull in inject.toward.items()}
    return _yaml(block)


def _condition(inject: Inject) -> str:
    return inject.when if isinstance(inject.when, str) else " and ".join(inject.when) if isinstance(inject.when, list) else ""


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"

"""words: the news wire. Every line is made from one event as its reader may know it.

The author's text comes first; where an author wrote none, a plain sentence says who did what. What has neither a text
nor a status to tell, such as drift, is not on the wire.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sim.rules import CONTROL, Event, Game
from sim.rules.facts import Facts
from sim.rules.tables import SURE, TIERS, Rule
from sim.rules.views import hears
from sim.scenario.bind.shapes import BoundMove, BoundRule
from sim.scenario.conditions import All, Condition
from sim.scenario.conditions import names as read_by
from sim.words.catalog import Catalog, sentence
from sim.words.chronicle import Chapter
from sim.words.closed import obstacles, then
from sim.words.estimative import chance_word, percents, plain
from sim.words.likely import odds
from sim.words.models import Cast, Dispatch, TrackShift
from sim.words.readouts import Contact, Contacts, readout

Contested = Callable[[tuple[str, ...]], bool]
"""Whether somebody disputes one of the cited claims."""


def uncontested(cited: tuple[str, ...]) -> bool:
    """For when no dossiers are at hand."""
    return False


class Wire:
    """Writes the dispatches of one viewer of one game."""

    def __init__(self, game: Game, catalog: Catalog, viewer: str, contested: Contested = uncontested) -> None:
        self.game = game
        self.catalog = catalog
        self.viewer = viewer
        self.names = catalog.names(viewer)
        self.contested = contested
        self._rules: dict[str, Rule] = {r.id: r for r in (*game.open_rules, *game.close_rules)}
        self._telling = {"lapse": self._lapse, "inject": self._inject, "rule": self._rule, "draft": self._draft,
                         "step": self._step}

    def opening(self, chapter: Chapter, contacts: Contacts) -> tuple[Dispatch, ...]:
        """What the opening of a round brought."""
        return self._told(chapter.opened, chapter.before, chapter.round, contacts, "events")

    def resolution(self, chapter: Chapter, contacts: Contacts) -> tuple[Dispatch, ...]:
        """What the orders and the close of a round brought, in the order in which it happened."""
        return self._told(chapter.resolved, chapter.opening, chapter.round, contacts, "close")

    def _told(self, events: Sequence[Event], before: Sequence[int], number: int, contacts: Contacts,
              stage: str) -> tuple[Dispatch, ...]:
        values = list(before)
        out = []
        for event in events:
            dispatch = self.dispatch(event, values, contacts, stage)
            if dispatch is not None:
                out.append(dispatch)
            for var, _, after in event.changes:
                values[var] = after
        return tuple(out)

    def dispatch(self, event: Event, values: Sequence[int], contacts: Contacts, stage: str) -> Dispatch | None:
        """The line of one event, or None; `values` are the viewer's just before it."""
        if event.kind == "move":
            return self._move(event, values, contacts)
        if event.kind == "overtaken":
            return self._overtaken(event, values)
        if event.kind == "rule":
            bound = self.catalog.rules[event.id.partition("@")[0]]
            telling = self._telling.get(bound.kind)
            return telling(event, bound, stage, values) if telling else None
        if event.kind == "control":
            # to others than its readers it is only what it changed in sight
            return self._line(event, stage, event.id, "control", (), key="control", private=bool(event.seen)) if event.id else None
        if event.kind == "ended":
            ending = self.catalog.scenario.endings[event.id]
            return self._line(event, "close", f"The end: {ending.title}.", "ending", _cited(ending.source))
        return None

    # -- orders

    def _move(self, event: Event, values: Sequence[int], contacts: Contacts) -> Dispatch:
        move = self.catalog.moves[event.id]
        branch = move.branches[event.branch]
        text, kind = branch.dispatch, "answer" if move.question else "order"
        contact = contacts.get((event.round, event.id))
        account = readout(self.catalog, move.id, move.seat, contact, named=self._heard_of(contact)) if contact else ""
        if account:
            text, kind = account, "readout"
        if text:
            text = self.catalog.fill(text, move.seat, move.target)
            if move.id == "bracket":
                text = f"{self.catalog.capital(move.seat)} objects: {self.catalog.inline(text)}"
        else:
            text = self._plainly(move, nothing=branch.number < 0)
        # an author who leaves its actor unnamed means it: no capital is put in front of a shot
        capital = self.catalog.capital(move.seat)
        speaker = capital if kind == "readout" or text.startswith(capital) else ""
        return self._line(event, move.tier, text, kind, _cited(move.source), speaker=speaker,
                          cast=self._cast(event, move, values), private=not self._public(move))

    def _overtaken(self, event: Event, values: Sequence[int]) -> Dispatch:
        """Told to its own seat and to control alone, with what failed, where that is the reader's to see."""
        move = self.catalog.moves[event.id]
        whose = "your order" if move.seat == self.viewer else f"{self.catalog.capital(move.seat)}'s order"
        known = [part for condition in move.conditions
                 for part in (condition.items if isinstance(condition, All) else (condition,)) if self.may_know((part,))]
        failed = list(dict.fromkeys(o for part in known for o in obstacles(self.names, part, values)))
        because = "; and that ".join(f"{o.text} ({then(o.now)})" if o.now else o.text for o in failed)
        text = (f"Overtaken by events: {whose} “{move.title}” could no longer be carried out"
                + (f": it needs that {because}." if because else "."))
        if move.cost:
            text += " Its attention is spent."
        return self._line(event, move.tier, text, "overtaken", (), private=True)

    def _heard_of(self, contact: Contact) -> bool:
        """Whether the reader's own log holds the contact: of whom a readout speaks is told to nobody else."""
        return hears(self.game, Event("move", contact.round, contact.key), self.viewer)

    def _public(self, move: BoundMove) -> bool:
        return move.seen == "public"

    def _plainly(self, move: BoundMove, *, nothing: bool) -> str:
        """Who did what, where the author says nothing."""
        catalog = self.catalog
        actor, target = catalog.capital(move.seat), catalog.capital(move.target) if move.target else ""
        if move.of in catalog.scenario.clauses:
            clause = f"the clause “{catalog.clause(move.of)}”"
            verbs = {"table": f"{actor} tables {clause}.", "agree": f"{actor} says yes to {clause}.",
                     "bracket": f"{actor} puts {clause} in brackets."}
            if move.id in verbs:
                return verbs[move.id]
        draft = catalog.scenario.draft
        if move.id == "sign" and draft and move.of in draft.parts:
            return f"{actor} signs the {catalog.inline(draft.parts[move.of].title)}."
        if move.of in catalog.scenario.offers:
            title = catalog.inline(catalog.scenario.offers[move.of].title)
            return f"{actor} {'accepts' if move.id == 'accept' else 'declines'} what {target} offered: {title}."
        title = catalog.inline(move.title)
        return f"{actor} tried this, and nothing came of it: {title}." if nothing else f"{actor}: {title}."

    def _cast(self, event: Event, move: BoundMove, values: Sequence[int]) -> Cast | None:
        """The die, where one decided and everything the odds rest on is the viewer's to see."""
        if event.roll < 0 or not self.may_know(b.when for b in move.branches):
            return None
        table = self.game.moves[self.game.by_key[event.id]]
        about = f"{self.catalog.capital(move.seat)}: {self.catalog.inline(move.title)}"
        return _cast(odds(table, Facts(self.game, values)), event.branch, event.roll, about)

    def may_know(self, conditions: Iterable[Condition]) -> bool:
        """Whether everything that conditions read is the reader's to see."""
        return self.viewer == CONTROL or all(
            self.names.sees_name(name) for condition in conditions for name in read_by(condition)
            if name in self.catalog.index)

    # -- what happens by itself

    def _rule(self, event: Event, bound: BoundRule, stage: str, values: Sequence[int]) -> Dispatch | None:
        if not bound.dispatch:
            return None
        rule = self.catalog.scenario.rules[bound.key]
        return self._line(event, stage, bound.dispatch, "rule", _cited(rule.source), cast=self._chance(event, bound.when, values))

    def _inject(self, event: Event, bound: BoundRule, stage: str, values: Sequence[int]) -> Dispatch | None:
        inject = self.catalog.scenario.injects[bound.key]
        public = inject.seen in ("public", "all")
        if not public and self.viewer != CONTROL and self.viewer not in self._readers(inject.seen):
            return None
        return self._line(event, stage, bound.dispatch or inject.dispatch, "inject", _cited(inject.source),
                          cast=self._chance(event, bound.when, values), private=not public)

    def _readers(self, seen: str | list[str]) -> tuple[str, ...]:
        who = "parties" if seen == "parties" else seen
        known = (*self.catalog.scenario.actors, *self.catalog.scenario.groups, "seats")
        words = [who] if isinstance(who, str) else who
        return self.catalog.bound.words.actors([word for word in words if word in known], ())

    def _lapse(self, event: Event, bound: BoundRule, stage: str, values: Sequence[int]) -> Dispatch | None:
        if not bound.key.startswith("lapse."):
            return None
        _, kind, giver, taker = bound.key.split(".")
        offer = self.catalog.scenario.offers[kind]
        variable = f"offer.{kind}.{giver}.{taker}"
        heard = self.viewer == CONTROL or self.names.sees_name(variable)
        if not heard and offer.seen != "public":
            return None
        text = bound.dispatch or (f"{self.catalog.capital(giver)}'s offer to {self.catalog.capital(taker)} lapsed without "
                                  f"an answer: {self.catalog.inline(offer.title)}.")
        return self._line(event, stage, text, "answer", _cited(offer.source), speaker="", private=offer.seen != "public")

    def _draft(self, event: Event, bound: BoundRule, stage: str, values: Sequence[int]) -> Dispatch | None:
        kind, _, of = bound.key.partition(".")
        catalog = self.catalog
        clause, draft = catalog.scenario.clauses.get(of), catalog.scenario.draft
        text = bound.dispatch or ""
        if clause is not None:
            name = f"“{catalog.clause(of)}”"
            text = text or {"agreed": f"The clause {name} is agreed on paper. It is not signed.",
                            "unanswered": f"The clause {name} falls into brackets for want of an answer.",
                            "reopened": f"The clause {name} falls back into brackets.",
                            "signed": f"The clause {name} is signed."}.get(kind, "")
            cited = _cited(clause.source)
        else:
            if kind == "signed" and draft and of in draft.parts:
                text = text or f"The {catalog.inline(draft.parts[of].title)} is signed."
            cited = ()
        if not text:
            return None
        return self._line(event, stage, text, "step", cited, cast=self._chance(event, bound.when, values))

    def _step(self, event: Event, bound: BoundRule, stage: str, values: Sequence[int]) -> Dispatch | None:
        catalog = self.catalog
        if bound.machine in catalog.scenario.clauses:
            return self._draft(event, bound, stage, values)
        text = bound.dispatch
        status = bound.key.rsplit(".", 1)[1]
        if bound.machine in catalog.provisions:
            agreement, provision = catalog.provisions[bound.machine]
            title = catalog.scenario.agreements[agreement].title
            text = text or f"“{catalog.provision(bound.machine)}” of “{title}” is now {catalog.status(bound.machine, status)}."
            return self._line(event, stage, text, "step", _cited(provision.source))
        text = text or f"The situation is now: {catalog.status('phase', status)}."
        return self._line(event, stage, text, "step", ())

    def _chance(self, event: Event, when: Condition, values: Sequence[int]) -> Cast | None:
        rule = self._rules[event.id]
        if event.roll < 0 or not self.may_know((when,)):
            return None
        if rule.follows >= 0 and self.viewer != CONTROL and not self.names.sees[rule.follows]:
            return None  # the chance of a hazard tells the track that it follows
        p = self.game.chance(rule, values)
        return _cast((p, SURE - p), 0, event.roll)

    # -- lines

    def _line(self, event: Event, tier: str, text: str, kind: str, cited: tuple[str, ...], *, speaker: str = "",
              cast: Cast | None = None, private: bool = False, key: str = "") -> Dispatch:
        percent = cast.shares[cast.taken] if cast else 0
        return Dispatch(
            round=event.round, date=self.catalog.date_of(event.round), tier=tier, text=sentence(text),
            kind=kind, speaker=speaker, contested=self.contested(cited), source=cited,  # type: ignore[arg-type]
            changes=self.changes(event), roll=f"{chance_word(percent)} ({percent} %): it happened" if cast else "",
            key=key or event.id, private=private, shifts=self.shifts(event), phase=self._phase(event), cast=cast)

    def shifts(self, event: Event) -> tuple[TrackShift, ...]:
        """What an event did to the listed tracks, in figures."""
        return tuple(TrackShift(variable.name, before, after) for var, before, after in event.changes
                     if (variable := self.catalog.variables[var]).kind == "track"
                     and self.catalog.tracks[variable.name].shown)

    def _phase(self, event: Event) -> str:
        at = self.catalog.index.get("phase")
        return next((self._value("phase", after) for var, _, after in event.changes if var == at), "")

    def changes(self, event: Event) -> tuple[str, ...]:
        """What an event changed of the listed tracks, phase, provisions and clauses: `Tension 45 → 49`."""
        out = []
        for var, before, after in event.changes:
            variable = self.catalog.variables[var]
            if variable.kind == "track" and not self.catalog.tracks[variable.name].shown:
                continue
            if variable.kind in ("track", "phase", "provision", "clause"):
                out.append(f"{self.names.title(variable.name)} {self._value(variable.name, before)} → "
                           f"{self._value(variable.name, after)}")
        return tuple(out)

    def _value(self, name: str, value: int) -> str:
        return self.catalog.value(name, value) or plain(value)


def _cast(odds: Sequence[int], taken: int, roll: int, about: str = "") -> Cast:
    """The die in percent; rounding never puts it outside the share that was taken."""
    shares = percents(odds)
    first = sum(shares[:taken])
    return Cast(shares, taken, max(first, min(first + shares[taken] - 1, roll * 100 // SURE)), about)


def _cited(source: str | Sequence[str]) -> tuple[str, ...]:
    """Claim ids, or `invented`."""
    return tuple(s for s in ((source,) if isinstance(source, str) else source) if s)


__all__ = ["TIERS", "Contested", "Wire", "uncontested"]

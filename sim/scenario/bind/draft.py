"""scenario: the draft lowered to moves and rules: tabling, votes, brackets, signatures."""

from __future__ import annotations

from sim.scenario.bind.binder import Binder
from sim.scenario.bind.moves import concerned, fill, scope, sources
from sim.scenario.bind.shapes import SURE, BoundBranch, BoundEffect, BoundMove, BoundRule, Loc
from sim.scenario.bind.vocabulary import CLAUSE_STATUSES
from sim.scenario.conditions import Any, Compare, Condition, Flag, Is, Not
from sim.scenario.models import Branch, Clause, Draft, DraftAction, Who

ABSENT, TABLED, BRACKETED, AGREED, SIGNED, STRUCK = range(len(CLAUSE_STATUSES))


def is_(clause: str, status: str, *, negated: bool = False) -> Condition:
    """The clause has (or has not) the status."""
    return Is(name=clause, status=status, negated=negated, text=f"{clause} is {'not ' if negated else ''}{status}")


def any_of(items: list[Condition]) -> Condition:
    """One of them holds."""
    return items[0] if len(items) == 1 else Any(items=tuple(items), text=" or ".join(i.text for i in items))


def yes(clause: str, actor: str) -> Condition:
    """The actor has said yes to the clause."""
    return Flag(name=f"yes.{clause}.{actor}", text=f"{actor} has said yes to {clause}")


class DraftBinder:
    """Binds the draft of one scenario."""

    def __init__(self, binder: Binder, draft: Draft) -> None:
        self.binder = binder
        self.draft = draft
        self.words = binder.words
        self.clauses = self.words.scenario.clauses
        self.legs = max(1, len(self.words.legs))
        self.signatories = self._seated(list(draft.signatories), ("draft", "signatories"), "sign")
        self.tabled_by = self._seated(draft.tabled_by, ("draft", "tabled_by"), "table a clause")
        self._check()

    def _seated(self, who: Who, loc: Loc, what: str) -> tuple[str, ...]:
        """Those of `who` that are seats; voices are reported."""
        found = self.words.actors(who, loc)
        for actor in found:
            if actor not in self.words.seats:
                self.binder.report("R020", f"`{actor}` is a voice without goals and cannot {what}", loc,
                                   "give it `goals:` or take it out")
        return tuple(actor for actor in found if actor in self.words.seats)

    def _check(self) -> None:
        from sim.errors import suggest
        for cid, clause in self.clauses.items():
            if clause.part not in self.draft.parts:
                self.binder.report("R030", f"there is no part `{clause.part}`", ("clauses", cid, "part"),
                                   suggest(clause.part, list(self.draft.parts)) + "parts: "
                                   + ", ".join(self.draft.parts))
            for key in ("needs", "excludes"):
                for n, other in enumerate(getattr(clause, key)):
                    if other not in self.clauses:
                        self.binder.report("R031", f"there is no clause `{other}`", ("clauses", cid, key, n),
                                           suggest(other, list(self.clauses)))
            self._seated(list(clause.parties), ("clauses", cid, "parties"), f"say yes to `{cid}`")
            for seat in clause.worth:
                self.words.actors(seat, ("clauses", cid, "worth", seat))

    # -- conditions

    def _unopposed(self, clause: Clause) -> list[Condition]:
        return [is_(other, status, negated=True) for other in clause.excludes if other in self.clauses
                for status in ("signed", "agreed")]

    def _room(self, actor: str) -> Condition:
        return self.binder.condition(self.draft.room, ("draft", "room"), actor, None)

    def _action_when(self, action: DraftAction, name: str, actor: str) -> Condition:
        parts = [self.binder.condition(action.when, ("draft", name, "when"), actor, None)]
        for who, variant in action.for_.items():
            if actor in self.words.actors(who, ("draft", name, "for", who)):
                parts.append(self.binder.condition(variant.when, ("draft", name, "for", who, "when"), actor, None))
                break
        return self.binder.all_of(parts)

    # -- moves

    def _move(self, verb: str, of: str, seat: str, title: str, conditions: list[Condition],
              effects: list[BoundEffect], action: DraftAction | None, loc: Loc, dispatch: str | None,
              parties: tuple[str, ...], question: str = "") -> BoundMove:
        branch = BoundBranch(0, self.binder.condition(None, loc), (SURE,) * self.legs, tuple(effects), dispatch, loc)
        seen = action.seen if action else self.draft.table.seen
        real = [c for c in conditions if c.text != "always"]
        return BoundMove(
            id=verb, of=of, seat=seat, target="", tier="negotiation" if action else "answers",
            cost=action.cost if action else 0, guard=self.binder.all_of(real[:1]), conditions=tuple(real),
            branches=(branch,), group="draft", seen=scope(seen),  # type: ignore[arg-type]
            concerned=concerned(self.binder, seen, [seat, *parties], loc), title=title, hint="", dispatch=dispatch,
            cameo=(action or self.draft.table).cameo, goldstein=(action or self.draft.table).goldstein,
            source=sources((action or self.draft.table).source), question=question, loc=loc)

    def moves(self) -> list[BoundMove]:
        """Tabling, agreeing, bracketing of every clause; signing of every part."""
        out: list[BoundMove] = []
        for cid, clause in self.clauses.items():
            loc: Loc = ("clauses", cid)
            parties = self.words.actors(clause.parties, (*loc, "parties"))
            title = clause.title or cid.replace("_", " ")
            tell = clause.dispatches
            for seat in self.tabled_by:
                effects = [self.binder.set_to(cid, TABLED)]
                if seat in parties:
                    effects.append(self.binder.set_to(f"yes.{cid}.{seat}", 1))
                out.append(self._move(
                    "table", cid, seat, f"Table a clause: {title}",
                    [any_of([is_(cid, "absent"), is_(cid, "bracketed")]), *self._unopposed(clause), self._room(seat),
                     self._action_when(self.draft.table, "table", seat)],
                    effects, self.draft.table, loc, fill(tell.get("tabled", ""), self.binder, seat, "") or None,
                    parties))
            for seat in parties:
                if seat not in self.words.seats:
                    continue
                needs = [is_(n, s) for n in clause.needs if n in self.clauses for s in ("agreed", "signed")]
                agree = [is_(cid, "tabled"), Not(item=yes(cid, seat), text="you have not yet said yes"),
                         *([any_of(needs)] if needs else []), *self._unopposed(clause)]
                question = f"clause.{cid}"
                out.append(self._move("agree", cid, seat, f"Agree: {title}", agree,
                                      [self.binder.set_to(f"yes.{cid}.{seat}", 1)], None, loc, None, parties, question))
                out.append(self._move("bracket", cid, seat, f"Bracket: {title}", [is_(cid, "tabled")],
                                      [self.binder.set_to(cid, BRACKETED), *self._no_yes(cid, parties)], None, loc,
                                      fill(tell.get("bracketed", ""), self.binder, seat, "") or None, parties,
                                      question))
        out.extend(self._signings())
        return out

    def _no_yes(self, cid: str, parties: tuple[str, ...]) -> list[BoundEffect]:
        return [self.binder.set_to(f"yes.{cid}.{actor}", 0) for actor in parties]

    def _signings(self) -> list[BoundMove]:
        out = []
        for pid, part in self.draft.parts.items():
            inside = [c for c, clause in self.clauses.items() if clause.part == pid]
            if not inside:
                self.binder.report("W030", f"the part `{pid}` has no clause", ("draft", "parts", pid),
                                   "write its clauses under `clauses:`, each with `part: " + pid + "`")
                continue
            for seat in self.signatories:
                ready = f"ready.{pid}.{seat}"
                out.append(self._move(
                    "sign", pid, seat, f"Sign the part: {part.title}",
                    [any_of([is_(c, "agreed") for c in inside]),
                     Compare(terms=((1, ready),), const=0, op="==", text="your signature does not stand already"),
                     self._room(seat),
                     self.binder.condition(part.sign_when, ("draft", "parts", pid, "sign_when"), seat, None),
                     self._action_when(self.draft.sign, "sign", seat)],
                    [self.binder.set_to(ready, self.draft.window)], self.draft.sign, ("draft", "parts", pid), None,
                    self.signatories))
        return out

    # -- rules

    def _rule(self, rid: str, key: str, when: Condition, effects: list[BoundEffect], machine: str = "",
              group: str = "", p: tuple[int, ...] | None = None, dispatch: str | None = None,
              loc: Loc = ("draft",), kind: str = "draft") -> BoundRule:
        names = [e.name for e in effects]
        for name in dict.fromkeys(n for n in names if names.count(n) > 1):
            self.binder.report("E020", f"`{name}` is touched twice in one branch", loc,
                               "the draft itself sets it here; take it out of what agreement or signature does")
        return BoundRule(rid, key, kind, when, p or (SURE,) * self.legs, tuple(effects), group,  # type: ignore[arg-type]
                         dispatch, machine, loc)

    def before_signing(self) -> list[BoundRule]:
        """Clauses agreed, clauses left unanswered, both signatures there."""
        out: list[BoundRule] = []
        agreement = list(self.binder.effects(self.draft.on_agreement, ("draft", "on_agreement")))
        for cid, clause in self.clauses.items():
            parties = self.words.actors(clause.parties, ("clauses", cid, "parties"))
            struck = [self.binder.set_to(x, STRUCK) for x in clause.excludes if x in self.clauses]
            out.append(self._rule(
                f"agreed.{cid}", f"agreed.{cid}", self.binder.all_of([is_(cid, "tabled"),
                                                                     *[yes(cid, a) for a in parties]]),
                [self.binder.set_to(cid, AGREED), *struck, *agreement], cid, f"vote.{cid}",
                dispatch=clause.dispatches.get("agreed"), loc=("clauses", cid)))
        if self.draft.unanswered is not None:
            p = self.binder.probability(self.draft.unanswered, None, ("draft", "unanswered"))
            for cid, clause in self.clauses.items():
                parties = self.words.actors(clause.parties, ("clauses", cid, "parties"))
                out.append(self._rule(f"unanswered.{cid}", f"unanswered.{cid}", is_(cid, "tabled"),
                                      [self.binder.set_to(cid, BRACKETED), *self._no_yes(cid, parties)], cid,
                                      f"silence.{cid}", p, clause.dispatches.get("bracketed"), ("clauses", cid)))
        for pid in self.draft.parts:
            ready = [Compare(terms=((1, f"ready.{pid}.{a}"),), const=-1, op=">=", text=f"{a} has signed")
                     for a in self.signatories]
            out.append(self._rule(f"both.{pid}", f"both.{pid}", self.binder.all_of(ready),
                                  [self.binder.set_to(f"signing.{pid}", 1),
                                   *[self.binder.set_to(f"ready.{pid}.{a}", 0) for a in self.signatories]]))
        return out

    def after_signing(self) -> list[BoundRule]:
        """What a signature does, part by part and clause by clause."""
        out: list[BoundRule] = []
        signature = list(self.binder.effects(self.draft.on_signature, ("draft", "on_signature")))
        signing = {pid: Flag(name=f"signing.{pid}", text=f"{pid} is being signed") for pid in self.draft.parts}
        for pid, part in self.draft.parts.items():
            out.append(self._rule(f"signed.{pid}", f"signed.{pid}", signing[pid], signature, dispatch=part.signed,
                                  loc=("draft", "parts", pid)))
        for cid, clause in self.clauses.items():
            if clause.part not in signing:
                continue
            listed = clause.on_signature if isinstance(clause.on_signature, list) else [clause.on_signature]
            for n, branch in enumerate(listed):
                loc: Loc = ("clauses", cid, "on_signature", *((n,) if isinstance(clause.on_signature, list) else ()))
                out.append(self._signed(cid, clause, branch, n, len(listed), signing[clause.part], loc))
        out.extend(self._rule(f"done.{pid}", f"done.{pid}", signing[pid], [self.binder.set_to(f"signing.{pid}", 0)])
                   for pid in self.draft.parts)
        return out

    def _signed(self, cid: str, clause: Clause, branch: Branch, n: int, of: int, signing: Condition,
                loc: Loc) -> BoundRule:
        effects = self.binder.effects(branch, loc)
        return self._rule(
            f"signed.{cid}" if of == 1 else f"signed.{cid}#{n}", f"signed.{cid}",
            self.binder.all_of([is_(cid, "agreed"), signing,
                                self.binder.condition(branch.when, (*loc, "when"))]),
            [self.binder.set_to(cid, SIGNED), *effects], cid, f"signature.{cid}",
            dispatch=branch.dispatch or clause.dispatches.get("signed"), loc=("clauses", cid))

    def reopening(self) -> list[BoundRule]:
        """Agreed clauses that fall back into brackets."""
        out = []
        for cid, clause in self.clauses.items():
            part = self.draft.parts.get(clause.part)
            if part is None or part.reopened_when is None:
                continue
            parties = self.words.actors(clause.parties, ("clauses", cid, "parties"))
            when = self.binder.condition(part.reopened_when, ("draft", "parts", clause.part, "reopened_when"))
            rule = self._rule(f"reopened.{cid}", f"reopened.{cid}", self.binder.all_of([is_(cid, "agreed"), when]),
                              [self.binder.set_to(cid, BRACKETED), *self._no_yes(cid, parties)], cid,
                              f"reopening.{cid}", dispatch=clause.dispatches.get("bracketed"), loc=("clauses", cid))
            out.append(rule._replace(kind="step"))
        return out

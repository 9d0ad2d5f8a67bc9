"""scenario: chances that do not add up, branches behind a sure one, and dispatches that nothing prints."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from sim.scenario.check.problems import Problems

if TYPE_CHECKING:
    from sim.scenario.bind import Bound
    from sim.scenario.bind.shapes import Loc
    from sim.scenario.models import Branch

_PERCENT = re.compile(r"\s*(\d+(?:\.\d+)?)\s*%?\s*")
TINY = 10
"""Percent left over that look like a slip rather than like a choice."""
_MORE_THAN_EVEN = ("likely", "very likely", "almost certain")


def check_chances(bound: Bound, problems: Problems) -> None:
    """All lists of branches as their author wrote them."""
    for loc, branches, shared in _lists(bound):
        if len(branches) > 1:
            _behind_a_sure_one(loc, branches, problems)
            if shared:
                _sums(loc, branches, problems)


def _lists(bound: Bound) -> Iterator[tuple[Loc, Sequence[Branch], bool]]:
    """Place, branches, and whether they share one die."""
    s = bound.scenario
    for mid, move in s.moves.items():
        yield ("moves", mid), move.branches, True
        for who, variant in move.for_.items():
            yield ("moves", mid, "for", who), variant.branches, True
    for oid, offer in s.offers.items():
        yield ("offers", oid, "accept"), offer.accept.branches, True
        yield ("offers", oid, "decline"), offer.decline.branches, True
        yield ("offers", oid, "lapse"), offer.lapse.branches, False
    for iid, inject in s.injects.items():
        yield ("injects", iid), inject.branches, False


def percent(chance: object, words: Mapping[str, int]) -> float | None:
    """A chance in percent; 100 for `rest`, None for what differs by leg or cannot be read."""
    if isinstance(chance, int):
        return chance
    if not isinstance(chance, str):
        return None
    text = chance.strip().lower()
    if text == "rest":
        return 100
    if text in words:
        return words[text]
    found = _PERCENT.fullmatch(text)
    return float(found[1]) if found else None


def _behind_a_sure_one(loc: Loc, branches: Sequence[Branch], problems: Problems) -> None:
    for n, branch in enumerate(branches[:-1]):
        if branch.when in (None, True) and branch.chance in ("rest", 100, "100 %", "100"):
            problems.report("B003", "this branch never happens: the one before it takes all that is left",
                            (*loc, "branches", n + 1),
                            f"give branch {n + 1} a chance or a condition, or put it last")
            return


def _sums(loc: Loc, branches: Sequence[Branch], problems: Problems) -> None:
    """Branches under the same condition, and those under none, share a hundred percent."""
    from sim.scenario.bind.binder import WORDS_OF_CHANCE

    total: dict[str, float] = {"": 0}
    words: dict[str, list[str]] = {"": []}
    closed = False
    for n, branch in enumerate(branches):
        under = "" if branch.when in (None, True) else str(branch.when)
        share = percent(branch.chance, WORDS_OF_CHANCE)
        if share is None:
            return
        here: Loc = (*loc, "branches", n)
        before = total.get(under, 0) + (total[""] if under else 0)
        if branch.chance == "rest":
            if before >= 100:
                problems.report("B002", "nothing is left for this branch: those before it take 100 % or more",
                                (*here, "chance"), "make the chances before it smaller")
                return
            closed = closed or not under
            continue
        word = str(branch.chance).strip().lower()
        words.setdefault(under, []).append(word)
        total[under] = total.get(under, 0) + share
        if before + share > 100:
            _over(here, words[under], before + share, problems)
            return
    left = 100 - total[""]
    if not closed and len(words[""]) == len(branches) and 0 < left <= TINY:
        problems.report("B004", f"the chances add up to {total['']:g} %, and in the other {left:g} % nothing happens",
                        (*loc, "branches", len(branches) - 1, "chance"), "write `rest` for the last of them")


def _over(here: Loc, words: Sequence[str], total: float, problems: Problems) -> None:
    place: Loc = (*here, "chance")
    if sum(w in _MORE_THAN_EVEN for w in words) + (words.count("even") > 0) > 1 or words.count("even") > 2:
        told = " and ".join(dict.fromkeys(f"`{w}`" for w in words if w == "even" or w in _MORE_THAN_EVEN))
        problems.report("B005", f"the words contradict each other: several branches are {told}, and only one can happen",
                        place, "at most one branch can be likelier than not; write `rest` for the other")
        return
    problems.report("B001", f"the chances add up to {total:g} %; this branch gets only what is left", place,
                    "branches of a move share one die: together they have 100 %, and `rest` takes what is left")


# -- dispatches


def check_printed(bound: Bound, problems: Problems) -> None:
    """A dispatch beside branches is printed for those that bring none of their own."""
    s = bound.scenario
    printed: dict[Loc, set[str | None]] = {}
    for move in bound.moves:
        place: Loc = (*move.loc, move.id) if move.of else move.loc
        printed.setdefault(place, set()).update(b.dispatch for b in move.branches)
    for mid, written in s.moves.items():
        own = printed.get(("moves", mid))
        if own is None:
            continue
        if written.dispatch and written.dispatch not in own:
            _unprinted(("moves", mid, "dispatch"), problems)
        for who, variant in written.for_.items():
            if variant.dispatch and variant.dispatch not in own:
                _unprinted(("moves", mid, "for", who, "dispatch"), problems)
    for oid, offer in s.offers.items():
        for verb, answer in (("accept", offer.accept), ("decline", offer.decline)):
            own = printed.get(("offers", oid, verb))
            if own is not None and answer.dispatch and answer.dispatch not in own:
                _unprinted(("offers", oid, verb, "dispatch"), problems)
    told: dict[str, set[str | None]] = {}
    for rule in bound.open_rules:
        if rule.kind == "inject":
            told.setdefault(rule.key, set()).add(rule.dispatch)
    for iid, inject in s.injects.items():
        found = told.get(iid, set())
        if inject.dispatch and inject.dispatch not in found:
            _unprinted(("injects", iid, "dispatch"), problems)
        elif not inject.dispatch and (not inject.branches or any(not b.dispatch for b in inject.branches)):
            problems.report("W128", f"the inject `{iid}` can happen without a word", ("injects", iid),
                            "give it a `dispatch:`, or one to each branch")
    for cid, clause in s.clauses.items():
        if "struck" in clause.dispatches:
            _unprinted(("clauses", cid, "dispatches", "struck"), problems)
        listed = clause.on_signature if isinstance(clause.on_signature, list) else [clause.on_signature]
        if "signed" in clause.dispatches and all(branch.dispatch for branch in listed):
            _unprinted(("clauses", cid, "dispatches", "signed"), problems)
    if s.phases is not None:
        _entered(bound, problems)


def _entered(bound: Bound, problems: Problems) -> None:
    phases = bound.scenario.phases
    assert phases is not None
    table = next((m for m in bound.machines if m.kind == "phase"), None)
    for pid, phase in phases.states.items():
        steps = [step for step in phases.steps if step.to == pid]
        if phase.entered and steps and all(step.dispatch for step in steps) and (
                table is None or pid not in table.caused):
            _unprinted(("phases", "states", pid, "entered"), problems)


def _unprinted(place: Loc, problems: Problems) -> None:
    problems.report("W121", "this dispatch is never printed: whatever happens has one of its own", place,
                    "take it out, or take out the dispatch that should not differ")

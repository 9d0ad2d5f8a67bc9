"""scenario: what nobody reads, nothing changes, nobody can reach, or nobody refers to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from sim.scenario.check.problems import Problems
from sim.scenario.check.reading import Reading
from sim.scenario.check.wording import standing

if TYPE_CHECKING:
    from sim.scenario.bind import Bound
    from sim.scenario.bind.shapes import Loc
    from sim.scenario.models import Branch, Effects

_OWN = {"track": "tracks", "flag": "flags", "counter": "counters", "provision": "agreements"}
_SLOT = re.compile(r"\{([a-z0-9_.]+)\}")


def check_unused(bound: Bound, reading: Reading, texts: Mapping[str, str], problems: Problems) -> None:
    """All of this module; `texts` are the files of the scenario."""
    written = "\n".join(text for name, text in texts.items() if not name.endswith(".json"))
    read, changed = _read(bound, reading), _changed(bound)
    _variables(bound, read | set(_SLOT.findall(written)), changed, problems)
    _phases(bound, problems)
    _names(bound, reading, texts, written, problems)
    _clauses(bound, reading, problems)
    _moves(bound, read, problems)
    _readouts(bound, problems)
    _card(bound, problems)


# -- tracks, flags, counters, provisions


def _read(bound: Bound, reading: Reading) -> set[str]:
    """Every variable that a condition, a score or a chance asks for; all conditions have been met by now."""
    found = reading.everything()
    found.update(rule.follows for rule in (*bound.open_rules, *bound.close_rules))
    for goal in bound.goals:
        found.update(name for _, name in goal.sum.terms)
    return found


def _changed(bound: Bound) -> set[str]:
    """Every variable that something moves."""
    found = {e.name for m in bound.moves for b in m.branches for e in b.effects}
    found.update(e.name for rule in (*bound.open_rules, *bound.close_rules) for e in rule.effects)
    return found


def _variables(bound: Bound, read: set[str], changed: set[str], problems: Problems) -> None:
    words, s = bound.words, bound.scenario
    groups: dict[tuple[str, str], list[str]] = {}
    for v in words.variables.values():
        if v.kind in ("track", "flag", "counter"):
            head = v.name if v.kind == "track" else v.name.partition(".")[0]
            groups.setdefault((v.kind, head), []).append(v.name)
    for (kind, head), names in groups.items():
        place = (_OWN[kind], head)
        if changed.isdisjoint(names):
            problems.report("W113", f"nothing ever changes the {kind} `{head}`", place,
                            "let a move, a rule or an inject change it, or write its value where it is read")
        elif read.isdisjoint(names):
            problems.report("W112", f"nothing asks for the {kind} `{head}`", place,
                            "let a condition, a goal or a chance depend on it, or take it out")
    for aid, agreement in s.agreements.items():
        if not agreement.provisions:
            problems.report("W111", f"the agreement `{aid}` has no provisions", ("agreements", aid),
                            "write its articles under `provisions:`, or take it out")
        for pid, provision in agreement.provisions.items():
            if pid not in changed and pid not in read and not provision.moved_by:
                problems.report("W111", f"nothing moves the provision `{pid}`, and nothing asks for it",
                                ("agreements", aid, "provisions", pid),
                                "give it `steps:`, or say in `moved_by:` that nothing here decides it")


def _phases(bound: Bound, problems: Problems) -> None:
    phases = bound.scenario.phases
    table = next((m for m in bound.machines if m.kind == "phase"), None)
    if phases is None or table is None:
        return
    reached = {phases.start}
    led: dict[str, set[str]] = {}
    for _, sources, to in table.steps:
        for source in sources:
            led.setdefault(source, set()).add(to)
    waiting = [phases.start, *table.caused]
    while waiting:
        here = waiting.pop()
        reached.add(here)
        waiting.extend(to for to in led.get(here, ()) if to not in reached)
    # a step that starts nowhere has been told as such
    dead = {step.to for step in phases.steps} - {to for _, _, to in table.steps}
    for pid in phases.states:
        if pid not in reached and pid not in dead:
            problems.report("W110", f"nothing leads to the phase `{pid}`", ("phases", "states", pid),
                            f"add a step `{{to: {pid}, from: {phases.start}, when: …}}`, or take the phase out")


# -- names


def _names(bound: Bound, reading: Reading, texts: Mapping[str, str], written: str, problems: Problems) -> None:
    s = bound.scenario
    for defined in s.define:
        if defined not in reading.defined and not _mentioned(defined, written):
            problems.report("W115", f"no condition uses the defined name `{defined}`", ("define", defined),
                            "use it or take it out")
    for group in s.groups:
        if group != "parties" and not _mentioned(group, written):
            problems.report("W116", f"nothing refers to the group `{group}`", ("groups", group), "use it or take it out")
    prose = "\n".join(text for name, text in texts.items() if name.endswith(".md"))
    prose += texts.get("map.yaml", "")
    for nid, name in s.names.items():
        declared = sum(text.count(name.house) for it in s.names.values() for text in (it.house, *it.names.values(), it.note))
        if written.count(name.house) <= declared and nid not in prose:
            problems.report("W119", f"the name `{name.house}` is used in no text", ("names", nid),
                            "use it, or take it out; readers find it in the glossary only")
    for aid, actor in s.actors.items():
        if actor.goals:
            continue
        called = [word for word in (actor.name, actor.capital, actor.adjective) if word]
        if not _mentioned(aid, written) and not any(written.count(spelt) > _own(actor, spelt) for word in called for spelt in {word, word[:1].lower() + word[1:]}):
            problems.report("W114", f"nothing refers to `{aid}`, and no text names it", ("actors", aid),
                            "let a text quote it, or take it out")


def _own(actor: object, word: str) -> int:
    """How often a word stands in the actor's own entry."""
    fields = ("name", "capital", "adjective", "about", "code")
    return sum(str(getattr(actor, field)).count(word) for field in fields)


def _mentioned(name: str, written: str) -> bool:
    """Whether a word stands anywhere but where it is declared."""
    return len(list(islice(standing(name, written), 2))) > 1


# -- clauses


def _clauses(bound: Bound, reading: Reading, problems: Problems) -> None:
    s = bound.scenario
    if s.draft is None:
        return
    tabled = {m.of for m in bound.moves if m.id == "table" and all(reading.told(c) is not False for c in m.conditions)}
    for cid, clause in s.clauses.items():
        if cid not in tabled and not _set_otherwise(bound, cid):
            problems.report("W117", f"nobody can ever table the clause `{cid}`", ("clauses", cid),
                            "look at `tabled_by:` and `room:` of the draft")
        elif not _agreeable(cid, s.clauses, ()):
            problems.report("W118", f"`{cid}` can never be agreed: what it needs waits for it", ("clauses", cid, "needs"),
                            "break the circle: one of these clauses must need nothing, or something else")
        both = set(clause.needs) & set(clause.excludes)
        if both:
            problems.report("W118", f"`{cid}` needs `{min(both)}` and excludes it", ("clauses", cid, "needs"), "keep one of them")
    for seat in bound.seats:
        for n, cid in enumerate(s.actors[seat].red_lines):
            if cid in s.clauses and seat not in s.draft.signatories and seat not in s.clauses[cid].parties:
                problems.report("W127", f"`{seat}` is never asked for `{cid}`, so this red line cannot be crossed",
                                ("actors", seat, "red_lines", n), "take it out, or let the seat be a party to the clause")


def _set_otherwise(bound: Bound, cid: str) -> bool:
    """Whether an effect of the author's puts the clause on the table, or further."""
    rules = [r.effects for r in (*bound.open_rules, *bound.close_rules) if r.kind != "draft"]
    moves = [b.effects for m in bound.moves if m.id not in ("table", "bracket") for b in m.branches]
    return any(effect.name == cid for effects in (*rules, *moves) for effect in effects)


def _agreeable(cid: str, clauses: Mapping[str, object], waiting: tuple[str, ...]) -> bool:
    needs = [n for n in clauses[cid].needs if n in clauses]  # type: ignore[attr-defined]
    return not needs or any(n not in (*waiting, cid) and _agreeable(n, clauses, (*waiting, cid)) for n in needs)


# -- moves and rules


def _moves(bound: Bound, read: set[str], problems: Problems) -> None:
    s, words = bound.scenario, bound.words
    made: dict[str, set[str]] = {}
    for bound_move in bound.moves:
        made.setdefault(bound_move.id, set()).add(bound_move.seat)
    for mid, move in s.moves.items():
        if mid not in made:
            problems.report("W122", f"no seat can ever order `{mid}`", ("moves", mid, "by"),
                            "look at `by:` and `to:`; nobody addresses itself")
            continue
        by = set(words.actors(move.by, ("moves", mid, "by")))
        for who in move.for_:
            fits = set(words.actors(who, ("moves", mid, "for", who))) & by
            if not fits:
                problems.report("W123", f"this entry is used by nobody who can order `{mid}`", ("moves", mid, "for", who),
                                "the first entry that fits an actor is used; put it further up, or take it out")
            by -= fits
        idle = _idle(move, move.branches) and move.opens is None and all(
            _idle(v, v.branches) and v.opens is None for v in move.for_.values())
        if idle and move.times is None and f"played({mid})" not in read and mid not in s.readout_moves.values():
            problems.report("W124", f"`{mid}` changes nothing, whoever orders it", ("moves", mid),
                            "give it `change:`, `set:`, `opens:` or branches")
    _dear(bound, problems)
    for oid, offer in s.offers.items():
        accept, other = offer.accept, (offer.decline, offer.lapse)
        # who accepts may do nothing, if it is to be spared what comes otherwise
        spared = (accept.title or accept.dispatch) and not all(_idle(it, it.branches) for it in other)
        if _idle(accept, accept.branches) and offer.contact is None and not spared \
                and f"offer.{oid}." not in problems.document.text:
            problems.report("W124", f"the offer `{oid}` changes nothing when it is accepted", ("offers", oid, "accept"),
                            "give it `accept:` with `change:`, `set:` or branches")
    for rid, rule in s.rules.items():
        if _idle(rule, ()) and not rule.dispatch and rule.group is None:
            problems.report("W124", f"the rule `{rid}` changes nothing and says nothing", ("rules", rid),
                            "give it `change:`, `set:` or a `dispatch:`")
    for loc, block in _blocks(bound):
        for word, amount in block.change.items():
            if amount in (0, "0"):
                problems.report("W126", f"`{word}` is changed by nothing", (*loc, "change", word), "take it out")


def _dear(bound: Bound, problems: Problems) -> None:
    """Moves that cost more attention than any seat has that may order them."""
    s = bound.scenario
    least: dict[str, tuple[int, int]] = {}
    for move in bound.moves:
        if move.id in s.moves:
            short, has = move.cost - s.actors[move.seat].attention, s.actors[move.seat].attention
            least[move.id] = min(least.get(move.id, (short, has)), (short, has))
    for mid, (short, has) in least.items():
        if short > 0:
            problems.report("W122", f"`{mid}` costs {short + has} attention, and whoever may order it has {has} in a round",
                            ("moves", mid, "cost"), "let it cost less, or give a seat more `attention:`")


def _idle(block: Effects, branches: Iterable[Branch]) -> bool:
    return not (block.change or block.set or block.raise_ or block.toward) and all(
        _idle(branch, ()) and branch.opens is None for branch in branches)


def _blocks(bound: Bound) -> Iterator[tuple[Loc, Effects]]:
    s = bound.scenario
    found: list[tuple[Loc, Effects, Sequence[Branch]]] = []
    for mid, move in s.moves.items():
        found.append((("moves", mid), move, move.branches))
        found += [(("moves", mid, "for", who), variant, variant.branches) for who, variant in move.for_.items()]
    found += [(("rules", rid), rule, ()) for rid, rule in s.rules.items()]
    found += [(("injects", iid), inject, inject.branches) for iid, inject in s.injects.items()]
    for oid, offer in s.offers.items():
        found += [(("offers", oid, verb), answer, answer.branches)
                  for verb, answer in (("accept", offer.accept), ("decline", offer.decline), ("lapse", offer.lapse))]
    for loc, block, branches in found:
        yield loc, block
        for n, branch in enumerate(branches):
            yield (*loc, "branches", n), branch


# -- readouts, presets


def _readouts(bound: Bound, problems: Problems) -> None:
    s = bound.scenario
    contacts = {offer.contact: kind for kind, offer in s.offers.items() if offer.contact}
    for contact, sides in s.readouts.items():
        if contact not in contacts:
            problems.report("W120", f"no offer says `contact: {contact}`, so nobody gives these readouts",
                            ("readouts", contact), "name the contact in the offer after which they are given")
            continue
        if not s.readout_moves:
            problems.report("W120", "no move gives a readout", ("readouts", contact),
                            "add `readout_moves: {plain: …, firm: …}`")
            continue
        kinds = [kind for kind, offer in s.offers.items() if offer.contact == contact]
        talking = {who for kind in kinds for pair in bound.words.offer_pairs.get(kind, ()) for who in pair}
        for who in sides:
            if who in s.actors and who not in talking:
                problems.report("W120", f"`{who}` is never part of a `{contact}`, so it gives no readout of it",
                                ("readouts", contact, who), "take it out, or let somebody offer it one")


def _card(bound: Bound, problems: Problems) -> None:
    s = bound.scenario
    rounds = sum(leg.rounds for leg in s.clock.legs.values())
    for pid, preset in s.about.presets.items():
        if preset.rounds > rounds:
            problems.report("W125", f"the preset `{pid}` plays {preset.rounds} rounds, and the clock has {rounds}",
                            ("about", "presets", pid, "rounds"), f"write {rounds} or fewer")

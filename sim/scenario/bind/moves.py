"""scenario: moves expanded per actor pair, offers with their answers, and who hears of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sim.scenario.bind.binder import TRUE, Binder
from sim.scenario.bind.shapes import BoundBranch, BoundMove, BoundRule, Loc
from sim.scenario.conditions import Compare, Condition
from sim.scenario.models import Branch, Move, MoveVariant, Offer, OfferAnswer

SURELY_ALIKE = 4
"""Letters from which on two groups of one, a slip apart, are hardly two: `g` and `h` may well be."""
TIERS = ("answers", "contacts", "negotiation", "statements", "measures", "force")


def fill(text: str, binder: Binder, actor: str, target: str) -> str:
    """`{actor}` and `{target}` replaced by the capitals' names."""
    if "{" not in text:
        return text
    for word, who in (("actor", actor), ("target", target)):
        if who:
            it = binder.words.scenario.actors[who]
            text = text.replace("{" + word + "}", it.capital or it.name)
    return text


class Instance(NamedTuple):
    """A move as one seat sees it, before binding."""

    id: str
    move: Move
    variant: MoveVariant | None
    loc: Loc
    seat: str
    target: str | None

    @property
    def opens(self) -> list[tuple[int, str | dict[str, str | list[str]]]]:
        """What it opens: branch number (-1: every branch) and the author's words."""
        out: list[tuple[int, str | dict[str, str | list[str]]]] = []
        base = self.variant.opens if self.variant and self.variant.opens is not None else self.move.opens
        if base is not None:
            out.append((-1, base))
        out.extend((n, b.opens) for n, b in enumerate(self.branches) if b.opens is not None)
        return out

    @property
    def plain(self) -> bool:
        """Whether the variant brings its own outcome."""
        v = self.variant
        return v is None or not (v.branches or v.change or v.set or v.raise_ or v.toward)

    @property
    def branches(self) -> list[Branch]:
        """The author's branches."""
        if self.plain or self.variant is None:
            return self.move.branches
        return self.variant.branches


def instances(binder: Binder) -> Iterator[Instance]:
    """Every move for every seat that can order it and every addressee."""
    words = binder.words
    for mid, move in words.scenario.moves.items():
        loc: Loc = ("moves", mid)
        for seat in words.actors(move.by, (*loc, "by")):
            if seat not in words.seats:
                binder.report("R020", f"`{seat}` is a voice without goals and cannot order `{mid}`", (*loc, "by"),
                              "give it `goals:` or take it out of `by`")
                continue
            variant, at = _variant(binder, move.for_, loc, seat)
            to = variant.to if variant and variant.to is not None else move.to
            if to is None:
                yield Instance(mid, move, variant, at, seat, None)
                continue
            place = at if variant and variant.to is not None else loc
            for target in words.actors(to, (*place, "to")):
                if target != seat:
                    yield Instance(mid, move, variant, at, seat, target)


def _variant(binder: Binder, table: dict[str, MoveVariant], loc: Loc, seat: str) -> tuple[MoveVariant | None, Loc]:
    for who, variant in table.items():
        if seat in binder.words.actors(who, (*loc, "for", who)):
            return variant, (*loc, "for", who)
    return None, loc


def _opened(binder: Binder, it: Instance) -> dict[int, list[str]]:
    """The offer variables each branch opens (-1: every branch)."""
    words = binder.words
    found: dict[int, list[str]] = {}
    for number, what in it.opens:
        loc = (*it.loc, "opens") if number < 0 else (*it.loc, "branches", number, "opens")
        pairs = {what: it.target} if isinstance(what, str) else what
        for kind, to in pairs.items():
            offer = words.scenario.offers.get(kind)
            if offer is None:
                from sim.errors import suggest
                binder.report("R021", f"there is no offer `{kind}`", loc, suggest(kind, list(words.scenario.offers))
                              + "declare it under `offers:`")
                continue
            takers = words.actors(to, loc) if to else ()
            if not takers:
                binder.report("R022", f"the offer `{kind}` is opened to nobody", loc,
                              "give the move a `to:`, or write `opens: {" + kind + ": parties}`")
            rounds = int(offer.open.split()[0])
            found.setdefault(number, []).extend(
                words.declare_offer(kind, it.seat, taker, rounds) for taker in takers if taker != it.seat)
    return found


def declare_offers(binder: Binder) -> None:
    """Make the variables of all offers, so that conditions can be bound afterwards."""
    for it in instances(binder):
        _opened(binder, it)


def concerned(binder: Binder, seen: str | list[str], actors: list[str], loc: Loc) -> frozenset[str]:
    """Who hears of a move that is not public."""
    if seen == "secret":
        return frozenset(actors[:1])
    if isinstance(seen, list) or seen not in ("public", "parties"):
        return frozenset((*actors, *binder.words.actors(seen, loc)))
    if len(set(actors)) > 1:
        return frozenset(actors)
    return frozenset((*actors, *(binder.words.scenario.groups.get("parties", []))))


def scope(seen: str | list[str]) -> str:
    """`public`, `parties` or `secret`."""
    return seen if isinstance(seen, str) and seen in ("public", "secret") else "parties"


def no_offer_open(names: list[str]) -> Condition:
    """No offer of this kind waits for the same addressee."""
    from sim.scenario.conditions import All
    parts: list[Condition] = [Compare(terms=((1, name),), const=0, op="==", text="the same offer is not open already")
                              for name in names]
    return parts[0] if len(parts) == 1 else All(items=tuple(parts), text="the same offer is not open already")


def bind_moves(binder: Binder) -> list[BoundMove]:
    """All moves the author wrote."""
    _check_groups(binder)
    return [_bind(binder, it) for it in instances(binder)]


def _check_groups(binder: Binder) -> None:
    """A group of one move whose name is a slip away from that of another group."""
    sizes: dict[str, int] = {}
    for move in binder.words.scenario.moves.values():
        sizes[move.group] = sizes.get(move.group, 0) + 1
    if all(size > 1 for size in sizes.values()):
        return
    from sim.errors.suggestion import one_slip
    for mid, move in binder.words.scenario.moves.items():
        near = [g for g, size in sizes.items() if one_slip(move.group, g) and (size > 1 or min(len(g), len(move.group)) >= SURELY_ALIKE)] \
            if sizes[move.group] == 1 else []
        if near:
            binder.report("W052", f"no other move stands in the group `{move.group}`", ("moves", mid, "group"),
                          f"did you mean `{near[0]}`?")


def _bind(binder: Binder, it: Instance) -> BoundMove:
    move, v, loc = it.move, it.variant, it.loc
    base: Loc = ("moves", it.id)
    guard = binder.condition(move.when, (*base, "when"), it.seat, it.target)
    if v and v.when is not None:
        guard = binder.all_of([guard, binder.condition(v.when, (*loc, "when"), it.seat, it.target)])
    opened = _opened(binder, it)
    every = [name for names in opened.values() for name in names]
    extra = {n: dict.fromkeys(names, binder.words.variables[names[0]].hi) for n, names in opened.items() if names}
    conditions = [guard]
    if every:
        conditions.append(no_offer_open(list(dict.fromkeys(every))))
    always = [binder.set_to(name, value) for name, value in extra.pop(-1, {}).items()]
    if move.times is not None:
        counter = f"played.{it.id}.{it.seat}"
        conditions.append(Compare(terms=((-1, counter),), const=move.times - 1, op=">=",
                                  text=f"played fewer than {move.times} times"))
    source = v if v and not it.plain else move
    dispatch = v.dispatch if v and v.dispatch is not None else move.dispatch
    branches = binder.branches(source, it.branches, loc if source is v else base, it.seat, it.target, dispatch,
                               extra, tuple(always))
    _same_on_every_leg(binder, branches)
    takers = [name.rsplit(".", 1)[1] for name in every]
    actors = [it.seat, *([it.target] if it.target else []), *takers]
    cited = v.source if v and v.source is not None else move.source
    return BoundMove(
        id=it.id, of="", seat=it.seat, target=it.target or "", tier=move.tier,
        cost=v.cost if v and v.cost is not None else move.cost, guard=guard, conditions=tuple(conditions),
        branches=branches, group=v.group if v and v.group else move.group, seen=scope(move.seen),  # type: ignore[arg-type]
        concerned=concerned(binder, move.seen, actors, (*base, "seen")),
        title=fill(v.title if v and v.title else move.title, binder, it.seat, it.target or ""),
        hint=fill((v.hint if v and v.hint else move.hint) or "", binder, it.seat, it.target or ""),
        dispatch=dispatch, cameo=v.cameo if v and v.cameo else move.cameo, goldstein=move.goldstein,
        source=sources(cited), question="", loc=base)


def counted(binder: Binder, moves: list[BoundMove]) -> list[BoundMove]:
    """The moves with their counters, which any condition of the scenario may have asked for; bind those first."""
    out = []
    for move in moves:
        counter = f"played.{move.id}.{move.seat}"
        if move.of or counter not in binder.words.variables:
            out.append(move)
            continue
        branches = tuple(b._replace(effects=(*b.effects, binder.add_to(counter, 1))) for b in move.branches)
        out.append(move._replace(branches=branches))
    return out


def _same_on_every_leg(binder: Binder, branches: tuple[BoundBranch, ...]) -> None:
    """Report what differs by leg inside a move: an order has one table for the whole clock."""
    for branch in branches:
        amounts = [amount for effect in branch.effects for amount in (effect.a, effect.b)]
        if any(len(set(values)) > 1 for values in (branch.p, *amounts)):
            binder.report("E025", "a move's branch cannot differ by leg", branch.loc,
                          "write two branches, with `when: leg == 1` and `when: leg == 2`")


def sources(cited: str | list[str]) -> tuple[str, ...]:
    """Claim ids, or `invented`."""
    return (cited,) if isinstance(cited, str) else tuple(cited)


# -- offers


def bind_offers(binder: Binder) -> tuple[list[BoundMove], list[BoundRule]]:
    """The answers to every offer, and what happens when offers age and lapse."""
    answers: list[BoundMove] = []
    lapses: list[BoundRule] = []
    for kind, offer in binder.words.scenario.offers.items():
        loc: Loc = ("offers", kind)
        pairs = binder.words.offer_pairs.get(kind, [])
        if not pairs:
            binder.report("W021", f"no move opens the offer `{kind}`", loc, "let a move say `opens: " + kind + "`")
        for giver, taker in pairs:
            if taker not in binder.words.seats:
                binder.report("R023", f"the offer `{kind}` is opened to `{taker}`, which is a voice and cannot answer",
                              loc, "address a seat, or give the voice goals")
                continue
            name = f"offer.{kind}.{giver}.{taker}"
            for verb, answer in (("accept", offer.accept), ("decline", offer.decline)):
                answers.append(_answer(binder, kind, offer, verb, answer, giver, taker, name))
            lapses.extend(_lapse(binder, kind, offer, giver, taker, name))
    return answers, lapses


def _answer(binder: Binder, kind: str, offer: Offer, verb: str, answer: OfferAnswer, giver: str, taker: str,
            name: str) -> BoundMove:
    loc: Loc = ("offers", kind, verb)
    waits = Compare(terms=((1, name),), const=-1, op=">=", text="the offer is open")
    guard = binder.condition(answer.when, (*loc, "when"), taker, giver)
    branches = binder.branches(answer, answer.branches, loc, taker, giver, answer.dispatch,
                               always=(binder.set_to(name, 0),))
    _same_on_every_leg(binder, branches)
    title = answer.title or (f"Accept: {offer.title}" if verb == "accept" else f"Decline: {offer.title}")
    return BoundMove(
        id=verb, of=kind, seat=taker, target=giver, tier="answers", cost=0, guard=guard,
        conditions=(guard, waits), branches=branches, group="answers", seen=scope(offer.seen),  # type: ignore[arg-type]
        concerned=concerned(binder, offer.seen, [taker, giver], ("offers", kind, "seen")),
        title=fill(title, binder, taker, giver), hint="", dispatch=answer.dispatch, cameo="", goldstein=None,
        source=sources(offer.source), question=f"offer.{kind}.{giver}", loc=("offers", kind))


def _lapse(binder: Binder, kind: str, offer: Offer, giver: str, taker: str, name: str) -> list[BoundRule]:
    loc: Loc = ("offers", kind, "lapse")
    last = Compare(terms=((1, name),), const=-1, op="==", text="nobody answered")
    waits = Compare(terms=((1, name),), const=-2, op=">=", text="the offer is open")
    group = f"lapse.{kind}.{giver}.{taker}"
    branches: tuple[BoundBranch, ...] = binder.branches(
        offer.lapse, offer.lapse.branches, loc, taker, giver, offer.lapse.dispatch, always=(binder.set_to(name, 0),))
    rules = [BoundRule(group if len(branches) == 1 else f"{group}#{n}", group, "lapse",
                       binder.all_of([last, b.when]), b.p, b.effects, group,
                       fill(b.dispatch, binder, taker, giver) if b.dispatch else None, "", b.loc)
             for n, b in enumerate(branches)]
    ages = BoundRule(f"age.{kind}.{giver}.{taker}", f"age.{kind}", "lapse", waits,
                     (65536,) * max(1, len(binder.words.legs)), (binder.add_to(name, -1),), group, None, "", loc)
    return [*rules, ages]


__all__ = ["TIERS", "TRUE", "bind_moves", "bind_offers", "declare_offers", "instances"]

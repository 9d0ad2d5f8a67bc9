"""scenario: what a scenario states has a source, the source exists, and a contested matter has both its sides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from sim.errors import suggest
from sim.scenario.check.problems import Problems

if TYPE_CHECKING:
    from sim.scenario.bind import Bound
    from sim.scenario.models import Map

Claims = Mapping[str, Mapping[str, Any]]
"""Per dossier its claims by id, as they stand in the file."""
IN_NOBODYS_NAME = ("tracks", "agreements", "rules", "injects", "endings")
"""What the scenario itself says. A move, an offer or a clause is somebody's, and rests on what that somebody says."""


def cited(bound: Bound) -> list[tuple[tuple[object, ...], tuple[str, ...]]]:
    """Every place that states a fact, and what it cites."""
    s = bound.scenario
    out: list[tuple[tuple[object, ...], str | list[str]]] = []
    out.extend((("moves", k, "source"), m.source) for k, m in s.moves.items())
    for k, m in s.moves.items():
        out.extend((("moves", k, "for", w, "source"), v.source) for w, v in m.for_.items() if v.source is not None)
    for k, a in s.agreements.items():
        out.append((("agreements", k, "source"), a.source))
        out.extend((("agreements", k, "provisions", p, "source"), it.source) for p, it in a.provisions.items())
    for section in ("tracks", "offers", "clauses", "rules", "injects", "endings"):
        out.extend(((section, k, "source"), it.source) for k, it in getattr(s, section).items())
    return [(place, (ids,) if isinstance(ids, str) else tuple(ids)) for place, ids in out]


def check_sources(bound: Bound, problems: Problems) -> None:
    """Every place of `scenario.yaml` that states a fact cites something, and cites it once."""
    _cites(bound, cited(bound), problems)


def _cites(bound: Bound, places: Iterable[tuple[tuple[object, ...], tuple[str, ...]]], problems: Problems) -> None:
    """What a historical scenario states has a source, or is said to be invented."""
    historical = bound.scenario.about.kind == "historical"
    for place, ids in places:
        if len(ids) > 1:
            if "invented" in ids:
                problems.report("S105", "this is called invented and cites claims as well", place,
                                "cite the claims, or write `source: invented`")
            twice = next((claim for n, claim in enumerate(ids) if claim in ids[:n]), None)
            if twice:
                problems.report("S106", f"`{twice}` is cited twice here", place, "cite it once")
        if not historical:
            continue
        if not any(ids):
            problems.report("S101", "this does not say where it comes from", place[:-1],
                            "cite claim ids (`source: [C02, C05]`) or write `source: invented`")


def check_map_sources(bound: Bound, found: Map, problems: Problems) -> None:
    """Every place of a map that states a fact cites something."""
    from sim.scenario.bind.map import cited_by_map

    _cites(bound, cited_by_map(found), problems)


# -- against the dossiers


def check_map_claims(found: Map, claims: Claims, problems: Problems) -> None:
    """Every claim that a map cites exists in a dossier that the scenario lists."""
    from sim.scenario.bind.map import cited_by_map

    _claims_exist(cited_by_map(found), claims, problems)


def check_claims(bound: Bound, claims: Claims, problems: Problems, drawn: Map | None = None) -> None:
    """Cited claims exist, and what is told in nobody's name rests on both sides; `drawn` is the map beside it."""
    places = cited(bound)
    _claims_exist(places, claims, problems)
    used = {claim for _, ids in places for claim in ids}
    if drawn is not None:
        from sim.scenario.bind.map import cited_by_map

        used.update(claim for _, ids in cited_by_map(drawn) for claim in ids)
    for n, name in enumerate(bound.scenario.dossiers):
        if name in claims and used.isdisjoint(claims[name]):
            problems.report("W103", f"nothing cites the dossier `{name}`", ("dossiers", n), "cite it or take it out")
    known: dict[str, Any] = {}
    for held in claims.values():
        known.update(held)
    for place, ids in places:
        if place[0] in IN_NOBODYS_NAME:
            _sides(bound, place, [(claim, known[claim]) for claim in ids if isinstance(known.get(claim), dict)], problems)


def _claims_exist(places: Iterable[tuple[tuple[object, ...], tuple[str, ...]]], claims: Claims, problems: Problems) -> None:
    known = {claim for held in claims.values() for claim in held}
    for place, ids in places:
        for claim in ids:
            if claim and claim != "invented" and claim not in known:
                problems.report("S102", f"no dossier of this scenario holds the claim `{claim}`", place,
                                suggest(claim, sorted(known)) + "add its dossier to `dossiers:`, or correct the id")


def _sides(bound: Bound, place: tuple[object, ...], found: list[tuple[str, Mapping[str, Any]]], problems: Problems) -> None:
    """A party's own account, told as if it were everybody's; and a denial that is left out."""
    parties = bound.scenario.groups.get("parties", [])
    speakers = {claim.get("by") for _, claim in found}
    text = ""
    if len(speakers) == 1 and (side := next(iter(speakers))) in parties and len(parties) > 1 and side in bound.scenario.actors:
        text = _written(bound, place)
        if not _named(bound, side, text):
            problems.report("S103", f"this rests on claims of {bound.scenario.actors[side].name} alone, and does not say so",
                            place, "cite another side or an outside source as well, or name the speaker in the text")
            return
    cited_ids = {claim for claim, _ in found}
    for claim, it in found:
        for actor, denial in (it.get("disputed_by") or {}).items():
            if it.get("status") != "claimed" or denial in cited_ids or actor in speakers or actor not in bound.scenario.actors:
                continue
            text = text or _written(bound, place)
            if not _named(bound, actor, text):
                problems.report("S104", f"{bound.scenario.actors[actor].name} disputes `{claim}`, and this does not say so", place,
                                (f"cite `{denial}` as well, or " if denial else "") + "name in the text who disputes it")
                return


def _written(bound: Bound, place: tuple[object, ...]) -> str:
    """All texts of the entry whose `source` stands at a place."""
    value: Any = bound.scenario
    for part in place[:-1]:
        value = value[part] if isinstance(value, dict) else getattr(value, str(part))
    texts = [getattr(value, key, None) for key in ("title", "text", "dispatch", "note")]
    texts += [branch.dispatch for branch in getattr(value, "branches", ())]
    return " ".join(text for text in texts if text)


def _named(bound: Bound, actor: str, text: str) -> bool:
    it = bound.scenario.actors[actor]
    return any(word and word in text for word in (it.name, it.capital, it.adjective))

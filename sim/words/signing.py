"""words: signatures that fall, and what can undo one that all have given, as far as one viewer may know it."""

from __future__ import annotations

from sim.rules import Game, View
from sim.rules.tables import SURE, Rule
from sim.scenario.conditions import All, Compare, Condition
from sim.scenario.conditions import names as read_by
from sim.words.asked import requirement, today
from sim.words.catalog import Catalog, Names, sentence
from sim.words.chronicle import Chapter
from sim.words.closed import holds
from sim.words.estimative import chance_word, listed, percents


def fallen(catalog: Catalog, chapter: Chapter | None, part: str) -> str:
    """What became of the signatures of a part in a round in which they fell; empty where none did or none was heard of."""
    if chapter is None:
        return ""
    keys = [catalog.rules[e.id.partition("@")[0]].key if e.kind == "rule" else "" for e in chapter.resolved]
    if f"signed.{part}" in keys:
        return ""
    ready = {catalog.index[v.name]: v.name.rsplit(".", 1)[1] for v in catalog.variables
             if v.name.startswith(f"ready.{part}.")}
    fell = [ready[var] for event in chapter.resolved for var, before, after in event.changes
            if var in ready and before > after == 0]
    if not fell:
        return ""
    when = catalog.round_and_date(chapter.round)
    if f"both.{part}" in keys:
        # what came between all signatures and their effect
        at = keys.index(f"both.{part}")
        undone = next((key for key in keys[at:] if key in catalog.scenario.rules and f"signing.{part}" in
                       {effect.name for rule in catalog.rules.values() if rule.key == key for effect in rule.effects}), "")
        told = (catalog.scenario.rules[undone].dispatch or "").strip() if undone else ""
        return f"All signed in {when}, and the signatures fell{f': {told}' if told else '.'}"
    whose = listed([f"{catalog.capital(seat)}'s" for seat in dict.fromkeys(fell)])
    return f"In {when} {whose} signature{'s' * (len(set(fell)) > 1)} lapsed."


def risks(game: Game, catalog: Catalog, seen: View, part: str) -> tuple[str, ...]:
    """What by the rules can undo a signature of the part that all have given, a sentence each, with today's values."""
    signing = catalog.index.get(f"signing.{part}")
    leg = game.clock[max(1, seen.round) - 1].leg
    undoing = [rule for rule in game.close_rules if rule.kind == "rule" and rule.leg in (-1, leg)
               and any(effect.var == signing for effect in rule.effects)]
    return tuple(dict.fromkeys(text for rule in undoing if (text := _risk(catalog, seen, rule))))


def _risk(catalog: Catalog, seen: View, rule: Rule) -> str:
    names = catalog.names(seen.viewer)
    bound = catalog.rules[rule.id.partition("@")[0]]
    when = bound.when
    asked: list[Condition] = [
        part for part in (when.items if isinstance(when, All) else (when,))
        # that the part is being signed is what is spoken of
        if not all(name.startswith("signing.") for name in read_by(part))]
    title = f"“{catalog.scenario.rules[bound.key].title}”"
    if not all(names.sees_name(name) for part in asked for name in read_by(part) if name in catalog.index):
        return ""
    chance = "may"
    if rule.follows < 0:
        percent = percents((rule.p, SURE - rule.p))[0]
        chance = f"{chance_word(percent)} ({percent} %)"
    if all(holds(names, part, seen.values) for part in asked):
        because = listed([_today(names, part, seen) for part in asked])
        risk = "it may happen" if rule.follows >= 0 else f"it is {chance}"
        return sentence(f"A signature that all have given may still fall today: {title}; {risk}{f', for {because}' if because else ''}")
    lacking = listed([_today(names, part, seen) for part in asked if not holds(names, part, seen.values)])
    return sentence(f"A signature that all have given may fall later: {title}; {chance} once {lacking}")


def _today(names: Names, part: Condition, seen: View) -> str:
    """What a part asks, with the value of everything that it compares."""
    text, index = requirement(names, part), names.catalog.index
    if isinstance(part, Compare) and len(part.terms) > 1:
        return f"{text} (now {listed([f'{names.inline(name)} {seen.values[index[name]]}' for _, name in part.terms])})"
    now = today(names, part, seen.values)
    return f"{text} (now {now})" if now else text


__all__ = ["fallen", "risks"]

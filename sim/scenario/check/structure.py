"""scenario: names that no rule reads but people do, groups of rules, weights, briefs, and what stands on the library card."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING

from sim.errors import suggest
from sim.scenario.check.problems import Problems
from sim.scenario.names import MAIN

if TYPE_CHECKING:
    from sim.scenario.bind import Bound

WORDS_OF_A_BRIEF = 450
HIGHEST_WEIGHT = 1_023
LARGEST_SUM = 65_535


def check_structure(bound: Bound, texts: Mapping[str, str], problems: Problems) -> None:
    """All of this module; `texts` are the files beside the scenario."""
    _references(bound, problems)
    _groups(bound, problems)
    _weights(bound, problems)
    _briefs(bound, texts, problems)
    _about(bound, problems)



def _references(bound: Bound, problems: Problems) -> None:
    """Names that no rule reads, but people do."""
    s, words = bound.scenario, bound.words
    for aid, agreement in s.agreements.items():
        words.actors(agreement.by, ("agreements", aid, "by"))
        for pid, provision in agreement.provisions.items():
            words.actors(provision.binds, ("agreements", aid, "provisions", pid, "binds"))
    for contact, sides in s.readouts.items():
        for who in sides:
            words.actors(who, ("readouts", contact, who))
    for kind, mid in s.readout_moves.items():
        if mid not in s.moves:
            problems.report("R072", f"there is no move `{mid}`", ("readout_moves", kind), suggest(mid, s.moves))
    for oid, offer in s.offers.items():
        if offer.contact is not None and offer.contact not in s.readouts:
            problems.report("R073", f"there are no readouts of `{offer.contact}`", ("offers", oid, "contact"),
                            suggest(offer.contact, s.readouts) + "write them under `readouts:`")
    kinds = {m.id for m in bound.moves} | {m.group for m in bound.moves}
    for seat in bound.seats:
        actor = s.actors[seat]
        for n, clause in enumerate(actor.red_lines):
            if clause not in s.clauses:
                problems.report("R031", f"there is no clause `{clause}`", ("actors", seat, "red_lines", n),
                                suggest(clause, s.clauses) + "write it under `clauses:`, or correct the name")
        if actor.policy is None:
            continue
        for place, persona in ((("policy",), actor.policy), (("policy", "standard"), actor.policy.standard)):
            for key, known in (("factors", kinds), ("answer_factors", set(s.offers))):
                for n, factor in enumerate(getattr(persona, key, ())):
                    for word in [factor.of] if isinstance(factor.of, str) else factor.of:
                        if word not in known:
                            problems.report("W051", f"nothing called `{word}` is weighed",
                                            ("actors", seat, *place, key, n, "of"), suggest(word, known))


def _groups(bound: Bound, problems: Problems) -> None:
    for rules in (bound.open_rules, bound.close_rules):
        closed: set[str] = set()
        last = ""
        for rule in rules:
            if rule.group != last:
                if rule.group and rule.group in closed:
                    problems.report("E040", f"the rules of the group `{rule.group}` do not stand together", rule.loc,
                                    "put the rules of a group next to each other, at the same stage")
                closed.add(last)
                last = rule.group


def _weights(bound: Bound, problems: Problems) -> None:
    for personas in bound.personas.values():
        for seat, persona in personas.items():
            total = persona.holding
            for weighed in persona.moves.values():
                most = float(weighed.weight)
                for factor in weighed.factors:
                    most *= max(1.0, factor.sixteenths / 16)
                total += min(HIGHEST_WEIGHT, int(most))
            if total > LARGEST_SUM:
                problems.report("E041", f"the weights of `{seat}` can reach {total:,}", ("actors", seat, "policy"),
                                f"together they must stay within {LARGEST_SUM:,}; make some smaller")


def _briefs(bound: Bound, texts: Mapping[str, str], problems: Problems) -> None:
    alone = _alone(problems.document.path)
    for seat in bound.seats:
        brief = bound.scenario.actors[seat].brief
        place = ("actors", seat, "brief")
        if not brief:
            problems.report("W060", f"`{seat}` has no brief", ("actors", seat), "add `brief:` and its text; beside a file alone no other "
                            "file is read" if alone else "add `brief: briefs/" + seat + ".md`")
            continue
        text = brief
        if re.fullmatch(r"[\w./-]+\.md", brief):
            if brief not in texts and alone:
                problems.report("R070", f"a scenario of one file has no files beside it, so `{brief}` is not read", place,
                                f"make a folder with this file as `{MAIN}` and `{brief}` in it, or write the brief itself "
                                "behind `brief:`")
                continue
            if brief not in texts:
                problems.report("R070", f"there is no file `{brief}` beside the scenario", place,
                                suggest(brief, [n for n in texts if n.endswith(".md")])
                                + "write it there, or write the brief itself behind `brief:`")
                continue
            text = texts[brief]
        words = len(text.split())
        if words > WORDS_OF_A_BRIEF:
            problems.report("W061", f"the brief of `{seat}` has {words} words", place,
                            f"people read about {WORDS_OF_A_BRIEF}; shorten it")
        if "# Public" not in text or "# Confidential" not in text:
            problems.report("W062", f"the brief of `{seat}` lacks `# Public` or `# Confidential`", place,
                            "write both headings: the first part is read by everybody, the second by the seat alone")


def _alone(path: str) -> bool:
    """Whether a scenario was given as one file and not as a folder."""
    name = PurePath(path).name
    return name != MAIN and name.endswith((".yaml", ".yml"))


def _about(bound: Bound, problems: Problems) -> None:
    about = bound.scenario.about
    for leg in about.minutes:
        if leg not in bound.words.legs:
            problems.report("R003", f"there is no leg `{leg}`", ("about", "minutes", leg),
                            "legs: " + ", ".join(bound.words.legs))
    for n, seat in enumerate(about.seats):
        if seat not in bound.seats:
            voice = seat in bound.scenario.actors
            problems.report("R071", f"`{seat}` is not a seat", ("about", "seats", n), "it is a voice: give it `goals:`, or take "
                            "it out" if voice else suggest(seat, bound.seats) + "known: " + ", ".join(bound.seats))
    for leg, per in bound.scenario.par.items():
        for seat in per:
            if leg not in bound.words.legs or seat not in bound.seats:
                problems.report("W071", f"par is given for `{leg}`/`{seat}`, which the scenario does not have", ("par",),
                                "write it anew")

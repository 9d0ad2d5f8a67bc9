"""scenario: names that no rule reads but people do, groups of rules, weights, briefs, and what stands on the library card."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from sim.errors import Diagnostic, Edit, Fix, Span, suggest
from sim.scenario.briefs import parts
from sim.scenario.check.problems import Problems
from sim.scenario.names import MAIN
from sim.scenario.reading.rows import row_at

if TYPE_CHECKING:
    from sim.scenario.bind import Bound

WORDS_OF_A_BRIEF = 450
HIGHEST_WEIGHT = 1_023
LARGEST_SUM = 65_535
_FEW = 6
"""Names that are told one by one."""
_SHORT = 40
"""Letters of a line that is quoted."""


def check_structure(bound: Bound, texts: Mapping[str, str], problems: Problems) -> None:
    """All of this module; `texts` are the files beside the scenario."""
    _references(bound, problems)
    _groups(bound, problems)
    _weights(bound, problems)
    _unweighed(bound, problems)
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


def _unweighed(bound: Bound, problems: Problems) -> None:
    """Moves that a seat may order and its persona never does, since no weight is given for them."""
    for seat in bound.seats:
        policy = bound.scenario.actors[seat].policy
        if policy is None or not policy.weights:
            continue
        moves = dict.fromkeys(m.id for m in bound.moves if m.seat == seat and not m.question and m.id != "table")
        idle = [move for move in moves if move not in policy.weights]
        if not idle:
            continue
        shown = [f"`{move}`" for move in idle[:_FEW]]
        if len(idle) > _FEW:
            shown.append(f"{len(idle) - _FEW} more")
        they, each = ("it has", "it") if len(idle) == 1 else ("they have", "each")
        problems.report("W053", f"the persona of `{seat}` never orders {_and(shown)}: {they} no weight", ("actors", seat, "policy", "weights"),
                        f"automatic players choose by weights only: add one for {each}, `{idle[0]}: 5` for example, or `{idle[0]}: 0` if it is meant so")


def _and(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]


_ELSEWHERE = re.compile(r"(?:[A-Za-z]:|~)?[/\\].*\.\w{2,5}|[\w .-]+\\[\w .\\-]+\.\w{2,5}|[^\n]*\.(?:docx?|odt|pdf|rtf|pages|txt|html?)")
"""What is written like a file that is none of the scenario's: of another place, or of another kind."""


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
        if _ELSEWHERE.fullmatch(brief):
            name = re.split(r"[/\\\\]", brief)[-1].rpartition(".")
            own = f"briefs/{seat}.md"
            problems.report("R070", f"`{brief}` is no file of this scenario's folder" if name[2] == "md" else
                            f"`{brief}` is not a file that can be read here", place,
                            (f"copy it to `{own}`" if name[2] == "md" else f"put its words, as plain text, into `{own}`")
                            + f" beside this file and write `brief: {own}`")
            continue
        if re.fullmatch(r"[\w./-]+\.md", brief):
            if brief not in texts and alone:
                problems.report("R070", f"a scenario of one file has no files beside it, so `{brief}` is not read", place,
                                f"make a folder with this file as `{MAIN}` and `{brief}` in it, or write the brief itself "
                                "behind `brief:`")
                continue
            own = f"briefs/{PurePath(brief).name}"
            if brief not in texts and own in texts:
                span = problems.document.span(place)
                problems.note(Diagnostic("R070", "error", f"`{brief}` lies in the folder `briefs/`", span, f"write `brief: {own}`", Fix(
                    f"write `{own}` instead of `{brief}`", (Edit(span, own),)) if problems.document.text_at(place) == brief else None))
                continue
            if brief not in texts and (Path(problems.document.path).parent / brief).is_file():
                problems.report("R070", f"briefs are read from the folder `briefs/`, and `{brief}` lies outside it", place,
                                f"move `{brief}` there and write `brief: {own}`")
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
        _parts(seat, text, brief if text is not brief else "", problems)


def _parts(seat: str, text: str, name: str, problems: Problems) -> None:
    """What is wrong with the headings of a brief, at their lines; `name` is its file, empty for one in the scenario."""
    document, place = problems.document, ("actors", seat, "brief")
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    found = parts(text)
    path = f"{document.path.removesuffix('/' + MAIN)}/{name}" if name else document.path
    for doubt in found.doubts:
        line = text[doubt.start:doubt.end]
        span = _at(text, path, doubt.start, doubt.end) if name else document.within(place, doubt.start, doubt.end)
        written = line if name else document.text.split("\n")[span.line - 1][span.column - 1:span.end_column - 1]
        heading = f"# {doubt.meant}"
        if doubt.alone:
            advice, edit = f"write `{heading}`", Edit(span, heading)
        else:
            indent = " " * (span.column - 1)
            advice = f"write `{heading}` on a line of its own above it; if this is meant for everybody, begin it with other words"
            edit = Edit(Span(span.path, span.line, span.column, span.column), f"{heading}\n{indent}")
        fix = Fix(advice.partition(";")[0], (edit,)) if written == line else None
        shown = line if len(line) <= _SHORT else line[:_SHORT].rstrip() + "…"
        if doubt.meant == "Public":
            problems.note(Diagnostic("W062", "warning", f"`{shown}` is not the heading `# Public`, so what stands below it counts as "
                                     "confidential", span, advice, fix))
            continue
        problems.note(Diagnostic("V006", "error", f"`{shown}` looks like the heading `# Confidential` and is not; what follows is kept "
                                 f"from the others only because it is in doubt", span, advice, fix))
    lacks = [heading for heading in ("Public", "Confidential") if heading.lower() not in found.headed
             and not any(doubt.meant == heading for doubt in found.doubts)]
    if not lacks:
        return
    where = "nothing of it is read by the others" if "Public" in lacks else "everybody reads all of it"
    advice = "write both headings: the first part is read by everybody, the second by the seat alone" if len(lacks) > 1 else \
        f"write `# {lacks[0]}` on a line of its own above what " + ("everybody may read" if lacks[0] == "Public" else "is for the seat alone")
    message = f"the brief of `{seat}` lacks " + " and ".join(f"`# {heading}`" for heading in lacks)
    span, fix = (Span(path, 1, 1, 2) if name else document.span(place)), None
    if found.other is not None:
        last = text.find("\n", found.other)
        end = last if last >= 0 else len(text)
        span = _at(text, path, found.other, end) if name else document.within(place, found.other, end)
        where = "what follows this heading is kept from the others because it is in doubt"
        advice = "write `# Confidential` above what is for the seat alone; below `# Public`, begin other headings with `##`"
    elif name and found.headed:
        span = _at(text, path, found.first, text.find("\n", found.first))
    elif not name and any(f"# {heading}" in text for heading in lacks):
        message = f"the headings of the brief of `{seat}` do not stand on lines of their own"
        if (shown := document.text_at(place)).startswith(">"):
            advice = "behind `>` lines run together: write `brief: |`"
            fix = Fix("write `|` instead of `>`", (Edit(Span(span.path, span.line, span.column, span.column + 1), "|"),))
        elif not shown.startswith("|"):
            advice = "write `brief: |` and the text on the lines below, two spaces further in, each heading on a line of its own"
    problems.note(Diagnostic("W062", "warning", f"{message}, so {where}", span, advice, fix))


def _at(text: str, path: str, start: int, end: int) -> Span:
    """The place of some characters of one line in a file beside the scenario."""
    row = row_at(text, start)
    end = end if end >= 0 else len(text)
    return row.span(path, start - row.start, max(end, start + 1) - row.start)


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

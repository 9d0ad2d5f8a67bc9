"""The scenario as plain English: everything is in it, nothing looks like the file, and what is contested has its speaker."""

from __future__ import annotations

import re

import pytest

from sim.authoring.english.mirror import english
from sim.play.library import seeds_folder
from sim.scenario.bind import Bound
from sim.scenario.check import cited
from sim.scenario.dossier import Dossier, claims_of, load_dossiers
from sim.scenario.load import Loaded
from sim.words.catalog import Catalog
from tests.rules import workshop

IDS = re.compile(r"\b[a-z]+_[a-z_]+\b|\b[a-z]+\.[a-z]+(?:\.[a-z]+)*\b|\{|\}|\bTrue\b|\bFalse\b|Bound|\(None")
SLIPS = re.compile(r"  |,,|\.\.|“”|\*\*\*\*| \.| ,|\(\)|: \.|;\.|[a-z]\.[A-Z]")


@pytest.fixture(scope="module")
def dossiers(loaded_flagship: Loaded) -> dict[str, Dossier]:
    """Those of the large scenario."""
    return load_dossiers(seeds_folder(), loaded_flagship.usable()[0].dossiers)[0]


@pytest.fixture(scope="module")
def flagship_page(loaded_flagship: Loaded, dossiers: dict[str, Dossier]) -> str:
    """The large scenario in English."""
    return english(Catalog(loaded_flagship.usable()[1]), loaded_flagship.files, dossiers)


@pytest.fixture(scope="module")
def small_page(loaded_first_round: Loaded) -> str:
    """The small one."""
    return english(Catalog(loaded_first_round.usable()[1]), loaded_first_round.files, {})


def missing(bound: Bound, page: str) -> list[str]:
    """Texts of a scenario that its page lacks."""
    s, catalog = bound.scenario, Catalog(bound)
    told = " ".join(page.split())
    wanted = [s.title, *s.about.questions, *(a.name for a in s.actors.values()),
              *(g.title for a in s.actors.values() for g in a.goals.values()),
              *(catalog.names("control").title(n) for n in s.tracks), *(t.text for t in s.tracks.values()),
              *(f.text for f in s.flags.values()), *(c.text for c in s.counters.values()),
              *(a.title for a in s.agreements.values()),
              *(x for a in s.agreements.values() for p in a.provisions.values() for x in (p.title, p.text, p.moved_by)),
              *(x for p in (s.phases.states.values() if s.phases else ()) for x in (p.title, p.text, p.entered or "")),
              *(x for p in (s.draft.parts.values() if s.draft else ()) for x in (p.title, p.signed or "")),
              *(catalog.clause(c) for c in s.clauses), *(c.text for c in s.clauses.values()),
              *(catalog.move_title(m) for m in s.moves), *(o.title for o in s.offers.values()),
              *(x for i in s.injects.values() for x in (i.title, i.dispatch, i.expected, i.facilitator)),
              *(x for r in s.rules.values() for x in (r.title, r.why, r.dispatch or "")),
              *(x for e in s.endings.values() for x in (e.title, e.text, e.note)),
              *(n.house for n in s.names.values())]
    return [text for text in wanted if text and " ".join(text.split()).rstrip(".") not in told]


def test_everything_an_author_wrote_is_told(loaded_flagship: Loaded, flagship_page: str, loaded_first_round: Loaded,
                                            small_page: str) -> None:
    """Every title and every text of both shipped scenarios stands on its page."""
    assert missing(loaded_flagship.usable()[1], flagship_page) == []
    assert missing(loaded_first_round.usable()[1], small_page) == []


def test_every_source_is_told_and_what_is_contested_has_its_speaker(loaded_flagship: Loaded, flagship_page: str,
                                                                    dossiers: dict[str, Dossier]) -> None:
    """Each cited claim is listed with its words; wherever a disputed one is cited, who says it and who denies it."""
    claims = claims_of(dossiers)
    used = {c for _, ids in cited(loaded_flagship.usable()[1]) for c in ids if c and c != "invented"}
    listed = flagship_page.partition("## Sources")[2]
    told = " ".join(listed.split())
    assert len(used) > 50
    for claim in used:
        assert f"**{claim}**" in listed, claim
        assert " ".join(claims[claim][0].says.split()).rstrip(".") in told
    for marks in re.findall(r"^.*\*Sources?: (.*)\.\*$", flagship_page, re.MULTILINE):
        bare = re.sub(r"\([^()]*\)", "", marks)
        for mark in re.split(r",\s*", bare):
            claim = claims[mark.strip()][0]
            if claim.disputed_by:
                assert re.search(rf"\b{mark.strip()} \({re.escape(claim.speaker)} says so; [^()]+ den(y|ies) it\)", marks)


@pytest.mark.parametrize("which", ["flagship_page", "small_page"])
def test_nothing_looks_like_the_file(which: str, request: pytest.FixtureRequest) -> None:
    """No id, no placeholder, no slip of the writing machine; every paragraph of prose ends as a sentence does."""
    page = request.getfixturevalue(which).partition("## Sources")[0]
    assert IDS.findall(page) == []
    assert [line for line in page.splitlines() if SLIPS.search(line)] == []
    for paragraph in re.split(r"\n\n", page):
        last = paragraph.splitlines()[-1] if paragraph.strip() else "."
        if last and not last.startswith(("#", ">")) and not last.startswith("**"):
            assert last[-1] in ".?!:”*;", last


def test_a_move_for_several_is_told_once() -> None:
    """Capitals where they can be named, their parts where it must be told who acts on whom."""
    found = workshop.loaded(
        moves={"ask": workshop.move(title="Ask {target}", to="seats", dispatch="{actor} asks {target}.",
                                    change={"heat": 1}),
               "warn": workshop.move(title="Warn {target}", by="north", to=["south", "east"], times=2, cost=2,
                                     when="heat >= 60", branches=[
                                         {"chance": "25 %", "when": "heat < 90", "change": {"heat": "2..5"}},
                                         {"chance": "rest", "set": {"heat": 0}, "dispatch": "{target} shrugs."}])})
    page = english(Catalog(found.usable()[1]), found.files, {})
    assert page.count("asks the seat addressed.") == 1
    assert "Nor to Sou or Eas; Sou to Nor or Eas; Eas to Nor or Sou" in page
    assert "A seat can do it twice in a match." in page
    assert "It costs 2 of attention and is possible while “heat”" not in page
    assert "- Unlikely (25 %), if heat is 89 or less: heat rises by 2 to 5." in page
    assert "- Otherwise: heat becomes 0. The wire: “Sou or Eas shrugs.”" in page


def test_chances_that_hang_on_something_are_told() -> None:
    """Rows in order, weekly chances per leg, and a chance that follows a track."""
    found = workshop.loaded(rules={
        "spark": {"title": "A spark", "chances": [{"when": "heat >= 70", "chance": "20 %"}, {"when": True, "weekly": "7 %"}],
                  "change": {"heat": 1}},
        "slide": {"title": "A slide", "hazard": {"of": "heat", "at": {"0": "1 %", "100": "25 %"}}, "change": {"heat": -1}}})
    page = english(Catalog(found.usable()[1]), found.files, {})
    assert "- 20 % a round, if heat is 70 or more;" in page
    assert re.search(r"- 1 % a round in the leg “Days” and 7 % a round in the leg “Weeks”, otherwise\.|"
                     r"- 1 % a round in the leg “days” and 7 % a round in the leg “weeks”, otherwise\.", page)
    assert "follows heat: 1 % where it is 0 and 25 % where it is 100, and in a straight line between." in page


def test_who_has_no_capital_is_called_a_seat(small_page: str, flagship_page: str) -> None:
    """Two villages or a company are no capitals; states that have one still are."""
    assert "capital" not in small_page.lower()
    assert "another seat" in small_page
    assert "another capital" in flagship_page
    assert "the seat addressed" not in flagship_page


def test_the_words_that_texts_avoid_are_told(small_page: str, loaded_first_round: Loaded) -> None:
    """Each with the word that stands in its place; a star is said in words."""
    part = small_page.partition("## Words that take a side")[2].partition("\n## ")[0]
    assert "- “blockade”, for which the texts say “closed lane”." in part
    assert "- Words that begin with “sabot”, for which the texts say “damage”." in part
    assert part.count("\n- ") == len(loaded_first_round.usable()[0].house_words)

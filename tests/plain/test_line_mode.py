"""Everything a person can do at a desk can be typed, and is answered in plain statements."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from sim.plain import Paper, Reader, Session, choose_leg, choose_seat
from sim.plain.commands import ALSO, WORDS, Command, Unknown, parse
from sim.play import Match
from sim.scenario.load import Loaded
from sim.words.catalog import sentence
from sim.words.library import card
from sim.words.sources import cited
from tests.plain.table import answers, desk, typed


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path))


def test_every_word_of_the_help_is_a_command(loaded_first_round: Loaded) -> None:
    """Help lists every command, each does something, and every other spelling leads to one of them."""
    session = Session(desk(loaded_first_round, "osk"), Paper(io.StringIO()), Reader(io.StringIO(), Paper(io.StringIO())))
    assert set(session._verbs) == set(WORDS)
    assert set(ALSO.values()) <= set(WORDS)
    told = answers(desk(loaded_first_round, "osk"), ["help"])[0]
    assert all(" ".join(f"{word.use}: {word.does}.".split()) in told for word in WORDS.values())


@pytest.mark.parametrize(("line", "asked"), [
    ("", Command("status")), ("12", Command("order", "12")), ("order 12", Command("order", "12")),
    ("? 12", Command("?", "12")), ("?12", Command("?", "12")), ("?", Command("help")), ("/talk", Command("moves", "talk")),
    ("MOVES all", Command("moves", "all")), ("prov", Command("provisions")), ("accept 2", Command("yes", "2")),
    ("exit", Command("quit")), ("moov", Unknown("moov", "moves")), ("xyzzy", Unknown("xyzzy", "")),
    ("acept 1", Unknown("acept", "yes")),
])
def test_a_line_is_understood(line: str, asked: Command | Unknown) -> None:
    """Numbers, words, their shortened and other forms; what is unknown is met with the nearest word."""
    assert parse(line) == asked


def test_a_number_names_the_same_move_all_match(loaded_first_round: Loaded) -> None:
    """Closed moves keep their number, so that a number learnt in round 1 still means the same later."""
    told = answers(desk(loaded_first_round, "velmora", seed=1), ["moves", "moves all", "go", "moves all"])
    assert "4. Send engineers" not in told[0]
    assert "1 closed" in told[0]
    assert "4. Send engineers to the bridge. Closed: needs that" in told[1]
    assert "the two sides have met" in told[1]
    assert all(f"{n}. {title}" in told[k] for k in (1, 3) for n, title in
               enumerate(("Protest to Osk", "Ask Osk for talks", "A conciliatory gesture", "Send engineers"), 1))


def test_moves_can_be_filtered_by_title_group_and_tier(loaded_first_round: Loaded) -> None:
    """A word finds moves by what they are called and where they stand; one that finds none says so."""
    told = answers(desk(loaded_first_round, "osk"), ["/LANE", "moves press", "moves measures", "/zzz"])
    assert "4. Open a lane" in told[0]
    assert "5. Close a lane" in told[0]
    assert "Protest" not in told[0]
    assert "1. Protest" in told[1]
    assert "3. A conciliatory gesture" in told[2]
    assert "No move has `zzz` in it" in told[3]


def test_the_details_of_a_move_are_complete(loaded_flagship: Loaded) -> None:
    """Cost, tier, who sees it, codes, effects, tendency, sources; and a closed move says why with today's values."""
    at = desk(loaded_flagship, "armenia", level="standard", until="election")
    menu = at.menu()
    items = [item for group in menu.groups for item in group.items]
    number = next(n for n, it in enumerate(items, 1) if it.legal and it.tendency and it.source and it.cameo)
    closed = next(n for n, it in enumerate(items, 1) if not it.legal and it.why_not and it.why_not[0].now)
    told = answers(at, [f"? {number}", f"? {closed}", f"{closed}", "? 9999", "?  x"])
    item, shut = items[number - 1], items[closed - 1]
    for part in (item.title, f"Cost: {item.cost} attention", f"CAMEO {item.cameo}", "Likely effects:", item.tendency,
                 f"{sentence(cited(item.source))} `who {item.source[0]}`", f"`{number}` files it."):
        assert part in told[0]
    assert f"Closed now: needs that {shut.why_not[0].text} ({shut.why_not[0].now})" in told[1]
    assert "Filed" not in told[2]
    assert "There is no move `9999`" in told[3]
    assert "There is no move `x`" in told[4]


def test_orders_are_filed_listed_and_dropped_within_attention(loaded_first_round: Loaded) -> None:
    """A third order is refused in a sentence; a dropped one frees its attention; keys work as well as numbers."""
    told = answers(desk(loaded_first_round, "osk"), [
        "1", "order gesture:osk", "2", "orders", "drop 1", "drop 7", "2", "drop all", "drop all"])
    assert "Attention left: 1 of 2. Orders filed: 1 of 2." in told[0]
    assert "Filed: A conciliatory gesture." in told[1]
    assert "Only 2 orders can be filed in a round" in told[2]
    assert told[3].startswith("1. Protest to Velmora in public. 2. A conciliatory gesture.")
    assert told[4].startswith("Dropped: Protest to Velmora in public.")
    assert "There is no order `7`" in told[5]
    assert "Orders filed: 2 of 2." in told[6]
    assert "Attention left: 2 of 2. Orders filed: 0 of 2." in told[7]
    assert told[8] == "You have filed no order."


def test_questions_are_answered_changed_and_left_at_no_cost(loaded_first_round: Loaded) -> None:
    """Yes replaces no; leaving takes the answer back; the answer counts when the round is resolved."""
    at = desk(loaded_first_round, "osk")
    told = answers(at, ["yes", "go", "questions", "no 1", "", "yes 1", "questions", "leave 1", "yes 3", "yes", "orders", "go", "news"])
    assert told[0] == "Nothing waits for your answer."
    assert "1. Velmora proposes talks. Last round to answer." in told[2]
    assert "If you leave it: It lapses: tension +2." in told[2]
    assert "Answered: Decline to meet Velmora." in told[3]
    assert "Attention left: 2 of 2" in told[4]
    assert "unanswered" not in told[4]
    assert "You have answered: Meet Velmora." in told[6]
    assert told[7].startswith("Left open: Talks.")
    assert "There is no question `3`" in told[8]
    assert told[10].startswith("Answered: Meet Velmora. Attention left: 2 of 2")
    assert "Osk and Velmora meet at the bridge." in told[12]


def test_sources_of_dispatches_and_claims_are_told_with_speaker_and_denial(loaded_flagship: Loaded) -> None:
    """`who N` reads what a dispatch rests on, `who ID` one claim; both say who disputes it."""
    told = answers(desk(loaded_flagship, "armenia"), ["who 1", "who c02", "who C99999", "who 99", "who"])
    assert "C02. Azerbaijani forces moved" in told[0]
    assert "Disputed: Azerbaijan denies it (C05)." in told[0]
    assert "(Armenia, 12 May 2021" in told[1]
    assert "There is no claim `C99999`" in told[2]
    assert "There is no dispatch 99" in told[3]
    assert "Add the number of a dispatch or a claim" in told[4]


def test_a_contested_dispatch_says_so(loaded_flagship: Loaded) -> None:
    """The first news of the flagship rests on claims that the other side denies."""
    _, text = typed(desk(loaded_flagship, "france"), [])
    assert "contested; sources C02, C05" in " ".join(text.split())


def test_draft_and_provisions_can_be_read_and_filtered(loaded_flagship: Loaded) -> None:
    """Every clause and provision is there; a word finds some of them; red lines are marked for their seat alone."""
    at = desk(loaded_flagship, "armenia")
    clauses = [clause for part in at.draft() for clause in part.clauses]
    told = answers(at, ["draft", "draft pull-back", "provisions", "provisions N1.", "provisions zzz"])
    assert all(clause.title in told[0] for clause in clauses)
    assert told[0].count("It is one of your red lines.") == sum(clause.red_line for clause in clauses) > 0
    assert "Worth to you:" in told[0]
    assert len(told[1]) < len(told[0]) / 2
    assert all(line.title in told[2] for line in at.provisions())
    assert "No provision has `zzz` in it." in told[4]


def test_reasons_are_told_after_the_round_on_easy_and_refused_before(loaded_first_round: Loaded) -> None:
    """Why the others chose as they did, of the last round or another; a round not played has none."""
    at = desk(loaded_first_round, "velmora", seed=1)
    told = answers(at, ["why", "go", "why", "why 1", "why 4"])
    assert told[0] == "No round has been played yet."
    assert "Osk ordered" in told[2]
    assert told[2] == told[3]
    assert "Round `4` has not been played" in told[4]


def test_why_begins_with_what_moved_without_a_dispatch(loaded_flagship: Loaded) -> None:
    """Silent rules with their reasons, drifts in one line; then when the reasons of the others are told, in a sentence."""
    told = answers(desk(loaded_flagship, "armenia", level="standard", until="election"), ["go", "why"])
    assert told[1].startswith("What else moved in round 1, without a dispatch: - Two lines face each other: tension +")
    assert "- The posts cost support: Yerevan's poll −1. Before the vote." in told[1]
    assert told[1].count("- Drift: ") == 1
    assert told[1].endswith("Why the others chose as they did: It is told at the ending; on level easy it is told after "
                            "each round.")


def test_at_the_ending_why_has_figures(loaded_first_round: Loaded) -> None:
    """Once the match is over the reasons of an opponent at level standard are told with weights or gains."""
    told = answers(desk(loaded_first_round, "osk", seed=1, level="standard"), [*["go"] * 5, "why 1"])
    assert "Why the others chose as they did: - Velmora" in told[5]
    assert re.search(r"It drew this from its persona: \d+ % of the weight lay on it\.", told[5])


def test_invented_is_told_to_who_asks(loaded_first_round: Loaded, loaded_flagship: Loaded) -> None:
    """A dispatch does not carry the word; `who` says it."""
    at = desk(loaded_flagship, "armenia", level="standard", until="election")
    told = answers(at, ["go", "who 5", *["go"] * 3])
    assert "invented" not in " ".join(text for k, text in enumerate(told) if k != 1)
    assert "Written for this scenario; no source." in told[1]


def test_a_track_with_a_scale_reads_by_its_word(loaded_flagship: Loaded) -> None:
    """The word first, then where it stands on the scale."""
    told = answers(desk(loaded_flagship, "armenia"), ["tracks violence"])
    assert told[0].startswith("- Violence: none (0 of 5, lower is better), unchanged.")


def test_undo_goes_back_and_the_first_round_has_nothing_before_it(loaded_first_round: Loaded) -> None:
    """Solo play may take a round back; what was news then is told again."""
    told = answers(desk(loaded_first_round, "osk"), ["undo", "go", "undo", "wire"])
    assert "no earlier round" in told[0]
    assert told[2].startswith("Round 1 is open again; you had filed nothing in it.")
    assert told[3] == "There is no dispatch yet."


def test_the_ending_tells_scores_turning_rounds_and_questions(loaded_first_round: Loaded) -> None:
    """Raw scores goal by goal, what turned it, what to talk about; then reading goes on, ordering does not."""
    at = desk(loaded_first_round, "osk")
    told = answers(at, ["score", *["go"] * 5, "score", "1", "go", "moves", "wire", "quit", "go"])
    assert "Scores are told when the match has ended" in told[0]
    assert "The match has ended in round 5" in told[5]
    assert "Standing: " in told[5]
    assert "Rounds that turned the match for you:" in told[5]
    assert "Questions for afterwards: 1. Which of your sentences" in told[5]
    assert all("The match has ended" in told[k] for k in (7, 8, 9))
    assert "1. Round 1, 1 March 2030." in told[10]
    assert len(told) == 12


def test_the_match_is_kept_from_its_first_line_and_named_at_the_end(loaded_first_round: Loaded, tmp_path: Path) -> None:
    """End of input: exit 0, the file named on a line of its own, and it holds what was filed and closed."""
    code, text = typed(desk(loaded_first_round, "osk"), ["go", "1"])
    (named,) = [line.removeprefix("The match is saved: ") for line in text.splitlines()
                if line.startswith("The match is saved: ")]
    kept = Match.read(Path(named))
    filed = kept.filed("osk")
    assert code == 0
    assert kept.round == 2
    assert filed is not None
    assert filed.moves == ("protest:osk>velmora",)


def test_a_match_that_cannot_be_saved_is_played_and_can_be_saved_elsewhere(
    loaded_first_round: Loaded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The problem is told at once and at the end, with exit 1; another file helps."""
    (tmp_path / "taken").write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "taken"))
    code, text = typed(desk(loaded_first_round, "osk"), ["go"])
    assert code == 1
    assert "This match is not kept:" in text
    assert "Round 2 of 5." in text
    code, text = typed(desk(loaded_first_round, "osk"), ["go", f"save {tmp_path / 'mine.detente'}"])
    assert code == 0
    assert Match.read(tmp_path / "mine.detente").round == 2


def test_interrupted_from_a_pipe_it_saves_and_says_so(loaded_first_round: Loaded) -> None:
    """Ctrl-C where nobody can be asked: saved, 130."""
    at = desk(loaded_first_round, "osk")
    out = io.StringIO()
    paper = Paper(out)

    class Interrupted(Reader):
        def line(self) -> str | None:
            raise KeyboardInterrupt

    code = Session(at, paper, Interrupted(io.StringIO(), paper)).run()
    at.match.close()
    assert code == 130
    assert "The match is saved: " in out.getvalue()


@pytest.mark.parametrize("seat", ["armenia", "azerbaijan", "russia", "united_states", "france"])
def test_pages_are_plain_and_narrow_whatever_the_texts_hold(loaded_flagship: Loaded, seat: str) -> None:
    """No control character, no line over 80 but paths and commands to copy; every page of every seat of the flagship."""
    lines = ["moves all", *(f"? {n}" for n in range(1, 30)), "1", "2", "go", "questions", "yes 1", "no 2", "go", "tracks",
             "draft", "provisions", "wire", "brief", "why", "help", ""]
    _, text = typed(desk(loaded_flagship, seat), lines)
    assert all(char == "\n" or char.isprintable() for char in text)
    long = [line for line in text.splitlines() if len(line) > 80]
    assert all(line.startswith(("Every round is kept:", "The match is saved:", "Go on with it:")) for line in long)


def test_paper_lets_no_escape_code_through() -> None:
    """A text with escape codes or direction marks is printed without them."""
    out = io.StringIO()
    paper = Paper(out)
    paper.say("red \x1b[31m and \u202eturned", "1.")
    paper.line("a\x07b")
    assert out.getvalue() == "1. red  [31m and  turned\na b\n"


def test_legs_are_offered_with_their_minutes_and_a_default(loaded_flagship: Loaded) -> None:
    """Both lengths with minutes; an empty line and the end of input take the first; nonsense is asked again."""
    shown = card(loaded_flagship.usable()[0])
    for lines, leg in (("2\n", "long"), ("\n", "election"), ("", "election"), ("7\nlong\n", "long")):
        out = io.StringIO()
        paper = Paper(out)
        assert choose_leg(shown, paper, Reader(io.StringIO(lines), paper)) == leg
        assert "1. To the vote: 13 rounds, about 45 minutes." in out.getvalue()
        assert "2. The whole clock: 39 rounds, about 120 minutes." in out.getvalue()


def test_seats_are_offered_best_first(loaded_flagship: Loaded) -> None:
    """A seat by number or id."""
    shown = card(loaded_flagship.usable()[0])
    for lines, seat in (("3\n", "russia"), ("france\n", "france"), ("", "armenia")):
        paper = Paper(io.StringIO())
        assert choose_seat(shown, paper, Reader(io.StringIO(lines), paper)) == seat


def test_a_clause_that_one_has_tabled_oneself_asks_for_nothing(loaded_flagship: Loaded) -> None:
    """No yes is offered, its number is refused in a sentence, and `no` still brackets it."""
    at = desk(loaded_flagship, "armenia")
    at.match.control("A room", {"summit_held": True, "channel": 2})
    assert at.add("table.access:armenia") is None
    at.resolve()
    number = next(n for n, q in enumerate(at.menu().questions, 1) if q.id == "clause.access")
    told = answers(at, ["questions", f"yes {number}", f"no {number}"])
    assert "You have said yes and may still bracket it." in told[0]
    assert f"yes {number}:" not in told[0]
    assert f"no {number}:" in told[0]
    assert told[1].startswith("You have said yes to that already; nothing else is asked of you.")
    assert told[2].startswith("Answered:")

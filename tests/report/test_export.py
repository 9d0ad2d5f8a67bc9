"""report: what leaves with the teacher: records and transcripts of a match."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli.command import detente
from sim.errors import UsageError
from sim.play import Match
from sim.report.records import lines, records
from sim.report.transcript import Happened, OfClass, Said, transcript
from sim.words.desk import Desk
from tests.cli.process import detente as run

SEAT = "velmora"


@pytest.fixture(scope="module")
def save(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A match of first-round, played to its end by policies."""
    home = tmp_path_factory.mktemp("export")
    path = home / "match.detente"
    done = CliRunner().invoke(detente, ["run", "first-round", "--seed", "4", "--save", str(path)])
    assert done.exit_code == 0, done.output
    return path


def test_records_are_lines_of_json_from_the_match_to_its_end(save: Path) -> None:
    """Every line is an object with its kind; rounds follow each other; the last tells the ending."""
    found = [json.loads(line) for line in lines(records(Match.read(save), "control"))]
    assert found[0]["record"] == "match"
    assert found[-1]["record"] == "end"
    assert found[-1]["ending"]
    rounds = [it["round"] for it in found if it["record"] == "opening"]
    assert rounds == list(range(1, len(rounds) + 1))
    assert {it["seat"] for it in found if it["record"] == "order"} == {"velmora", "osk"}
    assert any(it["record"] == "choice" for it in found)


def test_a_seats_records_hold_no_other_seats_orders_and_no_seed(save: Path) -> None:
    """Nor why policies chose, nor what it does not see."""
    found = [json.loads(line) for line in lines(records(Match.read(save), SEAT))]
    assert {it["seat"] for it in found if it["record"] == "order"} == {SEAT}
    assert not [it for it in found if it["record"] == "choice"]
    assert "seed" not in found[0]
    assert all("standing" not in it["values"] for it in found if "values" in it)


def test_every_change_of_a_value_is_in_the_records(save: Path) -> None:
    """Each change of a track begins where the one before it ended, and the last ends at the final value."""
    found = list(records(Match.read(save), "control"))
    moved = [change for it in found for change in it.get("changes", ()) if change[0] == "tension"]
    assert len(moved) > 3
    assert [before for _, before, _ in moved[1:]] == [after for _, _, after in moved[:-1]]
    assert moved[-1][2] == found[-1]["values"]["tension"]


def test_a_transcript_tells_each_round_once_and_the_end(save: Path) -> None:
    """What was filed, what the wire told, who scored what."""
    match = Match.read(save)
    text = transcript(Desk(match, "control", {}))
    for number in range(1, match.round + 1):
        assert text.count(f"## Round {number}, ") == 1
    assert text.count("## The end, ") == 1
    desk = Desk(match, "control", {})
    filed = [key for played in match.rounds for orders in played.orders.values() for key in orders.moves]
    assert filed
    assert all(f"“{desk.catalog.moves[key].title}”" in text for key in filed)


def test_a_seats_transcript_has_its_own_score_alone(save: Path) -> None:
    """Another seat's goals are its own."""
    match = Match.read(save)
    told = transcript(Desk(match, SEAT, {}))
    assert "Bridge open" in told
    assert "Standing:" not in told


def test_what_was_said_in_class_stands_in_its_round(save: Path) -> None:
    """Messages and what happened in the room come before what was filed; the lobby before round 1, the debrief last."""
    said = [Said(2, "Osk", "Velmora", "One lane, one *gesture*. <b>", "message"), Said(0, "Osk", "", "Hello.", "message"),
            Said(99, "Osk", "", "At last.", "message")]
    text = transcript(Desk(Match.read(save), "control", {}), OfClass(said, [Happened(2, "Somebody came late.")], "table 3"))
    second = text.partition("## Round 2, ")[2].partition("## Round 3, ")[0]
    assert r"- Osk to Velmora (message): One lane, one \*gesture\*. \<b\>" in second
    assert "- Somebody came late." in second
    assert text.startswith("# First Round, table 3\n")
    assert text.index("Hello.") < text.index("## Round 1, ")
    assert text.index("At last.") > text.index("## The end, ")


def test_records_of_a_class_stand_behind_the_opening_of_their_round(save: Path) -> None:
    """Those of no round before the first, those of a later round before the end; all of them once."""
    more = [{"record": "note", "n": 1}, {"record": "note", "n": 2, "round": 2}, {"record": "note", "n": 3, "round": 99}]
    found = list(records(Match.read(save), "control", more))
    kinds = [(it["record"], it.get("round", it.get("n"))) for it in found]
    assert kinds[1] == ("note", 1)
    assert found[kinds.index(("opening", 2)) + 1] == more[1]
    assert found[-2] == more[2]
    assert len([it for it in found if it["record"] == "note"]) == 3


@pytest.mark.parametrize(("form", "begins"), [("jsonl", '{"record": "match"'), ("markdown", "# First Round")])
def test_the_verb_writes_to_the_terminal_or_a_file(save: Path, tmp_path: Path, form: str, begins: str) -> None:
    """The same text either way, and the save stays as it was."""
    before = save.read_bytes()
    told = run("export", save, "--as", form, home=tmp_path)
    assert told.returncode == 0
    assert told.stdout.startswith(begins)
    done = CliRunner().invoke(detente, ["export", str(save), "--as", form, "-o", str(tmp_path / "out.txt")])
    assert done.exit_code == 0
    assert (tmp_path / "out.txt").read_text(encoding="utf-8") == told.stdout
    assert save.read_bytes() == before


@pytest.mark.parametrize(("args", "said"), [
    (("--as", "csv", "--seat", "osk"), "leave --seat out"), (("--as", "jsonl", "--table", "1"), "no lesson"),
    (("no.detente", "--as", "jsonl"), "one file"),
    (("--as", "pdf"), "jsonl"), (("--as", "jsonl", "--seat", "atlantis"), "atlantis"),
    (("--as", "jsonl", "-o", "no/such/folder/x"), "cannot be written")])
def test_wrong_use_is_one_sentence(save: Path, args: tuple[str, ...], said: str) -> None:
    """It says what, and what to do."""
    done = CliRunner().invoke(detente, ["export", str(save), *args])
    assert isinstance(done.exception, UsageError | SystemExit)
    told = done.exception.sentence if isinstance(done.exception, UsageError) else done.output
    assert said in told

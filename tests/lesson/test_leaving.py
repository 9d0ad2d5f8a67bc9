"""What leaves the room: a lesson's tables as records and transcripts, with pseudonyms, and what a seat may take along."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sim.cli.command import detente
from sim.errors import UsageError
from sim.lesson import FACILITATOR, Record, read_record
from sim.lesson.leaving import class_records, class_transcript, names_of
from sim.lesson.pseudonyms import key_of, pseudonym
from tests.lesson.classes import Class
from tests.play.players import first_round

PEOPLE = {"Ani": "velmora", "Bek": "velmora", "Osk": "osk", "Dia": "osk"}
"""One of them is called like a seat."""


@pytest.fixture(scope="module")
def lesson(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two tables: talk, a note verbale, a hidden message, a paper, a note, an inject of the facilitator's, a round undone."""
    path = tmp_path_factory.mktemp("leaving") / "lesson.detente"
    room = Class(path=path, tables=2)
    it = room.lesson
    for name, seat in PEOPLE.items():
        room.come(name, seat)
    room.come("Eri", "velmora", table=2)
    ani, dia = room.people["Ani"], room.people["Osk"]
    it.send(ani, (), "In the lobby, Bek?")
    room.run("brief", "begin")
    it.rename(room.people["Bek"], "Beka")
    it.send(ani, ("osk",), "Osk should hear this, says ani to BEKA.")
    it.send(dia, ("velmora",), "The bridge.", kind="verbale", form={"subject": "Bridge", "asks": "protest"})
    it.send(dia, (), "Among us of Osk.")
    it.send(ani, ("facilitator",), "A question.")
    it.hide(FACILITATOR, it.send(ani, ("public",), "Something rude.").id, True, "Rude.")
    paper = it.open_paper(ani, "A text", ("osk",))
    it.bracket(ani, paper.id, 0, "The lane opens.", base=0)
    it.note(FACILITATOR, "A good start by Ani.", table=1, about="velmora")
    it.improvise(FACILITATOR, 1, {"text": "A ferry breaks down.", "title": "Ferry", "change": {"tension": 2}})
    assert it.release(FACILITATOR, 1, "own 1").ok
    room.order("Ani", "gesture:velmora")
    room.run("resolve")
    room.look()
    it.broadcast(FACILITATOR, "Two minutes more.")
    assert it.undo(FACILITATOR, 1).ok
    while it.stage == "orders":
        room.run("resolve")
        room.look()
    it.send(dia, ("public",), "That was hard.")
    room.run("close")
    it.close_file()
    return path


def kept(path: Path) -> tuple[Record, ...]:
    """Its tables."""
    return read_record(path)


def told(path: Path, viewer: str, table: int = 1, *, real: bool = False) -> list[dict]:
    """A table's records."""
    found = kept(path)
    return list(class_records(found[table - 1], viewer, names_of(found, real=real)))


def test_everything_of_the_class_is_in_the_records_in_its_round(lesson: Path) -> None:
    """Messages, notes verbales, papers, notes and acts, each with its table, and its round unless before or after."""
    found = told(lesson, "control")
    assert found[0]["record"] == "match"
    assert found[-1]["record"] == "end"
    assert {it["table"] for it in found} == {1}
    messages = {it["text"]: it for it in found if it["record"] == "message"}
    assert "round" not in next(it for text, it in messages.items() if "lobby" in text)
    assert "round" not in messages["That was hard."]
    assert next(it for text, it in messages.items() if text.startswith("Note verbale No. 1"))["subject"] == "Bridge"
    assert messages["Two minutes more."]["round"] == 2
    assert messages["Something rude."]["hidden"] is True
    assert [it["about"] for it in found if it["record"] == "note"] == ["velmora"]
    acts = [it["act"] for it in found if it["record"] == "act"]
    assert {"improvised", "released", "undone", "closed", "hidden", "filed", "extended", "bracketed"} - set(acts) == {"extended"}
    opened = [n for n, it in enumerate(found) if it["record"] == "opening"]
    for n, it in enumerate(found):
        if it["record"] in ("message", "note", "act") and "round" in it:
            assert it["round"] == sum(place < n for place in opened), it
    assert found[-2]["record"] == "paper"
    assert json.dumps(found)


def test_a_seat_takes_along_what_it_could_read(lesson: Path) -> None:
    """No other delegation's talk, no hidden text, no note, no inject, no policy, no other sheet; nor the public any talk."""
    for seat, reads, not_ in (("osk", "Among us", "In the lobby"), ("velmora", "In the lobby", "Among us")):
        for text in (json.dumps(told(lesson, seat)), transcript(lesson, seat)):
            assert reads in text
            assert "Note verbale" in text
            assert "The lane opens." in text
            for hidden in (not_, "Something rude", "A good start", "Rude.", "policies", "olicies played", "own 1"):
                assert hidden not in text, hidden
    assert "A question." not in json.dumps(told(lesson, "osk"))
    public = json.dumps(told(lesson, "public"))
    assert "That was hard." in public
    for hidden in ("Among us", "In the lobby", "lane opens", "verbale", 'gesture:velmora", "said'):
        assert hidden not in public, hidden
    assert {it["seat"] for it in told(lesson, "osk") if it["record"] == "act" and "seat" in it and "paragraph" not in it} <= {"osk"}


def transcript(path: Path, viewer: str = "control", *, real: bool = False) -> str:
    """Table 1 as a transcript."""
    found = kept(path)
    return class_transcript(found[0], viewer, names_of(found, real=real), many=True)


def test_a_transcript_tells_the_class_round_by_round(lesson: Path) -> None:
    """Who took part, what was said and done in the room, the papers as they stood last."""
    text = transcript(lesson, real=True)
    assert text.startswith("# First Round, table 1\n")
    assert "- Velmora: Ani, Beka" in text
    first = text.partition("## Round 1, ")[2].partition("## Round 2, ")[0]
    for line in ("(message, hidden): Something rude.", "The inject “Ferry” was released", "Round 1 was taken back.",
                 "(note, on Velmora): A good start by Ani.", "For Velmora the sheet counted"):
        assert line in first, line
    assert "In the lobby" in text.partition("## Round 1, ")[0]
    assert text.index("That was hard.") > text.index("## The end, ")
    assert r"\[Velmora: The lane opens.\]" in text.partition("## Papers, as they stood last")[2]


def test_pseudonyms_hide_every_name_and_stay_the_same(lesson: Path) -> None:
    """Also former names, also in texts; who is called like a seat leaves the seat its name; the key tells who is who."""
    found = kept(lesson)
    people = {name: it for it in found[0].people for name in it.names}
    whole = transcript(lesson) + json.dumps(told(lesson, "control"))
    for name in ("Ani", "Bek", "Beka", "Dia"):
        assert name.lower() not in whole.lower().replace("velmoran", ""), name
        assert pseudonym(people[name].id) in whole
    assert "Osk should hear this" in whole
    assert f"Osk, {pseudonym(people['Osk'].id)}" in whole
    assert not any(it.id in whole for it in found[0].people if it.id != FACILITATOR)
    key = list(csv.DictReader(key_of(it for one in found for it in one.people).splitlines()))
    assert {(line["name"], line["pseudonym"]) for line in key} == {
        (it.name, pseudonym(it.id)) for one in found for it in one.people if it.id != FACILITATOR}
    assert len({line["pseudonym"] for line in key}) == 5
    named = json.dumps(told(lesson, "control", real=True))
    assert '"Ani"' in named
    assert "P-" not in named


def test_who_moved_belongs_to_both_tables() -> None:
    """Where they sat last is told; who never sat at a table is not in its record."""
    room = Class(tables=2)
    room.come("Ani", "velmora")
    room.come("Bek", "osk")
    room.lesson.move(FACILITATOR, room.people["Ani"], 2, "osk")
    one, two = room.lesson.record(1), room.lesson.record(2)
    assert [(it.name, it.table, it.seat) for it in one.people[:-1]] == [("Ani", 2, "osk"), ("Bek", 1, "osk")]
    assert [it.name for it in two.people[:-1]] == ["Ani"]


def run(*words: str | Path, lines: str | None = None) -> Result:
    """A verb inside this process, as it is typed."""
    return CliRunner().invoke(detente, [str(word) for word in words], input=lines)


def test_the_verb_writes_all_tables_or_one(lesson: Path, tmp_path: Path) -> None:
    """In order; the key is a file of its own; the lesson's file stays as it was; a table that is not there is told."""
    before = lesson.read_bytes()
    done = run("export", lesson, "--as", "jsonl", "--key", tmp_path / "key.csv", "-o", tmp_path / "out.jsonl")
    assert done.exit_code == 0, done.output
    found = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [it["table"] for it in found if it["record"] == "match"] == [1, 2]
    assert "Ani" in (tmp_path / "key.csv").read_text(encoding="utf-8")
    assert "Ani" not in (tmp_path / "out.jsonl").read_text(encoding="utf-8")
    second = run("export", lesson, "--as", "markdown", "--table", "2", "--names")
    assert second.stdout.startswith("# First Round, table 2\n")
    assert "- Velmora: Eri" in second.stdout
    third = run("export", lesson, "--as", "markdown", "--table", "3")
    assert isinstance(third.exception, UsageError)
    assert "it has 2 tables" in third.exception.sentence
    assert lesson.read_bytes() == before


def test_many_files_are_a_table(lesson: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line a seat that people played, with score and par; a broken file is told and keeps none of the others back."""
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path))
    played = run("play", "first-round", "--seat", "osk", "--seed", "3", "--until", "week", "--plain", lines="go\n" * 6)
    assert played.exit_code == 0, played.output
    saves = sorted(tmp_path.rglob("*.detente"))
    assert len(saves) == 1, played.output[-500:]
    (tmp_path / "broken.detente").write_text("no save", encoding="utf-8")
    done = run("export", saves[0], tmp_path / "broken.detente", lesson, "--as", "csv")
    assert done.exit_code == 1
    assert "broken.detente" in done.stderr
    found = list(csv.DictReader(done.stdout.splitlines()))
    assert [(it["table"], it["seat"]) for it in found] == [("", "osk"), ("1", "velmora"), ("1", "osk"), ("2", "velmora")]
    ended = first_round().usable()[0].endings
    for it in found:
        assert it["ending"] in ended
        assert int(it["above_par"]) == int(it["score"]) - int(it["par"])
    assert [it["lines"] for it in found] == ["1", "2", "2", "1"]

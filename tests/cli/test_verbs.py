"""Every verb answers as its help says: text for people, stable JSON for programs."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

import pytest

from sim.cli.command import VERBS
from sim.scenario.reading.document import read
from tests.cli.process import REPOSITORY, detente

UNBUILT = ("report", "migrate")
BROKEN = "format: 1\nid: small\ntitel: Small\n"


def answer(home: Path, *args: str | Path) -> dict[str, object]:
    """What a verb says to a program."""
    done = detente(*args, "--json", home=home)
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself_with_an_example(verb: str) -> None:
    """The help of a verb has an example, and its first line is the one that `detente --help` prints unread."""
    command = import_module(VERBS[verb].module).command
    assert command.name == verb
    assert command.short_help == VERBS[verb].line
    assert "Example:  " in (command.help or "")
    if any("--json" in option.opts for option in command.params):
        assert "JSON:" in command.help


def test_help_lists_what_is_built_and_nothing_else(tmp_path: Path) -> None:
    """A verb that is not there yet is not in the help."""
    done = detente("--help", home=tmp_path)
    listed = {line.split()[0] for line in done.stdout.partition("Verbs:")[2].splitlines() if line.strip()}
    assert listed == set(VERBS)
    assert not listed & set(UNBUILT)


def test_without_verb_and_terminal_it_prints_its_help(tmp_path: Path) -> None:
    """The home screen needs a terminal; a pipe gets the help."""
    done = detente(home=tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith("Usage: detente")


def test_version(tmp_path: Path) -> None:
    """The version of the package."""
    from sim import __version__

    assert detente("--version", home=tmp_path).stdout == f"detente {__version__}\n"


def test_list_tells_scenarios_of_the_wheel_and_of_a_folder(tmp_path: Path) -> None:
    """What came with Detente, and what --path adds, each with the documented keys."""
    (tmp_path / "mine" / "tiny").mkdir(parents=True)
    (tmp_path / "mine" / "tiny" / "scenario.yaml").write_text("id: tiny\ntitle: Tiny\n", encoding="utf-8")
    found = answer(tmp_path, "list", "--path", tmp_path / "mine")
    by_id = {item["id"]: item for item in found["scenarios"]}  # type: ignore[attr-defined]
    assert {"tiny", "first-round", "border-standoff-2021"} <= set(by_id)
    assert set(by_id["first-round"]) == {
        "id", "title", "blurb", "kind", "level", "seats", "legs", "content_note", "folder"}
    assert by_id["first-round"]["legs"] == {"week": {"title": "Five days", "rounds": 5, "minutes": 5}}
    assert "first-round: First Round" in detente("list", home=tmp_path).stdout


def test_paths_are_all_in_the_home_that_was_chosen(tmp_path: Path) -> None:
    """DETENTE_HOME holds everything of the user, and --log moves the log."""
    found = answer(tmp_path, "paths")
    assert set(found) == {"saves", "settings", "keymap", "themes", "log", "scenarios", "dossiers"}
    assert all(str(found[key]).startswith(str(tmp_path)) for key in ("saves", "keymap", "themes", "log"))
    done = detente("--log", "here.log", "paths", home=tmp_path)
    assert "here.log" in done.stdout


def test_run_is_the_same_match_for_the_same_seed(tmp_path: Path) -> None:
    """Same seed, same match, whether it is kept in a save or not; the keys are the documented ones."""
    first = answer(tmp_path, "run", "first-round", "--seed", "3", "--policy", "osk=one-ply")
    kept = answer(tmp_path, "run", "first-round", "--seed", "3", "--policy", "osk=one-ply", "--save", "three.detente")
    assert set(first) == {"ending", "rounds", "scores", "seed"}
    assert first == kept
    assert (tmp_path / "three.detente").is_file()
    assert set(first["scores"]) == {"velmora", "osk"}  # type: ignore[call-overload]


def test_run_of_many_gives_shares_with_their_intervals(tmp_path: Path) -> None:
    """Shares sum to one and lie within their intervals; every ending is listed, those with no match too."""
    found = answer(tmp_path, "run", "first-round", "--seed", "3", "--matches", "40")
    assert set(found) == {"games", "endings", "scores", "seed"}
    endings = found["endings"]
    assert isinstance(endings, dict)
    assert set(endings) == {"war", "open_bridge", "quarrel"}
    assert sum(it["count"] for it in endings.values()) == found["games"] == 40
    assert all(set(it) == {"count", "share", "low", "high"} for it in endings.values())
    assert all(it["low"] <= it["share"] <= it["high"] for it in endings.values())


def test_until_makes_a_leg_the_last(tmp_path: Path) -> None:
    """The flagship's first leg has thirteen rounds, and no match goes beyond."""
    found = answer(tmp_path, "run", "border-standoff-2021", "--seed", "1", "--until", "election")
    assert 1 <= int(str(found["rounds"])) <= 13


def test_check_reports_every_problem_with_its_place(tmp_path: Path) -> None:
    """One pass, documented keys, exit 1; the text shows the line and a caret."""
    (tmp_path / "small.yaml").write_text(BROKEN, encoding="utf-8")
    done = detente("check", "small.yaml", "--json", home=tmp_path)
    assert done.returncode == 1
    told = json.loads(done.stdout)["diagnostics"]
    assert all(set(it) == {"code", "severity", "path", "line", "column", "end_column", "message", "help", "also", "hidden",
                           "fix"} for it in told)
    assert any((it["line"], it["column"], it["path"]) == (3, 1, "small.yaml") for it in told)
    shown = detente("check", "small.yaml", home=tmp_path)
    assert shown.returncode == 1
    assert "3 | titel: Small\n  | ^^^^^" in shown.stdout
    assert "did you mean `title`?" in shown.stdout
    assert f"\n{len(told)} errors in 1 scenario.\n" in shown.stdout


def test_check_takes_a_folder_of_scenarios_and_holds_claims_against_dossiers(tmp_path: Path) -> None:
    """All shipped scenarios pass; a claim that no dossier holds does not."""
    done = detente("check", REPOSITORY / "scenarios", "--strict", home=tmp_path)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    text = (REPOSITORY / "scenarios" / "first-round" / "scenario.yaml").read_text(encoding="utf-8")
    text = text.replace("title: A conciliatory gesture,", "title: A conciliatory gesture, source: C9999,")
    (tmp_path / "copy.yaml").write_text(text, encoding="utf-8")
    wrong = detente("check", "copy.yaml", home=tmp_path)
    assert wrong.returncode == 1
    assert "C9999" in wrong.stdout


def test_strict_makes_errors_of_warnings(tmp_path: Path) -> None:
    """A warning is no error, unless --strict."""
    text = (REPOSITORY / "scenarios" / "first-round" / "scenario.yaml").read_text(encoding="utf-8")
    start, end = text.index('    brief: "# Public\\nThe bridge'), text.index("    goals:\n      standing")
    (tmp_path / "copy.yaml").write_text(text[:start] + text[end:], encoding="utf-8")
    assert detente("check", "copy.yaml", home=tmp_path).returncode == 0
    assert detente("check", "copy.yaml", "--strict", home=tmp_path).returncode == 1


def test_schema_knows_the_format_and_with_a_scenario_its_ids(tmp_path: Path) -> None:
    """The schema has every key of the format; with a scenario it completes actors and tracks."""
    assert detente("schema", "first-round", "-o", "schema.json", home=tmp_path).returncode == 0
    found = json.loads((tmp_path / "schema.json").read_text(encoding="utf-8"))
    plain = json.loads(detente("schema", home=tmp_path).stdout)
    keys = read("first-round", (REPOSITORY / "scenarios" / "first-round" / "scenario.yaml").read_bytes()).value
    assert isinstance(keys, dict)
    assert set(keys) <= set(plain["properties"])
    assert found["$defs"]["id.who"]["enum"] == ["velmora", "osk", "parties", "seats"]
    change = found["$defs"]["Move"]["properties"]["change"]["$ref"].removeprefix("#/$defs/")
    assert {"tension", "lanes"} <= set(found["$defs"][change]["properties"])
    assert "properties" not in plain["$defs"]["Move"]["properties"]["change"]


def test_sources_say_who_says_it_and_who_disputes_it(tmp_path: Path) -> None:
    """One claim with speaker, date, status and denial; the id may be typed in small letters."""
    shown = detente("sources", "border-standoff-2021", "c02", home=tmp_path)
    assert shown.returncode == 0
    assert "(Armenia, 2021-05-12, claimed)" in " ".join(shown.stdout.split())
    assert "Disputed by Azerbaijan in C05." in " ".join(shown.stdout.split())
    found = answer(tmp_path, "sources", "border-standoff-2021")
    assert set(found) == {"claims", "dossiers"}
    assert {"C02", "C05", "N1"} <= set(found["claims"])  # type: ignore[call-overload]


def test_replay_of_a_seat_leaves_out_what_it_did_not_know(tmp_path: Path) -> None:
    """The whole journal is its owner's; a seat's replay has neither the seed nor what the other side kept to itself."""
    detente("run", "first-round", "--seed", "3", "--save", "three.detente", home=tmp_path)
    everything = detente("replay", "three.detente", home=tmp_path).stdout
    assert "Osk at home" in " ".join(everything.split())
    theirs = detente("replay", "three.detente", "--seat", "velmora", home=tmp_path).stdout
    assert "Velmora filed" in theirs
    assert "Osk filed" not in theirs
    assert "at home" not in " ".join(theirs.split())
    exported = answer(tmp_path, "replay", "three.detente", "--seat", "velmora", "--round", "2")
    assert [it["round"] for it in exported["rounds"]] == [2]  # type: ignore[attr-defined]
    assert "seed" not in exported
    assert "standing" not in json.dumps(exported["rounds"])
    assert answer(tmp_path, "replay", "three.detente")["seed"] == 3


def test_shells_complete_verbs_and_scenarios(tmp_path: Path) -> None:
    """The script is the shell's; asked as the shell asks, it offers verbs, and ids of the library."""
    for shell in ("bash", "zsh", "fish"):
        done = detente("completion", shell, home=tmp_path)
        assert "_DETENTE_COMPLETE" in done.stdout
        assert done.returncode == 0
    asked = {"_DETENTE_COMPLETE": "bash_complete", "COMP_WORDS": "detente play first", "COMP_CWORD": "2"}
    assert "plain,first-round" in detente(home=tmp_path, **asked).stdout
    asked = {"_DETENTE_COMPLETE": "bash_complete", "COMP_WORDS": "detente re", "COMP_CWORD": "1"}
    assert detente(home=tmp_path, **asked).stdout.split() == ["plain,replay"]

"""`detente graph` and `detente print` as people call them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.cli import edge
from sim.cli.verbs.graph import WHAT as OFFERED

Run = Callable[..., tuple[str, str, int]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """The command in this process."""
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path))

    def detente(*args: str) -> tuple[str, str, int]:
        with pytest.raises(SystemExit) as left:
            edge.run(args)
        out, err = capsys.readouterr()
        return out, err, int(left.value.code or 0)

    return detente


def test_graph_as_text_mermaid_and_json(run: Run) -> None:
    """The same things in three forms; heat has its games and repeats with its seed."""
    told, _, code = run("graph", "first-round", "--of", "tracks")
    assert code == 0
    assert "raised by Close a lane (+12)" in told
    assert run("graph", "first-round", "--as", "mermaid")[0].splitlines()[3] == "flowchart LR"
    found = json.loads(run("graph", "first-round", "--heat", "20", "--seed", "4", "--json")[0])
    assert set(found) == {"title", "games", "nodes", "edges"}
    assert found["games"] == 20
    assert set(found["nodes"][0]) == {"id", "title", "group", "note", "heat"}
    assert set(found["edges"][0]) == {"source", "target", "text", "sign", "heat"}
    assert found == json.loads(run("graph", "first-round", "--heat", "20", "--seed", "4", "--json")[0])


def test_graph_offers_what_can_be_drawn() -> None:
    """The verb names them without importing what draws them."""
    from sim.authoring.graph.edges import WHAT

    assert OFFERED == WHAT


def test_print_writes_a_file_or_the_terminal(run: Run, tmp_path: Path) -> None:
    """Markdown on stdout, or in a file with a word on what it is; without --english there is nothing to print."""
    page, _, code = run("print", "first-round", "--english")
    assert code == 0
    assert page.startswith("# First Round\n")
    said, _, code = run("print", "first-round", "--english", "-o", str(tmp_path / "page.md"))
    assert code == 0
    assert "First Round is in" in said
    assert (tmp_path / "page.md").read_text(encoding="utf-8") == page
    _, err, code = run("print", "first-round")
    assert code == 2
    assert "--english" in err


def test_wrong_use_is_told(run: Run, tmp_path: Path) -> None:
    """Unknown scenario, unknown kind, a folder that is not there."""
    assert run("graph", "first-rond")[2] == 2
    assert run("graph", "first-round", "--of", "friends")[2] == 2
    (tmp_path / "file").write_text("", encoding="utf-8")
    for more in (("--english",), ()):
        _, err, code = run("print", "first-round", *more, "-o", str(tmp_path / "file" / "page"))
        assert code == 2
        assert "cannot be written" in err
    for args, said in ((("first-round", "--masked", "-o", str(tmp_path / "m")), "no masked edition"),
                       (("first-round", "--preset", "shrt", "-o", str(tmp_path / "m")), "did you mean `short`"),
                       (("first-round", "--english", "--masked"), "--english"), (("first-round", "-o", "-"), "-o DIR")):
        _, err, code = run("print", *args)
        assert code == 2
        assert said in err
    assert not (tmp_path / "m").exists()


def test_print_puts_the_sheets_of_a_lesson_into_a_folder(run: Run, tmp_path: Path) -> None:
    """An index, a packet and forms for each delegation, and the facilitator's sheets apart."""
    said, _, code = run("print", "first-round", "-o", str(tmp_path / "lesson"))
    assert code == 0
    assert "Half a lesson: 30 minutes" in said
    assert {path.name for path in (tmp_path / "lesson" / "class").iterdir()} >= {
        "public.html", "schedule.html", "map.html", "packet-osk.html", "packet-velmora.html", "orders-osk.html"}
    assert {path.name for path in (tmp_path / "lesson" / "facilitator").iterdir()} == {"guide.html", "injects.html", "whole.html"}


def test_the_masked_edition_can_be_played(run: Run, tmp_path: Path) -> None:
    """It lies beside its sheets as a scenario like any other."""
    _, _, code = run("print", "border-standoff-2021", "--masked", "-o", str(tmp_path / "masked"))
    assert code == 0
    told, _, code = run("run", str(tmp_path / "masked" / "scenario"), "--until", "election", "--seed", "1")
    assert code == 0
    assert "Orvane" in told
    assert "Armenia" not in told

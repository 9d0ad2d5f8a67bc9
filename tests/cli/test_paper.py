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
    from sim.authoring.graph import WHAT

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
    _, err, code = run("print", "first-round", "--english", "-o", str(tmp_path / "none" / "page.md"))
    assert code == 1
    assert "No such file or directory" in err

"""`detente replay`: the timeline on a terminal, pages of text everywhere else; reading changes no byte of the save."""

from __future__ import annotations

import json
from pathlib import Path

import pexpect
import pytest

from sim.play import Match
from tests.cli.process import COMMAND, PATIENCE, detente, surroundings

CTRL_Q = "\x11"
ESCAPE = "\x1b"


@pytest.fixture
def save(tmp_path: Path) -> Path:
    """Two rounds of a match that a person plays."""
    path = tmp_path / "two.detente"
    lines = f"save {path}\norder 1\ngo\ngo\nquit\n"
    assert detente("play", "first-round", "--seat", "osk", "--seed", "3", home=tmp_path, lines=lines).returncode == 0
    return path


def at_terminal(home: Path, *args: str | Path, **more: str) -> pexpect.spawn:
    """The verb on a terminal of 100 columns and 30 rows."""
    return pexpect.spawn(COMMAND[0], [*COMMAND[1:], *map(str, args)], cwd=str(home), env=surroundings(home, **more),
                         dimensions=(30, 100), encoding="utf-8", timeout=PATIENCE)


def test_on_a_terminal_it_opens_the_timeline_at_a_round(save: Path) -> None:
    """The person's seat, the asked round; leaving asks nothing, is exit 0, and the file is as it was."""
    before = save.read_bytes()
    child = at_terminal(save.parent, "replay", save, "--round", "2")
    child.expect("Timeline")
    child.expect("Round 2 ")
    child.send(CTRL_Q)
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert save.read_bytes() == before


def test_a_round_can_be_played_on_from_a_terminal(save: Path) -> None:
    """`n` and enter go to the orders of the round; what was played stays in the same save as a line."""
    child = at_terminal(save.parent, "replay", save, "--round", "1")
    child.expect("Round 1 ")
    child.send("n")
    child.expect("Play on from round 1")
    child.send("\r")
    child.expect("Resolve round")
    child.send(CTRL_Q)
    child.expect("Leave")
    child.send(CTRL_Q)
    child.expect("The match is saved in ")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    match = Match.read(save)
    assert match.round == 1
    assert [branch.round for branch in match.branches()] == [1, 3]


@pytest.mark.parametrize(("args", "more"), [((), {"TERM": "dumb"}), (("--plain",), {}), (("--json",), {})])
def test_at_a_terminal_that_holds_no_screen_it_is_printed(save: Path, args: tuple[str, ...], more: dict[str, str]) -> None:
    """TERM=dumb, --plain and --json print without an escape code."""
    child = at_terminal(save.parent, "replay", save, "--seat", "osk", *args, **more)
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert ESCAPE not in child.before
    if args == ("--json",):
        assert json.loads(child.before)["viewer"] == "osk"
    else:
        assert "Round 2, 2 March 2030." in child.before


def test_through_a_pipe_it_is_printed(save: Path) -> None:
    """Without a terminal nothing changes: everything is told round by round, and the file is as it was."""
    before = save.read_bytes()
    done = detente("replay", save, "--round", "2", home=save.parent)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Round 2, 2 March 2030." in done.stdout
    assert "Round 1, " not in done.stdout
    assert save.read_bytes() == before


@pytest.mark.parametrize(("args", "told", "code"), [
    (("--round", "9"), "has come to round 3; choose 1 to 3.", 2), ((), "is not a save of Detente", 1)])
def test_what_cannot_be_opened_is_told_before_there_is_a_screen(save: Path, args: tuple[str, ...], told: str,
                                                                code: int) -> None:
    """A round that was not reached and a file that is no save are a sentence on the terminal."""
    if not args:
        save.write_bytes(b"no save")
    child = at_terminal(save.parent, "replay", save, *args)
    child.expect(pexpect.EOF)
    child.close()
    assert told in " ".join(child.before.split())
    assert "\x1b[?1049h" not in child.before
    assert child.exitstatus == code

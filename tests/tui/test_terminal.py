"""`detente` on a real pseudo-terminal: a poor one plays a whole game; leaving tells the shell how it was left."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.play import Match
from tests.cli.process import REPOSITORY, detente
from tests.terminal import Terminal


def still(home: Path, *arguments: str, **more: str) -> Terminal:
    """`detente` without animations, so that one key goes on."""
    return Terminal.detente(home, *arguments, TEXTUAL_ANIMATIONS="none", **more)


def to_the_end(terminal: Terminal, most: int) -> None:
    """Close rounds, at most so many, to the ending; then out with exit code 0 and the save named."""
    rounds = 0
    while "How it ended" not in terminal.text:
        rounds += 1
        assert rounds <= most
        terminal.press("r", "resolve the round")
        terminal.child.send("\r")
        terminal.until(lambda text: "Go on" in text and ("• " in text or "◦ " in text))
        terminal.child.send("\r")
        terminal.until(lambda text: "Resolve round" in text or "How it ended" in text)
    terminal.child.send("\x11")
    terminal.until(lambda text: "Leave?" in text)
    terminal.child.send("\r")
    code, said = terminal.left()
    assert code == 0
    assert "Traceback" not in said
    assert "The match is saved in" in said


def test_a_poor_terminal_plays_a_whole_game(tmp_path: Path) -> None:
    """Without colours, without Unicode in the locale: from the brief to an ending, and out with exit code 0."""
    terminal = still(tmp_path, "play", "first-round", "--seat", "osk", "--seed", "1", TERM="vt100", LC_ALL="C")
    terminal.until(lambda text: "Your goals" in text)
    terminal.press("\r", "Resolve round")
    to_the_end(terminal, 5)


@pytest.mark.parametrize("poor", [{"TERM": "xterm", "LC_ALL": "en_US.ISO-8859-1"}, {"TERM": "xterm-256color", "NO_COLOR": "1"}],
                         ids=["latin", "nocolor"])
def test_another_poor_terminal_plays_the_last_round(tmp_path: Path, poor: dict[str, str]) -> None:
    """A save of the last round: its brief, its room, its review, what came of it, its ending, and out with exit code 0."""
    save = tmp_path / "last.detente"
    lines = f"save {save}\n" + "go\n" * 4 + "quit\n"
    assert detente("play", "first-round", "--seat", "osk", "--seed", "1", home=tmp_path, lines=lines).returncode == 0
    terminal = still(tmp_path, "play", "--load", str(save), **poor)
    terminal.until(lambda text: "Resolve round" in text)
    terminal.press("b", "Your goals")
    terminal.press("\x1b", "Resolve round")
    to_the_end(terminal, 1)


def test_the_cursor_is_seen_without_colours(tmp_path: Path) -> None:
    """On a vt100 the line under the cursor is underlined."""
    terminal = still(tmp_path, "play", "first-round", "--seat", "velmora", "--seed", "1", TERM="vt100")
    terminal.until(lambda text: "Your goals" in text)
    terminal.press("\r", "Protest to Osk")
    row = next(y for y, line in enumerate(terminal.screen.display) if "Protest to Osk in public" in line)
    terminal.until(lambda text: any(cell.underscore for cell in terminal.screen.buffer[row].values()))
    terminal.child.sendcontrol("q")
    terminal.child.send("\r")
    terminal.left()


def test_ctrl_c_asks_once_saves_and_tells_the_shell(tmp_path: Path) -> None:
    """Ctrl-C and enter leave with 130, the file is named and holds the orders."""
    terminal = still(tmp_path, "play", "first-round", "--seat", "velmora", "--seed", "1")
    terminal.until(lambda text: "Your goals" in text)
    terminal.press("\r", "Protest to Osk")
    terminal.press("\r", "1 of 2")
    terminal.press("\x03", "Leave?")
    terminal.child.send("\x03")
    code, said = terminal.left()
    assert code == 130
    (save,) = (tmp_path / "saves").iterdir()
    assert save.name in said.replace("\r\n", "")
    with Match.load(save) as match:
        assert match.filed("velmora") is not None


def test_play_without_a_scenario_opens_the_home_screen(tmp_path: Path) -> None:
    """`detente play` and `detente` show the library; q leaves with 0."""
    terminal = still(tmp_path, "play")
    terminal.until(lambda text: "First Round" in text and "two-minute tour" in text)
    terminal.child.send("q")
    assert terminal.left()[0] == 0


def test_a_theme_that_does_not_exist_is_told_before_there_is_a_screen(tmp_path: Path) -> None:
    """One sentence with the nearest name and all that exist, one's own among them; exit code 2."""
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes" / "harbour.yaml").write_text("primary: '#4a90d9'", encoding="utf-8")
    code, said = still(tmp_path, "play", "first-round", "--theme", "detente-papr").left()
    assert code == 2
    said = said.replace("\r\n", "")
    assert "did you mean `detente-paper`" in said
    assert "harbour" in said
    assert "nord" in said
    assert "\x1b[?1049h" not in said


def test_a_broken_scenario_tells_its_problems_in_the_app(tmp_path: Path) -> None:
    """A file with a dozen errors: the first five, how many more, and the command that lists them."""
    text = (REPOSITORY / "scenarios" / "first-round" / "scenario.yaml").read_text(encoding="utf-8")
    for number in range(12):
        text = text.replace("change: {tension:", f"change: {{nothing{number}:", 1)
    broken = tmp_path / "broken.yaml"
    broken.write_text(text, encoding="utf-8")
    terminal = still(tmp_path, "play", str(broken), "--seat", "osk")
    terminal.until(lambda text: "It cannot be opened" in text)
    for _ in range(6):
        terminal.child.send("\x1b[6~")
    terminal.until(lambda text: "detente check" in text and "more" in text)
    assert terminal.text.count("broken.yaml:") <= 6
    terminal.press("\x1b", "two-minute tour")
    terminal.child.send("q")
    assert terminal.left()[0] == 0

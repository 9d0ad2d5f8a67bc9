"""Whatever goes wrong, a person reads one sentence, programs read an exit code, and nobody reads a traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from sim.cli import edge, log
from sim.play import Match
from tests.cli.process import COMMAND, PATIENCE, REPOSITORY, detente, surroundings

WRONG_USE = [
    (("play", "first-rund"), "did you mean `first-round`?"),
    (("play", "nowhere/at/all"), "There is no scenario at nowhere/at/all"),
    (("play",), "Which scenario?"),
    (("play", "first-round", "--seed", "many"), "`many` is no seed"),
    (("play", "first-round", "--seed", "-1"), "`-1` is no seed"),
    (("play", "first-round", "--seat", "velmara"), "did you mean `velmora`?"),
    (("play", "first-round", "--until", "month"), "no leg `month`"),
    (("play", "first-round", "--level", "brutal"), "'brutal' is not one of 'easy', 'standard', 'hard'"),
    (("play", "first-round", "--sead", "1"), "--seed"),
    (("ply", "first-round"), "Did you mean `play`?"),
    (("run", "first-round", "--policy", "osk"), "is not ACTOR=NAME"),
    (("run", "first-round", "--policy", "oks=persona"), "did you mean `osk`?"),
    (("run", "first-round", "--policy", "osk=personna"), "did you mean `persona`?"),
    (("run", "first-round", "--matches", "0"), "--matches"),
    (("run", "first-round", "--matches", "2", "--save", "x.detente"), "leave out --matches"),
    (("check", "nowhere.yaml"), "There is no scenario at nowhere.yaml"),
    (("check",), "PATH"),
    (("check", "."), "holds no scenario.yaml"),
    (("sources", "border-standoff-2021", "C0x5"), "There is no claim `C0x5`"),
    (("completion", "sh"), "'sh' is not one of"),
]


@pytest.mark.parametrize(("args", "told"), WRONG_USE, ids=[" ".join(args) for args, _ in WRONG_USE])
def test_wrong_use_is_told_in_a_sentence(args: tuple[str, ...], told: str, tmp_path: Path) -> None:
    """Exit 2, nothing on the output, a sentence with what exists instead."""
    done = detente(*args, home=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) <= 2


@pytest.mark.parametrize(("name", "content"), [
    ("missing.detente", None), ("text.detente", b"this is no save\n"), ("empty.detente", b""),
    ("cut.detente", b"SQLite format 3\0" + b"\0" * 90),
])
def test_a_save_that_is_none_is_refused_in_a_sentence(name: str, content: bytes | None, tmp_path: Path) -> None:
    """A missing, foreign, empty or truncated file: no traceback, the file is named."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    for args in (("play", "--load", name), ("replay", name)):
        done = detente(*args, home=tmp_path)
        assert done.returncode in (1, 2)
        assert done.stderr.startswith("Error: ")
        assert name in done.stderr
        assert len(done.stderr.splitlines()) == 1


def test_a_scenario_with_errors_cannot_be_played_and_says_all_of_them(tmp_path: Path) -> None:
    """Exit 1, with the same lines that check prints."""
    (tmp_path / "small.yaml").write_text("format: 1\nid: small\ntitel: Small\n", encoding="utf-8")
    done = detente("play", "small.yaml", home=tmp_path)
    assert done.returncode == 1
    assert "small.yaml:3:1" in done.stderr
    assert "The scenario cannot be played" in done.stderr


def test_what_lowering_alone_finds_is_the_authors_mistake_too(tmp_path: Path) -> None:
    """An amount per leg where none can stand: exit 1 and a sentence, no fault of ours."""
    text = (REPOSITORY / "scenarios" / "first-round" / "scenario.yaml").read_text(encoding="utf-8")
    text = text.replace("title: Five days}", "title: Five days}, later: {rounds: 2, step: 7 days}")
    text = text.replace("change: {tension: 6}", "change: {tension: {week: 6, later: 8}}")
    (tmp_path / "legs.yaml").write_text(text, encoding="utf-8")
    for verb in ("run", "play"):
        done = detente(verb, "legs.yaml", home=tmp_path)
        assert done.returncode == 1
        assert "cannot differ by leg" in done.stderr


@pytest.mark.parametrize("home", ["/proc/nothing", "taken"])
def test_a_folder_that_cannot_be_written_loses_nothing_but_the_save(home: str, tmp_path: Path) -> None:
    """The match can be played and be saved elsewhere; leaving it unsaved is exit 1 and says so."""
    if home.startswith("/proc") and not Path("/proc").is_dir():
        pytest.skip("no /proc here")
    (tmp_path / "taken").write_text("a file, not a folder", encoding="utf-8")
    place = home if home.startswith("/") else str(tmp_path / home)
    args = ("play", "first-round", "--seat", "osk", "--seed", "1")
    done = detente(*args, home=tmp_path, lines="go\n", DETENTE_HOME=place)
    assert done.returncode == 1
    assert "Round 2 of 5." in done.stdout
    assert "The match is not saved:" in done.stdout
    assert "Traceback" not in done.stderr + done.stdout
    saved = detente(*args, home=tmp_path, lines="go\nsave elsewhere.detente\n", DETENTE_HOME=place)
    assert saved.returncode == 0
    assert Match.read(tmp_path / "elsewhere.detente").round == 2


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """What the system refuses is told with the file, exit 1."""
    done = detente("schema", "-o", "no/such/folder.json", home=tmp_path)
    assert done.returncode == 1
    assert "no/such/folder.json" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("args", [("schema",), ("list",), ("--help",)])
def test_a_closed_pipe_is_quiet(args: tuple[str, ...], tmp_path: Path) -> None:
    """`detente … | head -1` prints a line and no complaint."""
    line = " ".join([*COMMAND, *args])
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {line} | head -1"], capture_output=True, text=True,
                          timeout=PATIENCE, env=surroundings(tmp_path), check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 1


def test_a_match_whose_reader_went_away_is_kept(tmp_path: Path) -> None:
    """Line mode whose reader leaves once the save is named: quiet, and the save can be opened."""
    line = " ".join([*COMMAND, "play first-round --seat osk --seed 1"])
    done = subprocess.run(["bash", "-c", f"yes go | head -3 | {line} | grep -m 1 'is kept in'"], capture_output=True, text=True,
                          timeout=PATIENCE, env=surroundings(tmp_path), check=False)
    assert done.stderr == ""
    (save,) = (tmp_path / "saves").iterdir()
    assert Match.read(save).game.id == "first-round"


def test_the_end_of_input_saves_names_the_file_and_is_fine(tmp_path: Path) -> None:
    """Exit 0; the named file goes on where the match stood."""
    done = detente("play", "first-round", "--seat", "osk", "--seed", "1", home=tmp_path, lines="go\ngo\n")
    assert done.returncode == 0
    (named,) = [line.removeprefix("The match is saved: ") for line in done.stdout.splitlines()
                if line.startswith("The match is saved: ")]
    again = detente("play", "--load", named, home=tmp_path)
    assert again.returncode == 0
    assert "Round 3 of 5." in again.stdout


def test_one_save_is_played_by_one_process(tmp_path: Path) -> None:
    """A second player of the same save is told so and changes nothing."""
    save = tmp_path / "one.detente"
    detente("play", "first-round", "--seat", "osk", "--seed", "1", home=tmp_path, lines=f"save {save}\n")
    with Match.load(save):
        done = detente("play", "--load", save, home=tmp_path)
    assert done.returncode == 1
    assert "one.detente" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_terminal_that_is_dumb_gets_line_mode_and_ctrl_c_asks_once(tmp_path: Path) -> None:
    """TERM=dumb: no escape code at all; the first Ctrl-C asks, the second saves and exits 130."""
    child = pexpect.spawn(sys.executable, ["-m", "sim.cli", "play", "first-round", "--seat", "osk", "--seed", "1"],
                          env=surroundings(tmp_path, TERM="dumb"), encoding="utf-8", timeout=PATIENCE, cwd=str(tmp_path))
    child.expect("`help` for the rest.")
    child.expect("> ")
    first = child.before
    child.sendintr()
    child.expect("Ctrl-C again saves it and leaves")
    child.sendline("status")
    child.expect("You are Osk")
    child.sendintr()
    child.expect("Ctrl-C again saves it and leaves")
    child.sendintr()
    child.expect("The match is saved: ")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130
    assert "\x1b" not in first + str(child.before)


def test_ctrl_c_into_a_pipe_saves_at_once(tmp_path: Path) -> None:
    """Nobody can answer a question there: the match is saved, exit 130."""
    child = subprocess.Popen([*COMMAND, "play", "first-round", "--seat", "osk", "--seed", "1"], stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path,
                             env=surroundings(tmp_path))
    assert child.stdout is not None
    while "`help` for the rest." not in (line := child.stdout.readline()):
        assert line, "it ended before it could be interrupted"
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=PATIENCE)
    assert (child.returncode, err) == (130, "")
    assert "The match is saved: " in out


def test_a_fault_of_our_own_is_a_sentence_and_its_traceback_goes_to_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 3, a code, the path of the log; the traceback is in the file and nowhere else."""
    import sim.play.library

    def fail(*_: object) -> None:
        raise ZeroDivisionError("a bug")

    file = tmp_path / "own.log"
    monkeypatch.setattr(sim.play.library, "scenarios", fail)
    monkeypatch.setattr(log, "_chosen", [])
    with pytest.raises(SystemExit) as left:
        edge.run(["--log", str(file), "list"])
    told = capsys.readouterr().err
    assert left.value.code == 3
    assert "D900" in told
    assert str(file) in told
    assert "Traceback" not in told
    assert "ZeroDivisionError: a bug" in file.read_text(encoding="utf-8")


def test_streams_are_utf_8_whatever_the_system_says(tmp_path: Path) -> None:
    """An ASCII locale prints the scenarios; bytes that are no text are read as replacements."""
    plain = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = detente("play", "first-round", "--seat", "osk", "--seed", "1", home=tmp_path, lines="? 1\n", **plain)
    assert done.returncode == 0
    assert "tension +6" in done.stdout.lower()
    raw = subprocess.run([*COMMAND, "play", "first-round", "--seat", "osk", "--seed", "1"], input=b"\xff\xfe\x1b[31m\n",
                         capture_output=True, timeout=PATIENCE, cwd=tmp_path, env=surroundings(tmp_path, **plain),
                         check=False)
    assert raw.returncode == 0
    assert b"\x1b" not in raw.stdout
    assert b"There is no command" in raw.stdout


def test_a_process_needs_no_home_at_all(tmp_path: Path) -> None:
    """Without DETENTE_HOME the system's own folders are used, and only when they are needed."""
    env = {key: value for key, value in surroundings(tmp_path).items() if key != "DETENTE_HOME"}
    done = subprocess.run([*COMMAND, "list"], capture_output=True, text=True, timeout=PATIENCE, cwd=REPOSITORY,
                          env={**env, "HOME": os.fspath(tmp_path)}, check=False)
    assert done.returncode == 0
    assert list(tmp_path.iterdir()) == []

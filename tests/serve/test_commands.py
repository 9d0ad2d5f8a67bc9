"""`detente host` and `detente join` where they cannot work: one sentence that says what to do, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pexpect
import pytest
from click.testing import CliRunner

from sim.cli.command import detente
from sim.errors import DetenteError
from tests.play.test_save_errors import plain_user  # noqa: F401 a fixture
from tests.serve.hosts import ROOT, a_lesson, command, free_port, said

WITHOUT = "import sys; sys.modules.update(dict.fromkeys(('aiohttp', 'segno', 'textual_serve', 'jinja2', 'markupsafe')))"
"""As if the extra `host` had not been installed."""


def refused(*words: str | Path) -> tuple[str, str]:
    """The sentence and the code with which a command is refused inside this process."""
    result = CliRunner().invoke(detente, [str(word) for word in words])
    assert result.exit_code != 0
    if isinstance(result.exception, DetenteError):
        return result.exception.sentence, result.exception.code
    return result.output, ""


def test_without_the_extra_both_say_what_to_install_and_playing_needs_none_of_it(tmp_path: Path) -> None:
    """One sentence with the command to type."""
    told = said("host", "first-round", home=tmp_path, code=2, before=WITHOUT)
    assert told.startswith("Error: Hosting and joining a class need more than playing does: pip install 'detente[host]'.")
    assert told.count("\n") == 1
    args, env = command("join", "http://127.0.0.1:1/j/AAAAAA", "--name", "x", home=tmp_path)
    joining = pexpect.spawn(args[0], ["-c", f"{WITHOUT}; from sim.cli import main; sys.exit(main())", *args[4:]], env=env,
                            cwd=str(ROOT), timeout=30, encoding="utf-8", dimensions=(40, 200))
    joining.expect(pexpect.EOF)
    joining.close()
    assert joining.exitstatus == 2
    assert "pip install 'detente[host]'" in joining.before
    assert "Traceback" not in joining.before
    assert said("run", "first-round", "--seed", "1", home=tmp_path, code=0, before=WITHOUT)


@pytest.mark.parametrize(("words", "sentence", "code"), [
    ((), "Which scenario?", "D332"),
    (("no-such-scenario",), "no-such-scenario", None),
    (("first-round", "--preset", "fortnight"), "no preset `fortnight`", None),
    (("first-round", "--until", "never"), "never", None),
    (("first-round", "--port", "70000"), "70000", None),
    (("first-round", "--tables", "0"), "0", None),
    (("first-round", "--bind", "127.0.0.1", "--tls-cert", "none.pem"), "give both in PEM with --tls-cert and --tls-key", "D394"),
    (("first-round", "--bind", "192.0.2.77"), "choose another --port or --bind", "D393"),
    (("first-round", "--bind", "no such name"), "choose another --port or --bind", "D393"),
])
def test_a_host_that_cannot_be_is_refused(words: tuple[str, ...], sentence: str, code: str | None, tmp_path: Path,
                                         monkeypatch: pytest.MonkeyPatch) -> None:
    """Wrong words, ports, addresses and certificates: a sentence, and the port is not taken."""
    monkeypatch.setattr("sim.serve.process.set_surroundings", lambda: None)
    told, found = refused("host", *words, "--save", tmp_path / "class.detente", *(() if "--port" in words else ("--port", str(free_port()))))
    assert sentence in told
    assert code in (None, found)
    assert "Traceback" not in told


def test_a_lesson_that_may_only_be_read_is_not_hosted(plain_user: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    """The file is named, and what to do; nothing is opened."""
    monkeypatch.setattr("sim.serve.process.set_surroundings", lambda: None)
    path = plain_user / "class.detente"
    a_lesson(path)
    for file, folder in ((0o444, 0o755), (0o600, 0o555)):
        path.chmod(file)
        plain_user.chmod(folder)
        told, code = refused("host", path, "--bind", "127.0.0.1", "--port", "0")
        assert told == f"{path} cannot be written: it may only be read; copy it to a folder that you may write to."
        assert code == "D205"


def test_joining_without_a_terminal_is_refused() -> None:
    """A browser can do it instead."""
    told, code = refused("join", "http://127.0.0.1:1")
    assert (code, "a browser can open the address too" in told) == ("D399", True)


@pytest.mark.parametrize(("address", "sentence"), [
    ("ftp://127.0.0.1/j/AAAAAA", "is no address of a host"), ("http://127.0.0.1:99999/j/AAAAAA", "is no address of a host"),
    ("http://127.0.0.1:9/j/AAAAAA", "No host answers at"),
])
def test_joining_where_there_is_no_host_is_refused(address: str, sentence: str) -> None:
    """With the address that was meant and what to look at."""
    import asyncio

    from sim.errors import UsageError
    from sim.serve.terminals.join import join, place_of

    async def knock() -> None:
        place = place_of(address)
        await join(place, place.code, "x", "blocks")

    with pytest.raises(UsageError) as caught:
        asyncio.run(knock())
    assert sentence in caught.value.sentence
    assert "\n" not in caught.value.sentence


@pytest.mark.parametrize("verb", ["host", "join"])
def test_help_has_an_example(verb: str) -> None:
    """Every option has a line, and there is something to copy."""
    result = CliRunner().invoke(detente, [verb, "--help"])
    assert result.exit_code == 0
    assert f"Example:  detente {verb} " in result.output
    assert "--tls-cert" in result.output

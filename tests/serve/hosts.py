"""Hosts as processes of their own: `detente host` on a free port of loopback, as a teacher starts it."""

from __future__ import annotations

import contextlib
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from sim.lesson import Lesson, Limits, Plan
from sim.scenario.load import load
from tests.cli.process import surroundings
from tests.serve.people import SCENARIOS

ROOT = Path(__file__).parents[2]
MANY = Limits(people=100_000, messages_a_minute=100_000, orders_a_minute=100_000, joins_a_minute=100_000)
OPEN = Plan("test", until=3, minutes=None, briefing=None, on_all_filed=False, unfiled="pass", absent="pass", limits=MANY)
OPENED = "Ctrl-C ends"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def command(*words: str | Path, home: Path) -> tuple[list[str], dict[str, str]]:
    """`detente …` with a log of its own, and its surroundings."""
    return ([sys.executable, "-u", "-m", "sim.cli", "--log", str(home / "log"), *map(str, words)],
            surroundings(home))


def said(*words: str | Path, home: Path, code: int, before: str = "") -> str:
    """What a command that ends by itself prints on the error stream; its exit code must be the one given."""
    args, env = command(*words, home=home)
    if before:
        args = [sys.executable, "-c", f"{before}; import sys; sys.argv[0] = 'detente'; from sim.cli import main; sys.exit(main())",
                *args[4:]]
    done = subprocess.run(args, env=env, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    return done.stderr if code else done.stdout


class HostProcess:
    """A host that runs until it is ended."""

    def __init__(self, what: str | Path, *options: str, home: Path, port: int = 0) -> None:
        """Start it and wait until it is open; `what` is a scenario or the file of a lesson."""
        self.log = home / "log"
        args, env = command("host", what, "--bind", "127.0.0.1", "--port", str(port or free_port()), "--ready", "0", *options,
                            home=home)
        self.process = subprocess.Popen(args, env=env, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        lines = []
        with patience(self.process):
            for line in self.process.stdout:
                lines.append(line)
                if OPENED in line:
                    break
        self.printed = "".join(lines)
        assert OPENED in self.printed, self.process.communicate()[1]

    @property
    def base(self) -> str:
        """`http://127.0.0.1:PORT`."""
        return next(line.split()[-1] for line in self.printed.splitlines() if line.startswith("Join at:"))

    def told(self) -> str:
        """What stands in its log."""
        return self.log.read_text(encoding="utf-8") if self.log.exists() else ""

    def kill(self) -> None:
        """End it without a word."""
        self.process.kill()
        self.process.communicate()

    def end(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, str, str]:
        """End it as the system or its owner does; exit code, and what it printed since it was open."""
        self.process.send_signal(number)
        with patience(self.process):
            out, err = self.process.communicate()
        return self.process.returncode, out, err

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.kill()


@contextlib.contextmanager
def patience(process: subprocess.Popen[str], seconds: float = 40.0) -> Iterator[None]:
    """Kill a process that does not come on."""
    timer = threading.Timer(seconds, process.kill)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def a_lesson(path: Path, plan: Plan = OPEN, people: tuple[tuple[str, str], ...] = (("Ada", "velmora"), ("Ben", "osk")), *,
             scenario: str = "first-round", begun: bool = True) -> dict[str, tuple[str, str]]:
    """Write a lesson whose first round is open; of each person who came in the id and the token."""
    lesson, _ = Lesson.new(load(SCENARIOS / scenario, scenario), plan, path=path, seed=7)
    with lesson:
        out = {}
        for name, seat in people:
            answer, token = lesson.join(lesson.seating.place(1, seat).code, name)
            assert answer.ok
            out[name] = (answer.id, token)
        if begun:
            assert lesson.trigger("facilitator", "begin").ok
    return out



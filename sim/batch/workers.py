"""batch: tasks on one game, here or in processes of their own, that stop when they are told to."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from time import monotonic
from types import TracebackType
from typing import Any, NamedTuple, Self

from sim.batch.executors import undisturbed
from sim.rules.tables import Game

Going = Callable[[], bool]


class Task(NamedTuple):
    """A function of a module with what it is given besides the game and the question whether to go on."""

    run: Callable[..., Any]
    args: tuple[Any, ...]
    seconds: float
    """How long it may take."""


class _Here(NamedTuple):
    """What a worker process keeps between tasks."""

    game: Game
    stop: Any


_HERE: list[_Here] = []


def _settle(game: Game, stop: Any) -> None:
    """Begin a worker: Ctrl-C is the business of the process that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _HERE[:] = [_Here(game, stop)]


def _work(task: Task) -> Any:
    here = _HERE[0]
    end = monotonic() + task.seconds
    return task.run(here.game, *task.args, lambda: monotonic() < end and not here.stop.is_set())


class Workers:
    """Runs tasks of one game; with one job in this process, otherwise in as many others."""

    def __init__(self, game: Game, jobs: int) -> None:
        self.game = game
        self.jobs = max(1, jobs)
        self._pool: ProcessPoolExecutor | None = None
        self._stop: Any = None
        if self.jobs > 1:
            self._start()

    def _start(self) -> None:
        context = get_context("spawn")
        try:
            self._stop = context.Event()
            self._pool = ProcessPoolExecutor(self.jobs, context, _settle, (self.game, self._stop))
        except (OSError, ImportError, NotImplementedError):
            # a system without semaphores or processes: one after another will do
            self._pool, self.jobs = None, 1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, wrong: BaseException | None, trace: TracebackType | None) -> None:
        if self._pool is not None:
            with undisturbed():
                self._stop.set()
                self._pool.shutdown(wait=True, cancel_futures=True)

    def each(self, tasks: Iterator[Task], busy: Callable[[], None] = lambda: None) -> Iterator[Any]:
        """The results as they come; a task is taken only when somebody can begin it. `busy` is called while waiting."""
        if self._pool is None:
            for here in tasks:
                end = monotonic() + here.seconds
                yield here.run(self.game, *here.args, lambda end=end: monotonic() < end)
            return
        running: set[Future[Any]] = set()
        try:
            while True:
                while len(running) < self.jobs and (task := next(tasks, None)) is not None:
                    with undisturbed():
                        running.add(self._pool.submit(_work, task))
                if not running:
                    return
                done, running = wait(running, timeout=0.2, return_when=FIRST_COMPLETED)
                busy()
                for future in done:
                    yield future.result()
        except BrokenProcessPool:
            self._pool, self.jobs = None, 1
            yield from self.each(tasks, busy)

"""batch: tasks on one game, here or in processes of their own."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from time import monotonic
from types import TracebackType
from typing import Any, NamedTuple, Self

from sim.batch.crew import Crew, Lost
from sim.rules.tables import Game

Going = Callable[[], bool]


class Task(NamedTuple):
    """A function of a module with what it is given besides the game and the question whether to go on."""

    run: Callable[..., Any]
    args: tuple[Any, ...]
    seconds: float
    """How long it may take."""


@dataclass(frozen=True, slots=True)
class _Running:
    """What a worker process does, and what this process does where there are none."""

    game: Game

    def __call__(self, task: Task, going: Going = lambda: True) -> Any:
        end = monotonic() + task.seconds
        return task.run(self.game, *task.args, lambda: monotonic() < end and going())


class Workers:
    """Runs tasks of one game; with one job in this process, otherwise in as many others."""

    def __init__(self, game: Game, jobs: int, going: Going = lambda: True) -> None:
        """Where tasks run in this process, they also ask `going` whether to go on."""
        self.game = game
        self._going = going
        self.jobs = max(1, jobs)
        self._run = _Running(game)
        self._crew: Crew[Task, Any] | None = Crew(self.jobs, self._run) if self.jobs > 1 else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, wrong: BaseException | None, trace: TracebackType | None) -> None:
        if self._crew is not None:
            self._crew.close()

    def each(self, tasks: Iterator[Task], busy: Callable[[], None] = lambda: None) -> Generator[Any, None, None]:
        """The results as they come; a task is taken only when somebody can begin it. `busy` is called while waiting."""
        if self._crew is not None:
            try:
                with closing(self._crew.each(tasks, busy)) as done:
                    for _, result in done:
                        yield result
            except Lost:
                # the system refuses processes or ended one: one task after another will do
                self._crew, self.jobs = None, 1
            else:
                return
        for task in tasks:
            yield self._run(task, self._going)

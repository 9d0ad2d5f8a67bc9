"""batch: where chunks are played: here, or in processes of their own."""

from __future__ import annotations

import os
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Protocol

from sim.batch.crew import Crew, Lost
from sim.batch.series import Chunk, Engine, Played, Readable, Series
from sim.errors import DetenteError

Done = tuple[Chunk, Played]


class Executor(Protocol):
    """Something that has chunks played, in any order and in any place."""

    @property
    def processes(self) -> int:
        """How many chunks it plays at a time."""
        ...

    def run(self, series: Sequence[Series], chunks: Sequence[Chunk]) -> Generator[Done, None, None]:
        """Each chunk with what came of it, as they are finished. Closing the iterator drops what was not begun."""
        ...


@dataclass(frozen=True, slots=True)
class Here:
    """One chunk after the other in this process."""

    engine: Engine = field(default_factory=Readable)
    processes: int = 1

    def run(self, series: Sequence[Series], chunks: Sequence[Chunk]) -> Generator[Done, None, None]:
        """In the order of the chunks."""
        for chunk in chunks:
            yield chunk, self.engine.play(series[chunk.series], chunk.first, chunk.games)


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class _Playing:
    """What the other processes do."""

    engine: Engine
    series: tuple[Series, ...]

    def __call__(self, chunk: Chunk) -> Played:
        return self.engine.play(self.series[chunk.series], chunk.first, chunk.games)


@dataclass(frozen=True, slots=True)
class Processes:
    """Chunks in processes that are started for the purpose, the same way on every system."""

    processes: int = field(default_factory=cores)
    engine: Engine = field(default_factory=Readable)

    def run(self, series: Sequence[Series], chunks: Sequence[Chunk]) -> Generator[Done, None, None]:
        """As they are finished. Raises `DetenteError` if the system ends one of the processes."""
        # two a process are under way: none waits for work, and an interruption loses little
        crew: Crew[Chunk, Played] = Crew(self.processes, _Playing(self.engine, tuple(series)), ahead=2)
        with crew, closing(crew.each(iter(chunks))) as done:
            try:
                yield from done
            except Lost as lost:
                raise DetenteError("One of the processes that play the games was ended by the system, probably for want "
                                   "of memory; close other programs and try again.", "D340") from lost

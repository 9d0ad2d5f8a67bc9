"""batch: where chunks are played: here, or in processes of their own."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from sim.batch.series import Chunk, Engine, Played, Readable, Series
from sim.errors import DetenteError

Done = tuple[Chunk, Played]


class Executor(Protocol):
    """Something that has chunks played, in any order and in any place."""

    @property
    def processes(self) -> int:
        """How many chunks it plays at a time."""
        ...

    def run(self, series: Sequence[Series], chunks: Sequence[Chunk]) -> Iterator[Done]:
        """Each chunk with what came of it, as they are finished. Closing the iterator drops what was not begun."""
        ...


@dataclass(frozen=True, slots=True)
class Here:
    """One chunk after the other in this process."""

    engine: Engine = field(default_factory=Readable)
    processes: int = 1

    def run(self, series: Sequence[Series], chunks: Sequence[Chunk]) -> Iterator[Done]:
        """In the order of the chunks."""
        for chunk in chunks:
            yield chunk, self.engine.play(series[chunk.series], chunk.first, chunk.games)


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Processes:
    """Chunks in processes that are started for the purpose, the same way on every system."""

    processes: int = field(default_factory=cores)
    engine: Engine = field(default_factory=Readable)

    def run(self, series: Sequence[Series], chunks: Sequence[Chunk]) -> Iterator[Done]:
        """As they are finished. Raises `DetenteError` if the system ends one of the processes."""
        # in one piece, so that series of one game share its tables on the other side
        told = pickle.dumps((self.engine, tuple(series)))
        pool = ProcessPoolExecutor(self.processes, multiprocessing.get_context("spawn"), _prepare, (told,))
        left = iter(chunks)
        running: dict[Future[Played], Chunk] = {}
        others = set(multiprocessing.active_children())
        finished = False
        try:
            while True:
                # two a process are under way: none waits for work, and an interruption loses little
                while len(running) < 2 * self.processes and (chunk := next(left, None)) is not None:
                    with undisturbed():
                        running[pool.submit(_play, chunk)] = chunk
                if not running:
                    finished = True
                    return
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    yield running.pop(future), future.result()
        except BrokenProcessPool as broken:
            raise DetenteError("One of the processes that play the games was ended by the system, probably for want of "
                               "memory; close other programs and try again.", "D340") from broken
        finally:
            with undisturbed():
                if not finished:
                    # whoever stops listening wants no result any more, and waiting for one would look like hanging
                    for process in set(multiprocessing.active_children()) - others:
                        process.terminate()
                pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Ctrl-C waits until the end of this, and processes begun in it never hear of it.

    A terminal sends it to all processes, and only this one is to answer.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# -- in the other process

_WORK: list[tuple[Engine, tuple[Series, ...]]] = []


def _prepare(told: bytes) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _WORK[:] = [pickle.loads(told)]  # noqa: S301 written by the process that started this one


def _play(chunk: Chunk) -> Played:
    engine, series = _WORK[0]
    return engine.play(series[chunk.series], chunk.first, chunk.games)

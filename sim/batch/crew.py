"""batch: processes that work for this one, each on a pipe of its own.

They share nothing, no queue, lock or thread: any of them may be ended at any moment, and so may whoever waits for them.
A pool that shares a queue cannot promise that: an interruption between two of its locks leaves one taken for ever.
"""

from __future__ import annotations

import multiprocessing
import pickle
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from threading import current_thread, main_thread
from traceback import format_exc
from types import FrameType, TracebackType
from typing import Any, Generic, Self, TypeVar

Told = TypeVar("Told")
Answer = TypeVar("Answer")

TICK = 0.2
"""Seconds between two calls of `busy` while nothing comes in."""


class Lost(Exception):
    """A process could not begin, or has gone before it answered."""


@dataclass(slots=True)
class _Hand(Generic[Told]):
    """A process with the end of its pipe, and what it has been told and not yet answered."""

    process: BaseProcess
    pipe: Connection
    told: deque[Told] = field(default_factory=deque)


class Crew(Generic[Told, Answer]):
    """Up to so many processes that apply one function to whatever they are told.

    Function, what they are told and what they answer must survive pickling. A process is started when there is work for
    it, the same way on every system, and ends with this one, however that ends.
    """

    def __init__(self, processes: int, work: Callable[[Told], Answer], ahead: int = 1) -> None:
        """`ahead` is how much a process is told before it has answered; more than 1 only of what is small."""
        self.processes = max(1, processes)
        self._ahead = ahead
        # in one piece, so that what its parts share is shared on the other side
        self._work = pickle.dumps(work)
        self._hands: list[_Hand[Told]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, wrong: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def each(self, tasks: Iterator[Told], busy: Callable[[], None] = lambda: None) -> Generator[tuple[Told, Answer], None, None]:
        """Tasks with their answers, as these come in; a task is taken only when somebody can begin it.

        `busy` is called now and then. Raises `Lost` if a process has gone, and whatever the function raised. Unless it
        is listened to until the end, the processes are ended.
        """
        finished = False
        try:
            while True:
                self._hand_out(tasks)
                waiting = {hand.pipe: hand for hand in self._hands if hand.told}
                if not waiting:
                    finished = True
                    return
                ready = wait(list(waiting), TICK)
                busy()
                for pipe in ready:
                    hand = waiting[pipe]  # type: ignore[index]
                    yield hand.told.popleft(), self._answer(hand)
        finally:
            if not finished:
                self.close()

    def close(self) -> None:
        """End all processes, whatever they are doing; returns when they are gone."""
        with undisturbed():
            hands, self._hands = self._hands, []
            for hand in hands:
                hand.process.kill()
            for hand in hands:
                hand.process.join()
                hand.process.close()
                hand.pipe.close()

    def _hand_out(self, tasks: Iterator[Told]) -> None:
        """Tell everybody as much as may be told, the idle first; new processes all start before one is waited for."""
        begun: list[_Hand[Told]] = []
        for depth in range(self._ahead):
            for n in range(self.processes):
                if n < len(self._hands) and len(self._hands[n].told) > depth:
                    continue
                try:
                    task = next(tasks)
                except StopIteration:
                    return self._tell(begun)
                if n == len(self._hands):
                    begun.append(self._start())
                self._hands[n].told.append(task)
                if self._hands[n] not in begun:
                    self._send(self._hands[n], pickle.dumps(task))
        self._tell(begun)
        return None

    def _tell(self, begun: list[_Hand[Told]]) -> None:
        """What they are to do, and the first tasks; blocks until they can listen, and can be interrupted."""
        for hand in begun:
            for what in (self._work, *map(pickle.dumps, hand.told)):
                self._send(hand, what)

    def _start(self) -> _Hand[Told]:
        context = multiprocessing.get_context("spawn")
        try:
            _begin_tracker()
            with undisturbed():
                ours, theirs = context.Pipe()
                # a daemon: should everything else fail, the interpreter ends it before it ends itself
                process = context.Process(target=_serve, args=(theirs,), daemon=True)
                process.start()
                theirs.close()
                hand: _Hand[Told] = _Hand(process, ours)
                self._hands.append(hand)
        except OSError as refused:
            raise Lost from refused
        return hand

    @staticmethod
    def _send(hand: _Hand[Told], what: bytes) -> None:
        try:
            hand.pipe.send_bytes(what)
        except OSError as gone:
            raise Lost from gone

    @staticmethod
    def _answer(hand: _Hand[Told]) -> Answer:
        try:
            fine, answer = hand.pipe.recv()
        except (EOFError, OSError) as gone:
            raise Lost from gone
        if not fine:
            raise answer
        found: Answer = answer
        return found


@contextmanager
def undisturbed() -> Iterator[None]:
    """Ctrl-C waits until the end of this, and processes begun in it never hear of it.

    A terminal sends it to all processes, and only this one is to answer.
    """
    with _noted(), _masked():
        yield


@contextmanager
def _masked() -> Iterator[None]:
    """Processes begun in this inherit that it is blocked."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # asked first: a Ctrl-C that has just come in is raised by the call that blocks the next, and the mask must go back
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    try:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _noted() -> Iterator[None]:
    """The handler is called at the end of this: a mask is one thread's, and any other thread may be given the signal."""
    handler = signal.getsignal(signal.SIGINT)
    if not callable(handler) or current_thread() is not main_thread():
        yield  # it ends the process, is ignored, or is raised elsewhere
        return
    came: list[FrameType | None] = []
    signal.signal(signal.SIGINT, lambda _, frame: came.append(frame))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)
        if came:
            handler(signal.SIGINT, came[0])


def _begin_tracker() -> None:
    """The process that Python starts beside the first of others lets Ctrl-C through while it begins: let it be there."""
    if hasattr(signal, "pthread_sigmask"):
        from multiprocessing import resource_tracker

        resource_tracker.ensure_running()


# -- in the other process


def _serve(pipe: Connection) -> None:
    """Answer until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        # written by the process that began this
        fine, work = _tried(pickle.loads, pipe.recv_bytes())
        while True:
            task = pickle.loads(pipe.recv_bytes())  # noqa: S301
            pipe.send(_tried(work, task) if fine else (fine, work))
    except (EOFError, OSError):
        # the process that asked is gone
        return


def _tried(work: Callable[[Any], Any], task: Any) -> tuple[bool, Any]:
    """What came of it, or what it raised, with the place where that was."""
    try:
        return True, work(task)
    except Exception as wrong:  # noqa: BLE001 it is raised again where it was asked for
        wrong.add_note(format_exc())
        return False, wrong

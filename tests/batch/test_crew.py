"""Processes on pipes of their own: whatever ends the waiting, none of them is left and nothing waits for them."""

from __future__ import annotations

import os
import signal
import threading
from multiprocessing import active_children

import pytest

from sim.batch.crew import Crew, Lost, undisturbed


def halved(number: int) -> int:
    """Half of an even number; odd ones are refused, and 0 ends the process."""
    if number == 0:
        os._exit(3)
    if number % 2:
        raise ValueError(f"{number} is odd")
    return number // 2


def test_answers_come_with_what_was_asked() -> None:
    """Every task once, more than there are processes and more than one at a time."""
    with Crew(2, halved, ahead=2) as crew:
        assert sorted(crew.each(iter(range(2, 30, 2)))) == [(n, n // 2) for n in range(2, 30, 2)]
        assert list(crew.each(iter([8]))) == [(8, 4)]
    assert active_children() == []


def test_what_is_raised_there_is_raised_here() -> None:
    """With the place where it happened as a note."""
    crew: Crew[int, int] = Crew(1, halved)
    with pytest.raises(ValueError, match="3 is odd") as raised:
        list(crew.each(iter([2, 3, 4])))
    assert any("halved" in note for note in raised.value.__notes__)
    assert active_children() == []


def test_a_process_that_goes_is_missed() -> None:
    """Its answer never comes, and nobody waits for it."""
    with pytest.raises(Lost):
        list(Crew(1, halved).each(iter([0])))
    assert active_children() == []


def test_an_interruption_while_waiting_ends_all() -> None:
    """Also a second one that comes while the first is being answered."""
    def press() -> None:
        os.kill(os.getpid(), signal.SIGINT)

    def listen() -> None:
        with Crew(2, halved) as crew:
            for _ in crew.each(iter(range(2, 10_000, 2)), press):
                press()

    with pytest.raises(KeyboardInterrupt):
        listen()
    assert active_children() == []


def ctrl_c() -> None:
    """Press it; returns when some thread of this process has been given it, whichever the system chose."""
    heard, told = os.pipe()
    os.set_blocking(told, False)
    before = signal.set_wakeup_fd(told)
    try:
        os.kill(os.getpid(), signal.SIGINT)
        os.read(heard, 1)
    finally:
        signal.set_wakeup_fd(before)
        os.close(heard)
        os.close(told)


def test_ctrl_c_waits_for_what_must_not_be_disturbed() -> None:
    """It comes at the end, though another thread is given it at once: a mask is one thread's."""
    done, over = [], threading.Event()
    other = threading.Thread(target=over.wait)
    other.start()

    def disturbed() -> None:
        with undisturbed():
            ctrl_c()
            done.append(1)

    try:
        with pytest.raises(KeyboardInterrupt):
            disturbed()
    finally:
        over.set()
        other.join()
    assert done == [1]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="signal masks are POSIX")
def test_what_must_not_be_disturbed_leaves_the_mask_as_it_was() -> None:
    """Also if Ctrl-C comes in the middle."""
    with pytest.raises(KeyboardInterrupt), undisturbed():
        os.kill(os.getpid(), signal.SIGINT)
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())

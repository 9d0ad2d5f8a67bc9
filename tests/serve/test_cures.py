"""Many apps in one process: what one does to streams, memory, keys, desktop or threads does not reach the others."""

from __future__ import annotations

import asyncio
import gc
import subprocess
import sys
import threading
import weakref
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from textual.geometry import Size as TextualSize

from sim.serve.process import GONE, THREADS, THRESHOLDS, Collector, Watchdog, widen
from sim.serve.terminals.channel import HIGH_WATER, Closing, Size
from sim.serve.terminals.driver import AT_ONCE
from sim.serve.terminals.session import FRESH
from sim.serve.terminals.sessions import Sessions
from tests.serve.plain_app import SMALL, Desk, Probe, Sink, probe


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    """Sessions that end with the test."""
    desk = Desk()
    yield desk
    await desk.end()


async def test_each_terminal_gets_its_own_app(desk: Desk) -> None:
    """Two apps on one loop: neither's text is in the other's frames."""
    _, one = await desk.seat("Ada")
    _, two = await desk.seat("Ben")
    assert b"READY Ada" in one.data
    assert b"READY Ben" not in one.data
    assert b"READY Ada" not in two.data


async def test_no_app_captures_the_streams_of_the_process(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """What an app prints goes to the host's stream and to no other app, and the streams are the same after all ended."""
    before = sys.stdout, sys.stderr
    sessions = [(await desk.seat(name))[0] for name in ("Ada", "Ben", "Cem")]
    assert (sys.stdout, sys.stderr) == before
    sessions[0].feed("p")
    apps = [probe(session) for session in sessions]
    await desk.until(lambda: "printed" in apps[0].seen)
    assert [app.seen for app in apps] == [["printed"], [], []]
    await desk.end([sessions[0]])
    await desk.end([sessions[2], sessions[1]])
    assert (sys.stdout, sys.stderr) == before
    assert "printed by Ada" in capsys.readouterr().out


async def test_no_app_installs_signals_or_threads(desk: Desk) -> None:
    """A driver that did would take Ctrl-C from the host."""
    import signal

    before, threads = signal.getsignal(signal.SIGINT), threading.active_count()
    await desk.seat("Ada")
    assert signal.getsignal(signal.SIGINT) is before
    assert threading.active_count() == threads


async def test_a_lone_escape_is_a_key(desk: Desk) -> None:
    """Nothing follows it, so only time tells; and an arrow key is not one."""
    session, _ = await desk.seat("Ada")
    session.feed("\x1b[A")
    session.feed("\x1b")
    await desk.until(lambda: "escape" in probe(session).seen, "the escape")
    assert probe(session).seen == ["escape"]


async def test_an_escape_right_after_another_key_is_a_key_too(desk: Desk) -> None:
    """Who types fast leaves a page all the same: what waits for the first key does not end the wait for the escape."""
    session, _ = await desk.seat("Ada")
    session.feed("x")
    await asyncio.sleep(0.02)
    session.feed("\x1b")
    await desk.until(lambda: "escape" in probe(session).seen, "the escape")


async def test_addresses_and_files_go_to_the_person_and_not_to_the_host(
        desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Opening an address tells the client; a file waits for it; no browser is started and nothing written here."""
    import webbrowser

    opened: list[Any] = []
    monkeypatch.setattr(webbrowser, "open", lambda *a, **k: opened.append(a))
    monkeypatch.chdir(tmp_path)
    session, sink = await desk.seat("Ada")
    session.feed("o")
    session.feed("d")
    await desk.until(lambda: len(sink.told) == 2)
    assert sink.told[0] == ("open_url", {"url": "https://example.org/claims", "new_tab": True})
    kind, key = sink.told[1]
    assert kind == "deliver_file_start"
    assert session.files[str(key)] == ("transcript.txt", b"what was said")
    assert opened == []
    assert not any(tmp_path.iterdir())  # noqa: ASYNC240 the test's own folder


async def test_only_addresses_of_the_web_are_opened(desk: Desk) -> None:
    """An address of another kind would run something on the person's machine."""
    session, sink = await desk.seat("Ada")
    assert session.driver is not None
    for url in ("javascript:alert(1)", "file:///etc/passwd", "ssh://host"):
        session.driver.open_url(url)
    assert sink.told == []


async def test_a_closed_app_is_freed(desk: Desk) -> None:
    """Textual's parser keeps every key in a cache, and with the key its app; ours does not."""
    gone = []
    for _ in range(3):
        session, _ = await desk.seat("Ada")
        session.feed("\x1b[1;5A\x1b[27;5;13~a\x1b[97;5u")
        app = probe(session)
        await app._animator.wait_until_complete()
        gone.append(weakref.ref(app))
        del app
        await desk.end([session])
        desk.sessions.clear()
        del session
    await asyncio.sleep(0)
    gc.collect()
    # the last one may still be held by what the loop handled last
    assert [ref() for ref in gone[:-1]] == [None, None]


async def test_what_is_frozen_is_freed_once_enough_has_ended() -> None:
    """The collector leaves running apps alone, and gives back those that ended."""
    faults: list[Any] = []
    sessions = Sessions(Probe, lambda app, who: app.admit(who), lambda *a: faults.append(a))  # type: ignore[attr-defined]
    before = gc.get_threshold()
    sessions.collector.begin()
    try:
        assert gc.get_threshold() == THRESHOLDS
        refs = []
        for number in range(GONE + 1):
            session = await sessions.of(f"m{number}", SMALL)
            refs.append(weakref.ref(session.app))
            assert gc.get_freeze_count() > 10_000
            del session
            await sessions.drop(f"m{number}")
        await asyncio.sleep(0)
        sessions.collector.tidy()
        assert sum(ref() is not None for ref in refs) <= 1
    finally:
        await sessions.stop()
        sessions.collector.end()
    assert gc.get_threshold() == before
    assert faults == []


def test_the_collector_changes_nothing_before_it_begins() -> None:
    """Tests and other hosts in the process keep their own collection."""
    before = gc.get_freeze_count()
    collector = Collector()
    collector.started()
    collector.ended()
    collector.end()
    assert gc.get_freeze_count() == before


async def test_a_slow_client_gets_the_newest_picture_whole(desk: Desk) -> None:
    """Above the mark frames are dropped; once it has drained, one full picture with the last state follows."""
    session, sink = await desk.seat("Ada")
    sink.backlog = HIGH_WATER + 1
    length = len(sink.data)
    for _ in range(20):
        session.feed("t")
    await desk.until(lambda: probe(session).ticks == 20)
    await asyncio.sleep(0.1)
    assert len(sink.data) == length
    sink.backlog = 0
    session.drained()
    await desk.until(lambda: b"TICK 0020" in sink.data[length:], "the last tick")
    assert b"TICK 0019" not in sink.data[length:]


async def test_a_refresh_keeps_the_state_and_paints_all_of_it(desk: Desk) -> None:
    """The app goes on without a terminal; the next one is shown everything, in its own size."""
    session, sink = await desk.seat("Ada")
    session.detach(sink)
    session.feed("t")
    await desk.until(lambda: probe(session).ticks == 1)
    for size in (SMALL, Size(90, 30)):
        again = Sink()
        session.attach(again, size)
        await desk.until(lambda: b"TICK 0001" in again.data, "the picture")  # noqa: B023 awaited in the same turn
        assert again.data.startswith(b"\x1b[?1049h")
        assert probe(session).size == TextualSize(size.width, size.height)
        session.detach(again)


async def test_the_newest_tab_wins_and_the_old_one_is_told(desk: Desk) -> None:
    """Keys of the one that lost do nothing afterwards: the host does not even read them."""
    session, old = await desk.seat("Ada")
    new = Sink()
    session.attach(new, SMALL)
    assert old.closed is Closing.TAKEN
    assert session.holds(new)
    assert not session.holds(old)
    session.detach(old)
    assert session.holds(new)


async def test_a_crash_leaves_the_others_alive_and_brings_a_fresh_app(desk: Desk) -> None:
    """The seat's own terminal goes on with a new app; the fault is reported once; the neighbour notices nothing."""
    one, first = await desk.seat("Ada")
    two, _ = await desk.seat("Ben")
    crashed = probe(one)
    one.feed("x")
    await desk.until(lambda: one.app is not None and one.app is not crashed and one.app.is_running, "the fresh app")
    length = len(first.data)
    await desk.until(lambda: b"READY Ada" in first.data[length - 400:] or b"READY Ada" in first.data[length:])
    assert first.closed is None
    assert [str(fault) for fault, _ in desk.reports] == ["boom of Ada"]
    two.feed("t")
    await desk.until(lambda: probe(two).ticks == 1)


async def test_an_app_that_fails_again_and_again_is_given_up(desk: Desk) -> None:
    """So that a seat whose screen cannot be drawn does not use up the host."""
    session, sink = await desk.seat("Ada")
    for _ in range(FRESH + 1):
        before = session.app
        session.feed("x")
        await desk.until(lambda: session.over or (
            session.app is not None and session.app is not before and session.app.is_running))  # noqa: B023
    assert session.over
    assert sink.closed is Closing.BROKEN
    assert len(desk.reports) == FRESH + 1


async def test_leaving_closes_the_terminal(desk: Desk) -> None:
    """The person left: the connection is ended with that reason, and nothing is reported."""
    session, sink = await desk.seat("Ada")
    session.feed("q")
    await desk.until(lambda: session.over)
    assert sink.closed is Closing.LEFT
    assert desk.reports == []


HOSTILE = {
    "a size as keys": "\x1b[48;9999;9999;9999;9999t",
    "far away mouse": "\x1b[<0;99999999999999999999;1M",
    "a character that is none": "\x1b[99999999999;5u",
    "a reply that nobody asked for": "\x1b[?2048;3$y\x1b[12;40R",
    "half an escape": "\x1b[<0;",
    "nothing but escapes": "\x1b" * 300,
    "null bytes": "\x00" * 300,
    "a surrogate": "\ud800",
}


@pytest.mark.parametrize("keys", HOSTILE.values(), ids=HOSTILE.keys())
async def test_no_sequence_of_keys_breaks_or_enlarges_the_app(desk: Desk, keys: str) -> None:
    """Whatever a client sends as keys, the app stands afterwards, in its size, and takes the next key."""
    session, _ = await desk.seat("Ada")
    session.feed(keys)
    session.feed("\x1b\x1b")
    await asyncio.sleep(0.15)
    session.feed("t")
    await desk.until(lambda: probe(session).ticks == 1, "the next key")
    assert probe(session).size == TextualSize(SMALL.width, SMALL.height)
    assert desk.reports == []


async def test_a_paste_that_never_ends_is_given_up(desk: Desk) -> None:
    """Else a client could fill the host's memory without ever sending a key."""
    session, _ = await desk.seat("Ada")
    session.feed("\x1b[200~")
    for _ in range(20):
        session.feed("a" * 8000)
    session.feed("t")
    await desk.until(lambda: probe(session).ticks >= 1, "the next key")


async def test_more_keys_than_anybody_can_type_at_once_are_cut_off(desk: Desk) -> None:
    """A client that sends thousands of keys in one message holds nobody up; a long paste is one event and whole."""
    session, _ = await desk.seat("Ada")
    assert session.feed("t" * 60_000) == AT_ONCE
    assert session.feed("\x1b[200~" + "a" * 30_000 + "\x1b[201~") == 1
    await desk.until(lambda: probe(session).seen == ["pasted 30000"], "the paste")
    assert probe(session).ticks == AT_ONCE


@pytest.mark.parametrize(("given", "kept"), [
    ((120, 40), (120, 40)), ((9999, 9999), (240, 80)), ((1, 1), (20, 6)), ((-5, 0), (20, 6)), (("90", "30"), (90, 30)),
    (("x", None), (80, 24)), ((True, []), (80, 24)), ((1e400, float("nan")), (80, 24)),
])
def test_a_size_is_kept_within_what_an_app_can_bear(given: tuple[Any, Any], kept: tuple[int, int]) -> None:
    """Whatever a client claims its terminal to be."""
    size = Size.of(*given)
    assert (size.width, size.height) == kept


async def test_the_loop_has_threads_for_every_timer() -> None:
    """Where a timer sleeps in a thread, more timers than a usual pool has threads must run at the same time."""
    loop = asyncio.get_running_loop()
    pool = widen(loop)
    try:
        assert pool._max_workers == THREADS
        inside = threading.Barrier(90)
        await asyncio.wait_for(asyncio.gather(*(loop.run_in_executor(None, inside.wait, 20) for _ in range(90))), 30)
    finally:
        pool.shutdown(wait=False)


def test_lateness_of_the_loop_is_reported() -> None:
    """A short lag is kept as the worst so far, a long one is told."""
    told: list[float] = []
    watchdog = Watchdog(told.append)
    for lag in (-0.01, 0.05, 0.3, 0.9, 0.1):
        watchdog.note(lag)
    assert told == [0.9]
    assert (watchdog.worst, watchdog.last) == (0.9, 0.1)


def test_colours_are_the_clients_and_not_those_of_the_hosts_terminal() -> None:
    """In a fresh process whose terminal has no colours, apps of the host still have all of them."""
    ask = ("from sim.serve.process import set_surroundings; set_surroundings();"
           "from textual import constants; from textual.app import App;"
           "print(constants.COLOR_SYSTEM, App().no_color)")
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True,
                          env={"NO_COLOR": "1", "TERM": "dumb", "PATH": "/usr/bin", "TEXTUAL_COLOR_SYSTEM": "standard"},
                          cwd=Path(__file__).parents[2])
    assert done.stdout.split() == ["truecolor", "False"]


async def test_apps_are_started_before_anybody_comes() -> None:
    """A member who comes is given one that waits, and nobody waits for its start."""
    sessions = Sessions(Probe, lambda app, who: app.admit(who), lambda *_: None)  # type: ignore[attr-defined]
    await sessions.begin(2, SMALL)
    assert (len(sessions), sessions.spare) == (0, 2)
    session = await sessions.of("Ada", SMALL)
    assert probe(session).member == "Ada"
    assert sessions.spare == 1
    assert await sessions.of("Ada", SMALL) is session
    await sessions.stop()


async def test_an_app_that_nobody_comes_back_to_is_ended() -> None:
    """After the linger, and not before; one with a terminal stays however long nothing is typed."""
    now = [0.0]
    sessions = Sessions(Probe, lambda app, who: app.admit(who), lambda *_: None, linger=900,  # type: ignore[attr-defined]
                        clock=lambda: now[0])
    away, here = await sessions.of("away", SMALL), await sessions.of("here", SMALL)
    sink = Sink()
    here.attach(sink, SMALL)
    away.seen = here.seen = 0.0
    now[0] = 899
    await sessions.sweep()
    assert len(sessions) == 2
    now[0] = 901
    await sessions.sweep()
    assert sessions.get("away") is None
    assert sessions.get("here") is here
    await sessions.stop()

"""How fast the screens answer, on a pseudo-terminal of 120x40: `python -m tests.bench.latency`.

Keys are timed from the key to the first byte and to the last byte of the repaint, beside a bare Textual list in the
same run; then a whole match is played and the memory read. Exit code 1 if a stated bound is missed.
"""

from __future__ import annotations

import tempfile
from statistics import median

from tests.terminal import Terminal

KEYS = 40
SIZE = (120, 40)
BARE = """
from textual.app import App
from textual.widgets import OptionList
class Bare(App):
    def compose(self):
        yield OptionList(*[f"ROW {n:03d} of a bare list of rows as wide as a move" for n in range(80)])
Bare().run()
"""
CURSOR = 2.0
"""Cursor key to the last byte, in times of the bare list's."""
TICK = 40.0
"""Milliseconds from an order to the last byte: the whole room is drawn anew."""
MEMORY = 120.0
"""Megabytes after a full match."""
DOWN, UP = "\x1b[B", "\x1b[A"


def timed(terminal: Terminal, keys: tuple[str, ...]) -> tuple[list[float], list[float]]:
    """Milliseconds to the first and to the last byte after each key."""
    firsts, lasts = [], []
    for n in range(KEYS):
        terminal.press(keys[n % len(keys)])
        first, last, count = terminal.settle()
        if count:
            firsts.append(1000 * first)
            lasts.append(1000 * last)
    return firsts, lasts


def told(name: str, firsts: list[float], lasts: list[float]) -> None:
    """One line of the report."""
    worst = sorted(lasts)[int(len(lasts) * 0.95)]
    print(f"{name:<34} first byte {median(firsts):5.1f} ms   last byte {median(lasts):5.1f} ms   95 % {worst:5.1f} ms")


def room(home: str) -> Terminal:
    """The flagship's situation room."""
    terminal = Terminal.detente(home, "play", "border-standoff-2021", "--seat", "armenia", "--seed", "7", "--level", "easy",
                                size=SIZE)
    terminal.until(lambda text: "To the situation room" in text)
    terminal.settle()
    terminal.press("\r")
    terminal.until(lambda text: "Moves" in text and "Orders" in text)
    terminal.settle()
    return terminal


def played(terminal: Terminal) -> int:
    """Play every round without orders to the ending; how many rounds."""
    rounds = 0
    while "How it ended" not in terminal.text:
        rounds += 1
        terminal.press("r")
        terminal.settle()
        for _ in range(4):
            terminal.press("\r")
            terminal.settle()
            if f"round {rounds + 1} of" in terminal.text or "How it ended" in terminal.text:
                break
    return rounds


def main() -> None:
    """Print the ratios."""
    missed = []
    with tempfile.TemporaryDirectory() as home:
        with Terminal(home, "-c", BARE, size=SIZE) as bare:
            bare.until(lambda text: "ROW 000" in text)
            bare.settle()
            floor = timed(bare, (DOWN,))
            told("bare list, cursor key", *floor)
        with room(home) as ours:
            cursor = timed(ours, (DOWN,))
            told("situation room, cursor key", *cursor)
            ratio = median(cursor[1]) / median(floor[1])
            first = median(cursor[0]) / median(floor[0])
            print(f"  ratio {ratio:.2f} to the last byte, {first:.2f} to the first (allowed {CURSOR})")
            if ratio > CURSOR:
                missed.append("cursor")
            ours.press(UP * KEYS)
            ours.settle()
            tick = timed(ours, ("\r",))
            told("order and its withdrawal", *tick)
            if median(tick[1]) > TICK:
                missed.append("tick")
            rounds = played(ours)
            megabytes = ours.memory()
            print(f"memory after {rounds} rounds and the ending: {megabytes:.0f} MB (allowed {MEMORY:.0f})")
            if megabytes > MEMORY:
                missed.append("memory")
    if missed:
        print(f"missed: {', '.join(missed)}")
    raise SystemExit(1 if missed else 0)


if __name__ == "__main__":
    main()

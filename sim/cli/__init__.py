"""cli: the `detente` command, one thin module per verb, imported when it runs."""

from __future__ import annotations


def main() -> None:
    """Entry point of the `detente` command; ends the process with 0, 1, 2, 3 or 130.

    0 fine, 1 problems found, 2 wrong use, 3 a fault of Detente itself, 130 interrupted.
    """
    try:
        from sim.cli.edge import run
    except KeyboardInterrupt:
        # Ctrl-C during start-up: nothing is open yet
        raise SystemExit(130) from None
    run()

"""cli: the edge of the process: streams, exit codes, and every exception as one sentence."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import Final, NoReturn

import click

from sim.cli import log
from sim.cli.command import detente
from sim.errors import DetenteError, ScenarioError, UsageError

FINE: Final = 0
PROBLEMS: Final = 1
WRONG_USE: Final = 2
INTERNAL: Final = 3
INTERRUPTED: Final = 130
COMPLETE: Final = "_DETENTE_COMPLETE"
"""Set by the shell when it asks for completions."""


def run(args: Sequence[str] | None = None) -> NoReturn:
    """Run the command with these arguments (the process's own unless given) and end the process."""
    _utf8()
    code = _guarded(lambda: _invoked(args))
    # what is still buffered may meet a closed pipe only now
    sys.exit(max(code, _guarded(_flushed)))


def _invoked(args: Sequence[str] | None) -> int:
    asked = os.environ.get(COMPLETE)
    if asked:
        from click.shell_completion import shell_complete

        return shell_complete(detente, {}, "detente", COMPLETE, asked)
    # not `main`: it would answer a closed pipe and Ctrl-C in its own way before they come here
    with detente.make_context("detente", list(sys.argv[1:] if args is None else args)) as context:
        value = detente.invoke(context)
    return value if isinstance(value, int) else FINE


def _flushed() -> int:
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and not stream.closed:
            stream.flush()
    return FINE


def _guarded(action: Callable[[], int]) -> int:
    """The exit code of an action; whatever it raises is told in a sentence and goes no further."""
    try:
        return action()
    except BrokenPipeError:
        _let_go()
        return FINE
    except (KeyboardInterrupt, click.Abort):
        _tell("Interrupted.")
        return INTERRUPTED
    except click.exceptions.Exit as left:
        return left.exit_code
    except click.UsageError as wrong:
        where = wrong.ctx.command_path if wrong.ctx else "detente"
        _tell(f"Error: {wrong.format_message()}", f"See `{where} --help`.")
        return WRONG_USE
    except click.ClickException as wrong:
        _tell(f"Error: {wrong.format_message()}")
        return WRONG_USE
    except ScenarioError as wrong:
        _tell(wrong.render(), "", f"The scenario cannot be played: {wrong.sentence}")
        return PROBLEMS
    except UsageError as wrong:
        _tell(f"Error: {wrong.sentence} ({wrong.code})")
        return WRONG_USE
    except DetenteError as wrong:
        _tell(f"Error: {wrong.sentence} ({wrong.code})")
        return PROBLEMS
    except OSError as wrong:
        return _system(wrong)
    except Exception as fault:  # noqa: BLE001 the one place where a fault of the program may be caught
        return _fault(fault)


def _system(wrong: OSError) -> int:
    """What the operating system refuses is the user's to mend, and has a name and mostly a file."""
    log.write(wrong, "refused by the system")
    what = wrong.strerror or type(wrong).__name__
    where = f" at {wrong.filename}" if wrong.filename else ""
    _tell(f"Error: The system refuses{where}: {what}. Free the place or choose another, and try again. (D901)")
    return PROBLEMS


def _fault(fault: Exception) -> int:
    file = log.write(fault, "internal fault")
    kept = f"The details are in {file}." if file else "The log cannot be written either; `--log FILE` chooses another."
    _tell(f"Error: Detente made a mistake of its own ({type(fault).__name__}, D900). {kept} "
          "Rounds already closed are in the save.")
    return INTERNAL


def _tell(*lines: str) -> None:
    try:
        for line in lines:
            print(line, file=sys.stderr)
    except (OSError, ValueError):
        _let_go()


def _let_go() -> None:
    """Nobody reads any more: send what is left nowhere, so that the interpreter's last flush is quiet too."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def _utf8() -> None:
    """UTF-8 on every stream, with a replacement for what cannot be read or written."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")

"""Forks a process of `detente` for each line it is given: what every verb imports is imported once.

`python -m tests.cli.forked` reads a JSON object a line (args, folder, environment, and the files for the three streams) and
answers each with the exit code. That a verb also starts from nothing is proved by `test_imports`, one process for each.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import traceback
from importlib import import_module
from typing import Any, NoReturn

PRELOADED = ("sim.cli.edge", "sim.scenario.load", "sim.rules.compile", "sim.play", "sim.words.desk", "sim.policies", "sim.plain",
             "sim.authoring", "sim.batch", "sim.report", "sim.lesson")


def become(asked: dict[str, Any]) -> NoReturn:
    """Be a process of `detente`, and end as it ends."""
    code: object = 1
    try:
        os.chdir(asked["cwd"])
        os.environ.clear()
        os.environ.update(asked["env"])
        for number, name in enumerate(("stdin", "stdout", "stderr")):
            file = os.open(asked[name], os.O_RDWR)
            os.dup2(file, number)
            os.close(file)
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 they live as long as the process
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", encoding="utf-8", buffering=1, closefd=False)  # noqa: SIM115
        sys.argv = ["detente", *asked["args"]]
        from sim.cli import main

        main()
    except SystemExit as left:
        code = left.code
    except BaseException:  # noqa: BLE001 as the interpreter does at its end
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else int(code is not None))


def serve() -> None:
    """Fork for each line until there are no more."""
    from sim.cli.command import VERBS

    for name in (*PRELOADED, *(verb.module for verb in VERBS.values())):
        import_module(name)
    gc.freeze()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            become(json.loads(line))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    serve()

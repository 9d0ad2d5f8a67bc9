"""cli: `detente check --fix`, sure fixes written into a scenario's files and shown as a short diff."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, NamedTuple

from sim.authoring.fixes.applying import Mended, difference, mend, replace_file, writable
from sim.errors import Diagnostic, UsageError
from sim.scenario.load import contents, load_bytes
from sim.scenario.names import MAIN


class Fixed(NamedTuple):
    """What was fixed in one scenario."""

    label: str
    mended: Mended
    shown: str
    """The changes as a diff, and what was not changed; empty if there was nothing to fix."""

    def as_json(self) -> list[dict[str, Any]]:
        """Each fix that was made, with the place it was made at, as it was before."""
        return [{"code": d.code, "path": d.span.path if d.span else None, "line": d.span.line if d.span else None,
                 "title": fix.title} for d, fix in self.mended.done]

    def refused_as_json(self) -> list[dict[str, Any]]:
        """Each fix that was not made, with the reason."""
        return [{"code": d.code, "path": d.span.path if d.span else None, "line": d.span.line if d.span else None,
                 "title": d.fix.title if d.fix else "", "why": why} for d, why in self.mended.refused]


def rehearsed(path: Path, label: str, check: Callable[[Mapping[str, bytes], str], tuple[Diagnostic, ...]]) -> Mended:
    """What `fixed` would write."""
    before = contents(path, label)
    return mend(before, _names(before, label), lambda files: check(files, label))


def _names(files: Mapping[str, bytes], label: str) -> dict[str, str]:
    """What each file is called by its problems, and its own name."""
    return {d.path: name for name, d in load_bytes(files, label).documents.items()}


def fixed(path: Path | Traversable, label: str,
          check: Callable[[Mapping[str, bytes], str], tuple[Diagnostic, ...]]) -> Fixed:
    """Mend what is sure in the files of a scenario, and write them.

    Raises `UsageError` if they are Detente's own, cannot be written, or were changed meanwhile; then nothing, or nothing
    more, is written.
    """
    if not isinstance(path, Path):
        raise UsageError(f"{label} came with Detente and is not changed; copy its folder and fix the copy.", "D355")
    before = contents(path, label)
    names = _names(before, label)
    mended = mend(before, names, lambda files: check(files, label))
    changed = [name for name in before if mended.files[name] != before[name]]
    real = {name: path / name if path.is_dir() else path for name in changed}
    for file in real.values():
        writable(file)
    called = {name: said for said, name in names.items()}
    shown = [difference(called.get(name, label if name == MAIN else name), before[name], mended.files[name]) for name in changed]
    for name in changed:
        replace_file(real[name], mended.files[name], before[name])
    for d, why in mended.refused:
        where = f"{d.span.path}:{d.span.line}: " if d.span else ""
        shown.append(f"Not done: {where}{d.fix.title if d.fix else d.message} ({why}).")
    return Fixed(label, mended, "\n".join(shown))

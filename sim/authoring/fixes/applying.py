"""authoring: sure fixes applied to a scenario's files: only the words concerned change, and never for the worse.

Fixes are data that problems bring along (`sim.errors.Fix`). They are applied together, the files are checked again in
memory, and what a fix lays open is fixed in turn. A fix that would leave a file worse than it was is left out. Files are
written beside themselves and put in place at once, so that a crash leaves the old file or the new one, whole.
"""

from __future__ import annotations

import difflib
import os
import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sim.errors import Diagnostic, Edit, Fix, UsageError, edited

MOST_PASSES: Final = 40
"""One slip can hide another on the same line; beyond this a file is left to its author."""
MOST_TURNS: Final = 4
"""Slips on one line of which each hides the next."""
EXTRA: Final = "pip install 'detente[fix]'"
_BOM: Final = b"\xef\xbb\xbf"

Check = Callable[[Mapping[str, bytes]], tuple[Diagnostic, ...]]
"""What is wrong with the files of a scenario."""


@dataclass(frozen=True, slots=True)
class Mended:
    """The files of a scenario with their sure fixes made, and what is left."""

    files: Mapping[str, bytes]
    """All files by name, changed or not."""
    done: tuple[tuple[Diagnostic, Fix], ...] = ()
    """Each problem that was mended, with what was done, in order."""
    left: tuple[Diagnostic, ...] = ()
    """What is still wrong."""
    refused: tuple[tuple[Diagnostic, str], ...] = field(default=())
    """Problems with a fix that was not made, and why, as a sentence."""


def mend(files: Mapping[str, bytes], names: Mapping[str, str], check: Check) -> Mended:
    """The files with everything mended that is sure; nothing is written.

    `names` says which file a diagnostic's path means; `check` looks at all files.
    """
    return _mend(files, names, check, check(files), MOST_TURNS, ())


def _mend(files: Mapping[str, bytes], names: Mapping[str, str], check: Check, found: tuple[Diagnostic, ...], turns: int,
          around: Iterable[Diagnostic]) -> Mended:
    """The same, at most `turns` deep and, if there are problems `around` which to look, of nothing else."""
    now = dict(files)
    done: list[tuple[Diagnostic, Fix]] = []
    refused: dict[tuple[str, str], tuple[Diagnostic, str]] = {}
    for _ in range(MOST_PASSES):
        waiting = [d for d in found if d.fix is not None and (d.code, d.message) not in refused
                   and (not around or any(_within(m, d) for m in around))]
        if not waiting:
            break
        words = [d for d in waiting if d.fix is not None and d.fix.structure is None]
        # words first, all at once; then one by one, if together they make it worse; then what changes structure
        for group in ([words] if words else []) + [[d] for d in (words if len(words) > 1 else [])] + [[d] for d in waiting if d not in words]:
            tried, why = _with(now, group, names)
            after = check(tried) if tried != now else found
            made = [(d, d.fix) for d in group if d.fix is not None]
            good = tried != now and better(found, after, group)
            if not good and tried != now and turns and len(group) == 1 and _promising(found, after, group):
                # one slip hid the next on its line: they are mended together or not at all
                further = _mend(tried, names, check, after, turns - 1, [*around, *group])
                tried, after, made = dict(further.files), further.left, [*made, *further.done]
                good = better(found, after, group)
            if good:
                now, found = tried, after
                done += made
                break
            if len(group) == 1:
                it = group[0]
                refused[it.code, it.message] = it, why or "with it the file would not be better; mend it by hand"
    return Mended(now, tuple(done), found, tuple(refused.values()))


def better(before: Iterable[Diagnostic], after: Iterable[Diagnostic], mended: Iterable[Diagnostic]) -> bool:
    """Whether a report is better than the one before: what was mended is gone, and nothing came up that was not there.

    What comes up may have stood there all the time: in a file that could not be read as YAML, behind the first mistake of
    a condition, or under a key that nobody knew. Where the fix itself changed something it counts against the fix.
    """
    slips = list(mended)
    new = _new(before, after, slips)
    return new is not None and all(any(_hid(m, d) for m in slips) and not any(_within(m, d) for m in slips) for d in new)


def _new(before: Iterable[Diagnostic], after: Iterable[Diagnostic], mended: list[Diagnostic]) -> list[Diagnostic] | None:
    """The errors that were not told before; None if something that was mended is told still."""
    found = list(after)
    if any((d.code, d.message, d.span) == (n.code, n.message, n.span) for d in mended for n in found):
        return None
    known = {(d.code, d.message) for d in before}
    return [d for d in found if d.severity == "error" and (d.code, d.message) not in known]


def _promising(before: Iterable[Diagnostic], after: Iterable[Diagnostic], mended: list[Diagnostic]) -> bool:
    """Whether all that keeps a report from being better has a fix itself."""
    new = _new(before, after, mended)
    return new is not None and all(d.fix is not None for d in new if any(_within(m, d) for m in mended)) \
        and all(any(_hid(m, d) for m in mended) for d in new)


def _within(mended: Diagnostic, other: Diagnostic) -> bool:
    """Whether a problem stands where a fix changed something: on its line, if it is one of form, or else at its words."""
    if mended.fix is None or other.span is None:
        return False
    at = other.span
    for place, _ in mended.fix.edits:
        if place.path != at.path:
            continue
        if other.code == "Y019" and abs(place.line - at.line) <= 1:
            return True
        if place.line == at.line and (other.code[0] in "YM" or (place.column < at.end_column and at.column < place.end_column)):
            return True
    return False


def _hid(mended: Diagnostic, other: Diagnostic) -> bool:
    """Whether one problem can have kept another from being seen."""
    a, b = mended.span, other.span
    if a is None or b is None or mended.code[0] not in "YMG":
        return False
    if mended.code[0] == "Y":
        return other.code[0] != "Y" or (a.path, a.line, a.column) <= (b.path, b.line, b.column)
    if mended.code[0] == "M":
        return a.path == b.path and b.line >= a.line
    return a.path == b.path and a.line == b.line and b.column >= a.column


def _with(files: Mapping[str, bytes], group: Iterable[Diagnostic], names: Mapping[str, str]) -> tuple[dict[str, bytes], str]:
    """The files with the fixes of some problems made, and why one could not be made."""
    out = dict(files)
    edits: dict[str, list[Edit]] = {}
    for d in group:
        if d.fix is None:
            continue
        if d.fix.structure is not None:
            name = names.get(d.fix.structure.path)
            if name is None:
                return out, "its file is not one of the scenario's"
            from sim.authoring.fixes.structure import NotPossibleError, restructured

            try:
                out[name] = restructured(out[name], d.fix.structure)
            except NotPossibleError as problem:
                return out, problem.sentence
        for edit in d.fix.edits:
            if edit.span.path in names:
                edits.setdefault(names[edit.span.path], []).append(edit)
    for name, of_it in edits.items():
        out[name] = rewritten(out[name], of_it)
    return out, ""


def rewritten(data: bytes, edits: Iterable[Edit]) -> bytes:
    """The bytes of a file with some words replaced; every byte outside the replaced places stays as it was.

    A byte order mark and the kinds of line ends are kept; lines that are put in end as the first line does.
    """
    mark = _BOM if data.startswith(_BOM) else b""
    text = data[len(mark):].decode("utf-8")
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    if plain == text:
        return mark + edited(text, edits).encode("utf-8")
    # the reader's lines and columns hold for each line; only the ends differ
    ends: list[str] = []
    at = 0
    for line in plain.split("\n")[:-1]:
        at += len(line)
        ends.append("\r\n" if text.startswith("\r\n", at) else text[at])
        at += len(ends[-1])
    return mark + _with_ends(plain, list(edits), ends).encode("utf-8")


def _with_ends(plain: str, edits: list[Edit], ends: list[str]) -> str:
    lines: list[str | None] = list(plain.split("\n"))
    common = ends[0] if ends else "\n"
    for number in {e.span.line for e in edits}:
        mine = [e._replace(span=type(e.span)(e.span.path, 1, e.span.column, e.span.end_column))
                for e in edits if e.span.line == number]
        line = lines[number - 1] or ""
        gone = any(e.text is None for e in mine)
        lines[number - 1] = None if gone else edited(line, mine).replace("\n", common)
    return "".join(line + (ends[n] if n < len(ends) else "") for n, line in enumerate(lines) if line is not None)


def difference(name: str, before: bytes, after: bytes) -> str:
    """What changed, as a short diff: the lines concerned, with their numbers, and nothing around them."""
    old, new = (data.decode("utf-8", "replace").splitlines() for data in (before, after))
    out = [f"{name}:"]
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            out += [f"  {n + 1:>5} - {old[n]}" for n in range(a, b)]
            out += [f"  {n + 1:>5} + {new[n]}" for n in range(c, d)]
    return "\n".join(out)


def writable(path: Path) -> Path:
    """The file that a path means in the end, if it may be replaced. Raises `UsageError` with what to do if not."""
    real = Path(os.path.realpath(path))
    if "_bundled" in real.parts:
        raise UsageError(f"{path} came with Detente and is not changed; copy its folder and fix the copy.", "D355")
    if not os.access(real, os.W_OK) or not os.access(real.parent, os.W_OK):
        raise UsageError(f"{path} cannot be written; check the permissions of the file and of its folder.", "D355")
    return real


def replace_file(path: Path, data: bytes, expected: bytes) -> None:
    """Put new bytes in the place of a file, whole or not at all; permissions and links to it are kept.

    Raises `UsageError` if the file is no longer what was read, or cannot be written.
    """
    real = writable(path)
    try:
        if real.read_bytes() != expected:
            raise UsageError(f"{path} was changed meanwhile and is left as it is; run the command again.", "D356")
        info = real.stat()
        handle, beside = tempfile.mkstemp(prefix=f".{real.name}.", dir=real.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            Path(beside).chmod(info.st_mode & 0o7777)
            if hasattr(os, "chown"):
                with suppress(OSError):
                    os.chown(beside, info.st_uid, info.st_gid)
            Path(beside).replace(real)
        except BaseException:
            with suppress(OSError):
                Path(beside).unlink()
            raise
        _settle(real.parent)
    except OSError as problem:
        raise UsageError(f"{path} cannot be written ({problem.strerror or problem}); it is as it was.", "D355") from problem


def _settle(folder: Path) -> None:
    """Have the new name on the disk too, where a folder can be opened."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

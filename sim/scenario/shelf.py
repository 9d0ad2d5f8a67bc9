"""scenario: dossiers as files, found by id, and the claims they hold, without their models.

`detente check` needs only ids, speakers and denials; building the models for them would be a tenth of its time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from sim.errors import Diagnostic, suggest
from sim.scenario.reading.document import Document, read


def claim_ids(
    folder: Path | Traversable, wanted: Iterable[str]
) -> tuple[dict[str, Mapping[str, Any]], tuple[Diagnostic, ...]]:
    """The claims of each wanted dossier by id, as they stand in the file, and what cannot be read.

    `sim.scenario.dossier` checks what is in them. Codes: S001 no such dossier; problems of the YAML itself keep the
    reader's codes.
    """
    problems: list[Diagnostic] = []
    found: dict[str, Mapping[str, Any]] = {}
    for name, document in opened(folder, wanted, problems):
        claims = document.value.get("claims") if isinstance(document.value, dict) else None
        found[name] = claims if isinstance(claims, dict) else {}
    return found, tuple(problems)


def opened(
    folder: Path | Traversable, wanted: Iterable[str], problems: list[Diagnostic]
) -> Iterator[tuple[str, Document]]:
    """Each wanted dossier once, as it was read; what is missing or is not YAML goes to `problems`."""
    for name in dict.fromkeys(wanted):
        data = bytes_of(folder, name)
        if data is None:
            problems.append(missing(folder, name))
            continue
        document = read(f"{name}.yaml", data)
        problems += document.diagnostics
        yield name, document


def bytes_of(folder: Path | Traversable, name: str) -> bytes | None:
    """The file of a dossier, or None."""
    # An id never leaves the folder: anything but lower-case words and hyphens is simply not found.
    if not name or not name.replace("-", "").isalnum():
        return None
    file = folder.joinpath(f"{name}.yaml")
    return file.read_bytes() if file.is_file() else None


def missing(folder: Path | Traversable, name: str) -> Diagnostic:
    """What to say of a dossier that is not there."""
    known = [item.name.removesuffix(".yaml") for item in folder.iterdir()] if folder.is_dir() else []
    return Diagnostic(
        "S001",
        "error",
        f"there is no dossier `{name}`",
        None,
        f"{suggest(name, known)}a dossier is a file `<id>.yaml` in `seeds/`",
    )

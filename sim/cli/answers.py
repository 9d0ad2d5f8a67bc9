"""cli: what several verbs share: JSON answers, counted words, and completions of scenario ids."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def as_json(value: Any) -> str:
    """An answer for other programs: indented JSON in UTF-8, keys in the documented order."""
    import json

    return json.dumps(value, ensure_ascii=False, indent=2)


def counted(number: int, word: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def columns(rows: Sequence[tuple[str, ...]], gap: int = 2) -> list[str]:
    """Rows as left-aligned columns; the last column is as long as it is."""
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]) - 1)] if rows else []
    return [(" " * gap).join([*(c.ljust(w) for c, w in zip(row, widths, strict=False)), row[-1]]).rstrip()
            for row in rows]


def places(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Completions for SCENARIO: ids of the library, then files."""
    from click.shell_completion import CompletionItem

    try:
        from sim.play.library import scenarios

        ids = [entry.id for entry in scenarios()]
    except Exception:  # noqa: BLE001 a shell asking for completions must never see an error
        ids = []
    return [CompletionItem(i) for i in ids if i.startswith(incomplete)] + [CompletionItem(incomplete, type="file")]

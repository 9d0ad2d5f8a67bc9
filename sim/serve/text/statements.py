"""serve: the statements of line mode as blocks of a page: paragraphs, and lists with what belongs to each item."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sim.plain.round_pages import Statement


@dataclass(slots=True)
class Item:
    """One item of a list."""

    text: str
    more: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Block:
    """A paragraph, or a list where `items` holds any."""

    text: str = ""
    items: list[Item] = field(default_factory=list)

    @property
    def titles(self) -> bool:
        """Whether it names what follows."""
        return self.text.endswith(":") and len(self.text) < 90


def blocks(statements: Iterable[Statement]) -> list[Block]:
    """The same in order."""
    out: list[Block] = []
    for statement in statements:
        if isinstance(statement, str):
            if statement:
                out.append(Block(statement))
            continue
        mark, text = statement
        last = out[-1] if out and out[-1].items else None
        if not mark.strip():
            if last is None:
                out.append(Block(text))
            else:
                last.items[-1].more.append(text)
            continue
        if last is None:
            last = Block()
            out.append(last)
        last.items.append(Item(text))
    return out

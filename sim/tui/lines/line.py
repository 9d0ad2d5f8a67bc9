"""tui: one line of a list: a fixed head, a body that wraps beside it, and who says so."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content

EMPTY = Content("")
_JOINT = "\ue000"
"""Stands for a blank at which no line may break (a no-break space counts as a blank where Textual wraps)."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as a list shows it."""

    id: str
    body: Content
    head: Content = EMPTY
    """Stands left of the body; as wide as it is."""
    source: tuple[str, ...] = ()
    """Claims behind it, for the reader who asks who says so."""
    heading: bool = False
    """Cannot be highlighted."""
    wraps: bool = True
    """A line that does not wrap ends in an ellipsis."""
    tail: Content = EMPTY
    """Stands at the right edge of a line that does not wrap; left out where the body would have no room."""

    def set(self, width: int) -> Content:
        """The line in a width, with a hanging indent."""
        indent = self.head.cell_length
        room = max(8, width - indent)
        if not self.wraps:
            return freed(self.head + self._beside_tail(room))
        rows = [row for part in self.body.split("\n", allow_blank=True) for row in (part.wrap(room) or [EMPTY])]
        first, *rest = rows or [EMPTY]
        return freed(Content("\n").join([self.head + first, *(row.pad_left(indent) for row in rest)]))

    def _beside_tail(self, room: int) -> Content:
        left = room - self.tail.cell_length - 2
        if not self.tail.plain or left < min(self.body.cell_length, 12):
            return self.body.truncate(room, ellipsis=True)
        # the end of a long body is worth less than the tail
        return self.body.truncate(left, ellipsis=True, pad=True) + plain("  ") + self.tail

    def same(self, other: Line) -> bool:
        """Whether both look the same; the equality of contents does not ask for their styles."""
        return self is other or (
            (self.id, self.heading, self.wraps, self.source) == (other.id, other.heading, other.wraps, other.source)
            and all(mine.is_same(theirs) for mine, theirs in ((self.head, other.head), (self.body, other.body),
                                                              (self.tail, other.tail))))

    @property
    def said(self) -> str:
        """The line in words."""
        return freed(self.head + self.body + (plain("  ") + self.tail if self.tail.plain else EMPTY)).plain


def heading(id: str, text: str) -> Line:
    """A line that titles those below it."""
    return Line(f"heading:{id}", Content.styled(text, "bold $quiet"), heading=True, wraps=False)


def gap(id: str) -> Line:
    """An empty line."""
    return Line(f"gap:{id}", EMPTY, heading=True)


def held(text: str) -> str:
    """A text that is not broken over two rows."""
    return text.replace(" ", _JOINT)


def freed(content: Content) -> Content:
    """The same with blanks in place of joints, once it is wrapped."""
    return Content(content.plain.replace(_JOINT, " "), list(content.spans))


def plain(text: str, style: str = "") -> Content:
    """Text that is never read as markup."""
    return Content.styled(text, style) if style else Content(text)


def joined(parts: list[Content], between: str = "   ") -> Content:
    """Parts side by side."""
    return Content(between).join(parts)


def stacked(parts: list[Content]) -> Content:
    """Parts below each other."""
    return Content("\n").join(parts)

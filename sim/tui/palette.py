"""tui: moves in the command palette: typing the name of one orders it, or withdraws it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from textual.command import CommandList, CommandPalette, Hit, Hits, Provider

from sim.tui.screens.room import SituationRoom
from sim.words.models import MenuItem


class Palette(CommandPalette):
    """Textual's, in which a page may be turned before there is one."""

    def _action_command_list(self, action: str) -> None:
        if self.query_one(CommandList).scrollable_content_region:
            super()._action_command_list(action)

    def describe(self) -> str:
        """What it is for; its lines are Textual's own."""
        return "All commands: type what you look for, enter does it, esc closes."


class Moves(Provider):
    """The open moves and answers of the round, in the situation room."""

    async def search(self, query: str) -> Hits:
        """Those whose names fit what is typed."""
        room = self.screen
        if not isinstance(room, SituationRoom) or not room.is_ready:
            return
        filed = {item.key for item in room.desk.filed()}
        matcher = self.matcher(query)
        for item in self._items(room):
            score = matcher.match(item.title)
            if score > 0:
                does = "withdraw it" if item.key in filed else f"order it, costs {item.cost}" if item.cost else "order it"
                yield Hit(score, matcher.highlight(item.title), partial(room.toggle, item.key), text=item.title,
                          help=f"{does} · one of your red lines" if item.red_line else does)

    def _items(self, room: SituationRoom) -> Iterator[MenuItem]:
        menu = room.desk.menu()
        for question in menu.questions:
            yield from (answer for answer in question.answers if answer.legal)
        for group in menu.groups:
            yield from (item for item in group.items if item.legal)

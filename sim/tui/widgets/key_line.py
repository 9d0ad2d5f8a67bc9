"""tui: the footer: the keys that work here, as many as fit; a click does what the key does."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.binding import ActiveBinding
from textual.content import Content
from textual.dom import DOMNode
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget

from sim.tui.lines.line import plain

NAMES = {"question_mark": "?", "slash": "/", "escape": "esc", "ctrl+q": "^q", "ctrl+p": "^p", "ctrl+c": "^c",
         "up": "↑", "down": "↓", "left": "←", "right": "→",
         **{f"f{number}": f"F{number}" for number in range(1, 11)}}


class KeyLine(Widget):
    """One row: what can be done here at the left, the way back and help at the right edge, on every screen.

    What does not fit at the left is left out from the right; F1 tells all.
    """

    DEFAULT_CSS = """
    KeyLine { dock: bottom; height: 1; padding: 0 2; background: $panel; color: $quiet; }
    """

    def on_mount(self) -> None:
        """Follow the screen's keys."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, screen: Screen[object]) -> None:
        if self.is_attached and screen is self.screen:
            self.refresh()

    def keys(self) -> list[tuple[str, str, str]]:
        """Key as people name it, what it does, key as Textual names it; the way back and help last."""
        here, edge = self._parted()
        return here + edge

    def _parted(self) -> tuple[list[tuple[str, str, str]], list[tuple[str, str, str]]]:
        """The keys at the left, and those at the right edge."""
        here: list[tuple[str, str, str]] = []
        back: list[tuple[str, str, str]] = []
        helps: list[tuple[str, str, str]] = []
        bindings = self.screen.active_bindings
        away = bindings["escape"].binding.action if "escape" in bindings else None
        typing = self.screen.focused is not None and self.screen.focused.check_consume_key("slash", "/")
        seen = set()
        for key, active in sorted(bindings.items(), key=self._rank()):
            binding = active.binding
            # Textual does not know that a slash is typed where one types
            if not binding.show or not active.enabled or binding.action in seen or (typing and key == "slash"):
                continue
            seen.add(binding.action)
            part = helps if binding.id == "app.help" else back if binding.action == away and key != "enter" else here
            part.append((binding.key_display or NAMES.get(key, key), binding.description, key))
        return here, back + helps

    def _rank(self) -> Callable[[tuple[str, ActiveBinding]], tuple[int, int]]:
        """The order in which keys are declared; one that a person has changed would else come last."""
        if not getattr(self.app, "keymap", None):
            return lambda _: (0, 0)
        ranks: dict[str | None, tuple[int, int]] = {}
        nodes: list[DOMNode] = []
        for active in self.screen.active_bindings.values():
            if active.node not in nodes:
                nodes.append(active.node)
        for number, node in enumerate(nodes):
            for owner in type(node).__mro__:
                for at, binding in enumerate(owner.__dict__.get("BINDINGS", ())):
                    ranks.setdefault(getattr(binding, "id", None), (number, at))
        return lambda item: ranks.get(item[1].binding.id, (len(nodes), 0))

    def render(self) -> Content:
        """What can be done, then the way back and help at the right edge."""
        width = self.content_size.width
        here, edge = self._parted()
        tail = plain("   ").join(_cell(*item) for item in edge)
        room = width - tail.cell_length
        out = Content("")
        for item in here:
            cell = _cell(*item)
            if out.cell_length + cell.cell_length + 3 > room:
                break
            out += cell + plain("   ")
        return out.extend_right(max(0, room - out.cell_length)) + tail

    def on_click(self, event: events.Click) -> None:
        """What is clicked is pressed."""
        key = event.style.meta.get("key")
        if key:
            self.app.simulate_key(key)

    def describe(self) -> str:
        """The keys in words."""
        return "Keys: " + ", ".join(f"{key} {text}" for key, text, _ in self.keys()) + "."


def _cell(shown: str, text: str, key: str) -> Content:
    cell = plain(shown, "bold $primary") + plain(f" {text}", "$quiet")
    # not `@click`: a link takes the colours of links in place of these
    return cell.stylize(Style.from_meta({"key": key}))

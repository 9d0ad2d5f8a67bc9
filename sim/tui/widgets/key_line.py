"""tui: the footer: the keys that work here, as many as fit; a click does what the key does."""

from __future__ import annotations

from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from sim.tui.lines.line import plain

NAMES = {"question_mark": "?", "slash": "/", "escape": "esc", "ctrl+q": "^q", "ctrl+p": "^p", "ctrl+c": "^c",
         **{f"f{number}": f"F{number}" for number in range(1, 11)}}


class KeyLine(Widget):
    """One row. What does not fit is left out from the right; F1 tells all."""

    DEFAULT_CSS = """
    KeyLine { dock: bottom; height: 1; padding: 0 2; background: $panel; color: $quiet; link-style: none;
              link-style-hover: none; link-color: $foreground; link-color-hover: $primary;
              link-background-hover: $panel; }
    """

    def on_mount(self) -> None:
        """Follow the screen's keys."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, screen: Screen[object]) -> None:
        if self.is_attached and screen is self.screen:
            self.refresh()

    def keys(self) -> list[tuple[str, str, str]]:
        """Key, what it does, action; help last."""
        out, seen = [], set()
        for key, active in self.screen.active_bindings.items():
            binding = active.binding
            if not binding.show or not active.enabled or binding.action in seen:
                continue
            seen.add(binding.action)
            shown = binding.key_display or NAMES.get(key, key)
            out.append((shown, binding.description, f"app.simulate_key('{key}')"))
        return out

    def render(self) -> Content:
        """Keys, then help at the right edge."""
        width = self.content_size.width
        helps = [item for item in self.keys() if item[0] == "F1"]
        tail = Content("").join(_cell(*item) for item in helps)
        room = width - tail.cell_length
        out = Content("")
        for item in self.keys():
            cell = _cell(*item)
            if item[0] == "F1":
                continue
            if out.cell_length + cell.cell_length + 3 > room:
                break
            out += cell + plain("   ")
        return out.extend_right(max(0, room - out.cell_length)) + tail

    def describe(self) -> str:
        """The keys in words."""
        return "Keys: " + ", ".join(f"{key} {text}" for key, text, _ in self.keys()) + "."


def _cell(key: str, text: str, action: str) -> Content:
    from textual.style import Style

    cell = plain(key, "bold $primary") + plain(f" {text}", "$quiet")
    return cell.stylize(Style.from_meta({"@click": action}))

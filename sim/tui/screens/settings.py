"""tui: the settings, each with what it does and a sample; every change holds at once and is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from sim.tui.lines.line import Line, gap, plain, stacked
from sim.tui.screens.dialogs import key
from sim.tui.screens.sheet import Sheet, Sheetlet, app_of
from sim.tui.settings import LEVELS, MAPS
from sim.tui.widgets.detail import Detail
from sim.tui.widgets.line_list import LineList
from sim.tui.widgets.titles import Banner, entitle

if TYPE_CHECKING:
    from sim.tui.app import DetenteApp

NAMES: Final = {
    "theme": "Colours", "map": "Map", "animations": "Animations", "level": "The others", "reasons": "Reasons",
}
ABOUT: Final = {
    "theme": "The colours of every screen. Those named detente are safe for colour-blind readers, and no meaning "
             "rests on colour alone. Enter lists all themes.",
    "map": "How borders are drawn. Braille is finest; blocks need no braille font; ascii works on any terminal. Off "
           "leaves the room to other panes.",
    "animations": "Off shows a closed round at once, and nothing glides.",
    "level": "How well the others play in the next match. Easy shows their reasons after each round.",
    "reasons": "Whether the page of reasons opens by itself after each round, or only when you ask for it (o).",
}
SAMPLES: Final = {
    "braille": "⠀⢀⡠⠤⠒⠒⠉⠉⠒⠒⠤⢄⡀⠀", "blocks": "▁▂▃▄▅▆▇▇▆▅▄▃▂▁", "ascii": "__..--''--..__", "off": "no map",
}


class SettingsList(LineList):
    """One setting a line."""

    HELP = "Up and down choose a setting, right and left its value; enter or a second click goes to the next value."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "turn(1)", "Next value", id="settings.next"),
        Binding("left", "turn(-1)", "Previous", id="settings.previous"),
        Binding("enter", "select", "Choose", show=False, id="settings.choose"),
    ]

    def action_turn(self, by: int) -> None:
        """The next value, or the one before."""
        page = self.screen
        if self.current is not None and isinstance(page, SettingsPage):
            page.turn(self.current.id, by)


class SettingsPage(Sheet):
    """What a person settles once."""

    DEFAULT_CSS = """
    SettingsPage #settings-title { height: 3; padding: 1 2; background: $panel; }
    SettingsPage #settings { height: 1fr; margin-top: 1; }
    SettingsPage #choices, SettingsPage #meaning { width: 1fr; }
    SettingsPage Detail { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "back", "Back", id="settings.back"),
    ]

    def body(self) -> ComposeResult:
        """The list, and what the setting under the cursor does."""
        yield Banner(plain("Settings", "bold $primary"), id="settings-title")
        with Horizontal(id="settings"):
            with Vertical(classes="pane", id="choices") as pane:
                entitle(pane, "What holds now")
                yield SettingsList(title="Settings", id="list")
            with Vertical(classes="pane", id="meaning") as pane:
                entitle(pane, "What it does")
                yield Detail(id="about")

    def ready(self) -> None:
        """Fill the list."""
        page = self.query_one(SettingsList)
        page.focus()
        self._show()

    def _show(self) -> None:
        page = self.query_one(SettingsList)
        lines = []
        for name, title in NAMES.items():
            value = self._value(name)
            lines += [Line(name, plain(f"{title:<12}", "$quiet") + plain("‹ ", "$quiet") + plain(value, "bold")
                           + plain(" ›", "$quiet"), plain("  ")), gap(name)]
        page.show(lines[:-1])
        if page.current is not None:
            self._tell(page.current.id)

    def _value(self, name: str) -> str:
        """What holds now, which an option of the command line may have decided."""
        app = app_of(self)
        if name == "theme":
            return app.theme
        if name == "animations":
            return "on" if app.settings.animations else "off"
        if name == "reasons":
            return "after each round" if app.settings.reasons else "when asked for"
        return str(getattr(app.start, name))

    def turn(self, name: str, by: int) -> None:
        """The next or the previous value of a setting holds from now on."""
        app = app_of(self)
        if name in {"animations", "reasons"}:
            app.settle(**{name: not getattr(app.settings, name)})
        else:
            values: list[str] = app.theme_names() if name == "theme" else [*(MAPS if name == "map" else LEVELS)]
            now = self._value(name)
            app.settle(**{name: values[(values.index(now) + by) % len(values)]})
        self._show()

    @on(LineList.Reached)
    def _reached(self, event: LineList.Reached) -> None:
        self._tell(event.line.id)

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        if event.line.id == "theme":
            self.app.push_screen(Themes(), self._themed)
        else:
            self.turn(event.line.id, 1)

    def _themed(self, name: str | None) -> None:
        if name is not None:
            app_of(self).settle(theme=name)
        self._show()

    def _tell(self, name: str) -> None:
        rows = [plain(ABOUT[name]), plain("")]
        if name == "theme":
            rows += [colours(), plain("")]
        if name == "map":
            style = self._value(name)
            if style != "off":
                rows.append(plain("Do you see a smooth curve here?", "$quiet"))
            rows += [plain(""), plain(f"  {SAMPLES[style]}", "bold"), plain("")]
        rows.append(self._kept(app_of(self)))
        self.query_one(Detail).tell("What it does", stacked(rows))

    def _kept(self, app: DetenteApp) -> Content:
        if app.start.settings is None:
            return plain("Holds until you leave.", "$quiet")
        return plain(f"Kept in {app.start.settings}", "$quiet")

    def action_back(self) -> None:
        """To the screen before."""
        self.dismiss(None)


class Themes(Sheetlet[str | None]):
    """All themes; the one under the cursor is worn at once, enter keeps it, esc takes the old one back."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "back", "Back", id="themes.back")]

    def compose(self) -> ComposeResult:
        """The list, and a sample."""
        with Vertical(classes="box") as box:
            entitle(box, "Colours")
            yield ThemeList(title="Colours", id="themes")
            yield Static(colours(), classes="text")
            yield Static(key("enter", "keep", "screen.keep") + plain("      ") + key("esc", "as before", "screen.back"),
                         classes="keys")

    def on_mount(self) -> None:
        """Fill the list once its width is known."""
        self._before = self.app.theme
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        names = app_of(self).theme_names()
        self.query_one(ThemeList).show([Line(name, plain(name)) for name in names], self._before)

    @on(LineList.Reached)
    def _reached(self, event: LineList.Reached) -> None:
        self.app.theme = event.line.id

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        self.dismiss(event.line.id)

    def action_keep(self) -> None:
        """Keep the one under the cursor."""
        self.dismiss(self.app.theme)

    def action_back(self) -> None:
        """The one before."""
        self.app.theme = self._before
        self.dismiss(None)


class ThemeList(LineList):
    """Names of themes."""

    DEFAULT_CSS = """
    Sheetlet > .box ThemeList { height: auto; max-height: 45vh; }
    """
    HELP = "Up and down try the colours on, enter keeps them, esc goes back to those before."


def colours() -> Content:
    """What the colours mean, in themselves."""
    return (plain("△ eased", "$good") + plain("   ") + plain("▲ worsened", "$bad") + plain("   ")
            + plain("● a second look", "$mark") + plain("   ") + plain("secondary", "$quiet"))

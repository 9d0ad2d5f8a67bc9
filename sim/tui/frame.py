"""tui: the frame around every screen: settings, themes, the person's own keys, help, palette, jump."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import constants
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen

from sim.errors import DetenteError, suggest
from sim.tui.light_strips import lighten_strips
from sim.tui.settings import keep_settings, read_settings
from sim.tui.shared_styles import SharedStylesheet
from sim.tui.start import Start
from sim.tui.theme import CALM, OWN, meanings
from sim.tui.widgets.key_line import NAMES

if TYPE_CHECKING:
    from textual.command import Provider

_LONG: Final = 12
"""Seconds that a sentence about a person's own file stays."""


def _moves() -> type[Provider]:
    # the palette is opened seldom, and its parts are not needed before
    from sim.tui.palette import Moves

    return Moves


class Frame(App[str]):
    """What is the same whatever is played. `settings` are those of the file; `start` says what holds now."""

    ENABLE_COMMAND_PALETTE = True
    COMMANDS = App.COMMANDS | {_moves}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "interrupt", "Leave", show=False, priority=True, id="app.interrupt"),
        Binding("ctrl+q", "leave", "Save and leave", show=False, priority=True, id="app.leave"),
        Binding("ctrl+p", "command_palette", "All commands", show=False, priority=True, id="app.palette"),
        Binding("j", "jump", "Jump to a pane", show=False, id="app.jump"),
        Binding("f6", "settings", "Settings", show=False, id="app.settings"),
        Binding("escape", "leave_tour", "Leave the tour", show=False, id="app.leave_tour"),
        Binding("f1", "explain", "Help", id="app.help"),
    ]

    def __init__(self, start: Start) -> None:
        lighten_strips()
        self.settings, self._settings_sentence = read_settings(start.settings)
        self.start = self.settings.filled(start)
        self.keymap: dict[str, str] = {}
        """The keys that the person has changed, by the id of the binding."""
        super().__init__()
        self.stylesheet = SharedStylesheet(variables=self.get_css_variables())
        if not self.settings.animations:
            self.animation_level = "none"

    @property
    def leaving(self) -> bool:
        """Whether the app is on its way out; screens that come to stand now have nothing to show."""
        return self._exit

    @property
    def _background_screens(self) -> list[Screen[Any]]:
        """Screens that are seen through the one on top: none under an opaque one.

        Textual counts the next lower one in any case, and paints the whole top whenever something beneath it changes.
        """
        stack = self._screen_stack
        if stack and not self._paints_beneath(stack[-1]):
            return []
        return super()._background_screens

    @staticmethod
    def _paints_beneath(screen: Screen[Any]) -> bool:
        return screen.styles.background.a < 1

    # -- colours

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Colours by meaning, for themes that do not know them."""
        return meanings(self.current_theme.dark)

    def dress(self) -> None:
        """Put on the theme that is asked for, before the first paint."""
        for own in OWN:
            self.register_theme(own)
        wanted = self.start.theme or CALM.name
        if wanted not in self.available_themes:
            self._read_themes()
        self.theme = wanted if wanted in self.available_themes else CALM.name

    def _read_themes(self) -> None:
        from sim.tui.own_themes import own_themes

        themes, sentences = own_themes(self.start.themes)
        for theme in themes:
            self.register_theme(theme)
        self._theme_sentences = sentences

    _theme_sentences: tuple[str, ...] | None = None

    def theme_names(self) -> list[str]:
        """All themes: the app's, the person's, Textual's."""
        from textual.theme import BUILTIN_THEMES

        first = [theme.name for theme in OWN]
        others = [name for name in self.available_themes if name not in first]
        return first + [name for name in others if name not in BUILTIN_THEMES] + sorted(
            name for name in others if name in BUILTIN_THEMES)

    # -- what a person has settled

    def on_mount(self) -> None:
        """Say what in the person's files cannot be used; read the keys and themes that are theirs."""
        wanted = self.start.theme
        if wanted is not None and wanted not in self.available_themes:
            self.notify(f"There is no theme `{wanted}`; {suggest(wanted, self.available_themes)}this is {self.theme}.",
                        severity="warning")
        if self._settings_sentence:
            self.notify(self._settings_sentence, severity="warning", timeout=_LONG)
        if self.start.keymap is not None or self.start.themes is not None:
            self.run_worker(self._read_own(), group="own")

    async def _read_own(self) -> None:
        """The person's keys and themes, off the loop: most people have none, and nobody waits for them."""
        from sim.tui.keymap import read_keymap

        keymap, sentences = await asyncio.to_thread(read_keymap, self.start.keymap)
        if keymap:
            self.keymap = keymap
            self.set_keymap(keymap)
        if self._theme_sentences is None:
            self._read_themes()
        for sentence in (*sentences, *(self._theme_sentences or ())):
            self.notify(sentence, severity="warning", timeout=_LONG)

    def key_for(self, id: str, usual: str) -> str:
        """The key of a binding as people name it; `usual` unless the person has changed it."""
        first = self.keymap[id].split(",")[0].strip() if id in self.keymap else usual
        return NAMES.get(first, first)

    @property
    def new_here(self) -> bool:
        """Whether nothing was ever settled here."""
        return self.start.settings is None or not self.start.settings.exists()

    def settle(self, **changes: str | bool) -> None:
        """Let other values of settings hold from now on, and keep them; what is not named stays as it is."""
        self.settings = replace(self.settings, **changes)  # type: ignore[arg-type]
        given = {name: value for name, value in changes.items() if name in {"theme", "map", "level"}}
        self.start = replace(self.start, **given)  # type: ignore[arg-type]
        if changes.get("theme") in self.available_themes:
            self.theme = self.settings.theme
        if "animations" in changes:
            self.animation_level = constants.TEXTUAL_ANIMATIONS if self.settings.animations else "none"
        sentence = keep_settings(self.settings, self.start.settings)
        if sentence and sentence != self._settings_sentence:
            self._settings_sentence = sentence
            self.notify(sentence, severity="warning", timeout=_LONG)

    def action_settings(self) -> None:
        """The settings, over whatever is shown."""
        from sim.tui.screens.settings import SettingsPage

        drawn = self.start.map

        def redraw(_: None) -> None:
            for screen in self.screen_stack if self.start.map != drawn else ():
                if getattr(screen, "is_ready", False) and hasattr(screen, "reload"):
                    screen.reload()

        if not any(isinstance(screen, SettingsPage) for screen in self.screen_stack):
            self.push_screen(SettingsPage(), redraw)

    def action_change_theme(self) -> None:
        """Choose the colours, seen as the cursor moves."""
        from sim.tui.screens.settings import Themes

        def chosen(name: str | None) -> None:
            if name is not None:
                self.settle(theme=name)

        self.push_screen(Themes(), chosen)

    # -- finding one's way

    def tell(self, title: str, text: str | Content, then: Callable[[], None] | None = None) -> None:
        """Something to read in a dialog."""
        from sim.tui.lines.line import plain
        from sim.tui.screens.dialogs import Tell

        shown = plain(text) if isinstance(text, str) else text
        self.push_screen(Tell(title, shown), lambda _: then() if then else None)

    def tell_problem(self, problem: DetenteError, named: str, then: Callable[[], None] | None = None) -> None:
        """Why something cannot be opened: a sentence, or the first problems of a scenario."""
        from sim.tui.lines.problems import problem_text

        self.tell("It cannot be opened", problem_text(problem, named), then)

    def action_explain(self) -> None:
        """Help of the widget in focus, with all keys that work there."""
        from sim.tui.screens.dialogs import Help

        self.push_screen(Help(self.screen))

    def action_command_palette(self) -> None:
        """All commands."""
        from sim.tui.palette import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette"))

    def action_jump(self) -> None:
        """Letters on the panes; one of them leads there."""
        from sim.tui.screens.jump import Jump, panes

        if len(panes(self.screen)) > 1:
            self.push_screen(Jump(panes(self.screen)))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The actions of the screen, the pages, and what the app can do anywhere."""
        seen = set()
        for active in screen.active_bindings.values():
            binding = active.binding
            numbered = binding.action.startswith("answer(")
            mine = binding.id and active.enabled and isinstance(active.node, Screen) and not numbered
            if mine and binding.description and binding.action not in seen:
                seen.add(binding.action)
                yield SystemCommand(binding.description, f"key {NAMES.get(binding.key, binding.key)}",
                                    partial(self.simulate_key, binding.key))
        yield from self.page_commands(screen)
        yield SystemCommand("Help", "What the widget in focus shows, and its keys (F1)", self.action_explain)
        yield SystemCommand("Settings", "Colours, map, animations, level, reasons (F6)", self.action_settings)
        yield SystemCommand("Theme", "Choose the colours", self.action_change_theme)
        yield SystemCommand("Jump to a pane", "Letters on the panes (j)", self.action_jump)
        yield SystemCommand("The two-minute tour", "A small match with somebody at your shoulder", self.begin_tour)

    def page_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The pages that can be opened from where one is; none unless a match is open."""
        return ()

    def begin_tour(self) -> None:
        """Begin the tour."""
        raise NotImplementedError


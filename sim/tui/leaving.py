"""tui: keeping a match and leaving it: for home, for the shell, with or without its file."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from textual import events
from textual.await_complete import AwaitComplete
from textual.screen import Screen
from textual.widget import AwaitMount

from sim.errors import DetenteError
from sim.tui.frame import Frame
from sim.tui.start import Start
from sim.tui.table import Desk
from sim.tui.widgets.too_small import HEIGHT, WIDTH, TooSmall


class Leaving(Frame):
    """An app with at most one match open, which is never lost by leaving it."""

    def __init__(self, start: Start) -> None:
        super().__init__(start)
        self.desk: Desk | None = None

    async def on_event(self, event: events.Event) -> None:
        """Under the sentence of a terminal that is too small no key acts unseen, but for those that lead out."""
        if isinstance(event, events.Key) and self._covered and event.key not in self._ways_out:
            return
        await super().on_event(event)

    @property
    def _covered(self) -> bool:
        small = self.size.width < WIDTH or self.size.height < HEIGHT
        return small and bool(self.screen_stack) and any(node.display for node in self.screen.query(TooSmall))

    @property
    def _ways_out(self) -> set[str]:
        usual = {"app.interrupt": "ctrl+c", "app.leave": "ctrl+q"}
        return {key.strip() for id, keys in usual.items() for key in self.keymap.get(id, keys).split(",")}

    def go(self, screen: Screen[Any]) -> AwaitMount | AwaitComplete:
        """Show a screen in place of what is shown; the first screen stays beneath, out of sight."""
        while len(self.screen_stack) > 2:
            self.pop_screen()
        return self.push_screen(screen) if len(self.screen_stack) == 1 else self.switch_screen(screen)

    def _keep(self) -> None:
        """Give the match its file as soon as there is something to keep; after a failure, once a round."""
        desk = self.desk
        if desk is None or self.start.replay:
            return
        number = desk.situation().round
        if self._unkept != number:
            self._unkept = number if self.save_match(loud=False) is not None else 0

    _unkept = 0
    """The round in which the match could not be written."""

    @property
    def _to_keep(self) -> bool:
        """Whether leaving now has anything to write."""
        return self.desk is not None and not self.start.replay and self.desk.begun

    def save_match(self, loud: bool) -> str | None:
        """Write the match; a sentence if that failed. `loud` tells success too."""
        if self.desk is None or self.start.replay:
            return None
        try:
            path = self.desk.save()
        except (DetenteError, OSError) as problem:
            sentence = problem.sentence if isinstance(problem, DetenteError) else str(problem)
            self.notify(f"{sentence} The match goes on unsaved.", title="Not saved", severity="error", timeout=10)
            return sentence
        self.saved = str(path or "")
        if loud:
            self.notify(f"Saved in {self.saved}." if self.saved else "Saved.")
        return None

    saved = ""

    def action_interrupt(self) -> None:
        """Ask once, then save and exit; the shell is told that it was an interruption."""
        self._ask_to_leave(130)

    def action_leave(self) -> None:
        """Ask once, then save and exit."""
        self._ask_to_leave(0)

    _code = 0
    """What the shell is told at the end."""

    def _ask_to_leave(self, code: int) -> None:
        from sim.tui.screens.dialogs import Ask

        self._code = code
        if isinstance(self.screen, Ask) and self.screen.name == "leave":
            self.screen.dismiss(True)
            return
        if self.desk is None or self.start.replay:
            self._let_go()
            self.exit("", return_code=self._code)
            return
        text, yes = "The match is saved and can be continued from the home screen.", "save and leave"
        if not self._to_keep:
            text, yes = "Nothing has been filed yet, so there is nothing to save.", "leave"
        self.push_screen(Ask("Leave?", text, yes, "stay", name="leave"), lambda sure: self._leave() if sure else None)

    def _leave(self) -> None:
        from sim.tui.screens.dialogs import Ask

        problem = self.save_match(loud=False) if self._to_keep else None
        if problem is None:
            saved = self.saved
            self._let_go()
            self.exit(saved, return_code=self._code)
            return
        ask = Ask("Not saved", f"{problem} Leave all the same?", "leave without saving", "stay")
        self.push_screen(ask, lambda yes: self._exit_unsaved() if yes else None)

    def _exit_unsaved(self) -> None:
        self._let_go()
        self.exit("", return_code=self._code)

    def _let_go(self) -> None:
        """Close the match's file, so that it can be opened again; a round that is being thought about is not closed."""
        self.workers.cancel_group(self, "round")
        if self.desk is not None:
            close(self.desk)
        self.desk = None
        self.saved, self._unkept = "", 0
        self.start = replace(self.start, replay=False, round=None)

    def action_go_home(self) -> None:
        """To the home screen; the match is saved, or it is asked first whether to leave it unsaved."""
        from sim.tui.screens.dialogs import Ask

        problem = self.save_match(loud=False) if self._to_keep else None
        if problem is None:
            self._home()
            return
        ask = Ask("Not saved", f"{problem} Leave all the same?", "leave without saving", "stay")
        self.push_screen(ask, lambda yes: self._home() if yes else None)

    def _home(self) -> None:
        from sim.tui.screens.home import Home

        # what is being opened would show itself over the home screen
        self.workers.cancel_group(self, "open")
        self._let_go()
        self.go(Home())


def close(desk: Desk) -> None:
    """Let go of the match's file, so that it can be opened again."""
    match = getattr(desk, "match", None)
    if match is not None:
        match.close()

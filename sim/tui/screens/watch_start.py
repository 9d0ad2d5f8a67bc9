"""tui: the dialogs of the watch screen: a game from another start, and how many rounds policies shall play."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from sim.authoring.watching.scene import Settable
from sim.errors import UsageError
from sim.play.beginning import Beginning, assigned
from sim.tui.lines.line import Line, plain
from sim.tui.screens.dialogs import key
from sim.tui.screens.sheet import Sheetlet
from sim.tui.widgets.line_list import LineList
from sim.tui.widgets.titles import Banner, entitle

_LARGEST_SEED = (1 << 64) - 1


class Wanted(NamedTuple):
    """A game from another start."""

    begin: Beginning
    seed: int


class Field(Input):
    """One value of the dialog."""

    DEFAULT_CSS = """
    Field { height: 1; border: none; padding: 0 1; background: $surface; width: 1fr; }
    Field:focus { border: none; background: $block-cursor-background; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.begin", "Begin", id="beginning.begin"),
        Binding("down", "screen.focus_next", "Next field", show=False, id="beginning.next"),
        Binding("up", "screen.focus_previous", "Field before", show=False, id="beginning.previous"),
    ]

    def __init__(self, value: str, help: str, id: str, placeholder: str = "") -> None:
        super().__init__(value, placeholder=placeholder, id=id, select_on_focus=False)
        self.HELP = help  # type: ignore[misc]  # F1 asks the widget that has the focus

    def describe(self) -> str:
        """What is typed."""
        return f"{str(self.id).capitalize()}: {self.value or 'nothing typed'}."


class NameList(LineList):
    """Everything that can be set."""

    HELP = "What can be set, with its range, its start and how it stands now. Enter puts the name into the values."
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "Set this one", id="beginning.pick")]
    EMPTY = "Nothing of that name can be set."


class BeginElsewhere(Sheetlet[Wanted | None]):
    """Round, values, seed; checked as they are typed, by the scenario's own rules."""

    DEFAULT_CSS = """
    BeginElsewhere > .box { width: 96; height: 90%; max-height: 26; }
    BeginElsewhere .row { height: 1; }
    BeginElsewhere .row Static { width: 9; }
    BeginElsewhere .row .aside { width: 1fr; padding: 0 1; }
    BeginElsewhere #round, BeginElsewhere #seed { width: 14; }
    BeginElsewhere #says { height: 2; margin: 1 0 0 0; width: 1fr; }
    BeginElsewhere > .box #names { height: 1fr; border-top: solid $rule; margin: 0 0 1 0; max-height: 100%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "Stay", id="beginning.cancel")]
    HELP = ("A new game from another start: the round, any values, the seed. What is not set stands as the scenario has it "
            "at its start; the values hold as the round opens, and what its opening brings comes on top.")

    def __init__(self, now: Beginning, seed: int, rounds: int, names: Sequence[Settable],
                 refuses: Callable[[Beginning], str]) -> None:
        """`refuses`: why a game cannot begin so, in a sentence."""
        super().__init__()
        self._now, self._seed, self._rounds, self._names, self._refuses = now, seed, rounds, names, refuses

    def compose(self) -> ComposeResult:
        """Three fields, what is wrong with them, and everything that can be set."""
        typed = " ".join(f"{name}={str(value).lower() if isinstance(value, bool) else value}"
                         for name, value in self._now.values.items())
        with Vertical(classes="box") as box:
            entitle(box, "Begin elsewhere")
            with Horizontal(classes="row"):
                yield Banner(plain("Round", "$quiet"))
                yield Field(str(self._now.round), "The round in which the game begins.", "round")
                yield Static(plain(f"1 to {self._rounds}; those before are passed over", "$quiet"), classes="aside text")
            with Horizontal(classes="row"):
                yield Banner(plain("Seed", "$quiet"))
                yield Field(str(self._seed), "The same seed and the same orders give the same game.", "seed")
                yield Static(plain("the dice", "$quiet"), classes="aside text")
            with Horizontal(classes="row"):
                yield Banner(plain("Values", "$quiet"))
                yield Field(typed, self.HELP, "values", "tension=70 phase=talks")
            yield Static(plain(""), id="says", classes="text")
            yield NameList(title="What can be set", id="names")
            yield Static(key("enter", "begin", "screen.begin") + plain("      ") + key("esc", "stay", "screen.cancel")
                         + plain("      ↓ ↑ fields and names", "$quiet"), classes="keys")

    def on_mount(self) -> None:
        """The values first: round and seed are often as they were."""
        self.query_one("#values", Field).focus()
        self.call_after_refresh(self._look)

    def wanted(self) -> Wanted | str:
        """What is typed, or what is wrong with it in a sentence."""
        number, seed, values = (self.query_one(f"#{name}", Field).value.strip() for name in ("round", "seed", "values"))
        if not _whole(number):
            return f"The round is a whole number from 1 to {self._rounds}."
        if not _whole(seed) or int(seed) > _LARGEST_SEED:
            return f"The seed is a whole number from 0 to {_LARGEST_SEED}."
        try:
            begin = Beginning(int(number), assigned(word for word in re.split(r"[\s,]+", values) if word))
        except UsageError as problem:
            return problem.sentence
        return self._refuses(begin) or Wanted(begin, int(seed))

    @on(Input.Changed)
    def _look(self) -> None:
        says, found = self.query_one("#says", Static), self.wanted()
        if (open_ := self._unfinished()) is not None:
            says.update(plain("… ", "bold $quiet") + plain(open_, "$quiet"))
        elif isinstance(found, str):
            says.update(plain("✗ ", "bold $bad") + plain(found))
        else:
            set_ = ", ".join(f"{name} {value}" for name, value in found.begin.values.items())
            says.update(plain("✓ ", "bold $good") + plain(f"Round {found.begin.round}" + (f": {set_}." if set_ else
                        ", everything as at the scenario's start.")))
        self._list()

    def _unfinished(self) -> str | None:
        """What is asked of the word that is being typed; None where it is whole, or the name of nothing."""
        word = re.split(r"[\s,]+", self.query_one("#values", Field).value)[-1]
        name, sign, value = word.partition("=")
        if not name or value:
            return None
        known = next((it for it in self._names if it.name == name), None)
        if known is not None:
            return f"`{name}` takes {known.range}; it starts at {known.start}."
        near = [it.name for it in self._names if not sign and it.name.startswith(name)]
        return f"`{near[0]}=` …" if near else None

    def _list(self) -> None:
        """The names that begin or hold what is being typed."""
        typed = self.query_one("#values", Field).value
        words = re.split(r"[\s,]+", typed)
        part = words[-1].partition("=")[0].casefold() if words and not typed.endswith((" ", ",")) else ""
        given = {word.partition("=")[0] for word in words if "=" in word}
        found = [it for it in self._names if not part or part in f"{it.name} {it.title}".casefold()] or list(self._names)
        wide = min(28, max((len(it.name) for it in found), default=0))
        self.query_one(NameList).show([_named(it, wide, given=it.name in given) for it in found])

    @on(LineList.Chosen)
    def _picked(self, event: LineList.Chosen) -> None:
        field = self.query_one("#values", Field)
        kept = [word for word in re.split(r"[\s,]+", field.value) if "=" in word and word.partition("=")[0] != event.line.id]
        field.value = " ".join([*kept, f"{event.line.id}="])
        field.focus()
        field.cursor_position = len(field.value)

    def action_begin(self) -> None:
        """Begin, unless something is wrong."""
        found = self.wanted()
        if not isinstance(found, str):
            self.dismiss(found)

    def action_cancel(self) -> None:
        """Stay in the game."""
        self.dismiss(None)

    def describe(self) -> str:
        """The fields, and what is wrong with them."""
        found = self.wanted()
        fields = " ".join(it.describe() for it in self.query(Field))
        return f"Begin elsewhere. {fields} {found if isinstance(found, str) else 'It can begin so.'}\n{self.HELP}"


def _whole(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 20


def _named(it: Settable, wide: int, *, given: bool) -> Line:
    style = "bold $primary" if given else "bold"
    body = plain(f"{it.name:<{wide}}  ", style) + plain(it.range)
    tail = plain(f"{it.start}" if it.start == it.now else f"{it.start} → {it.now}", "$quiet")
    return Line(it.name, body, wraps=False, tail=tail)


class HowMany(Sheetlet[int]):
    """How many rounds policies shall play: a digit, or to the end."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(n), f"play({n})", f"{n} round{'s' * (n > 1)}", show=False, id=f"howmany.{n}") for n in range(1, 10)),
        Binding("enter,e", "play(0)", "To the end", id="howmany.end"),
        Binding("escape", "play(-1)", "Stay", id="howmany.cancel"),
    ]

    def __init__(self, left: int) -> None:
        """`left`: rounds of the clock that are not closed."""
        super().__init__()
        self._left = left

    def compose(self) -> ComposeResult:
        """The question and its answers."""
        with Vertical(classes="box") as box:
            entitle(box, "Let policies play")
            yield Static(plain("How many rounds? Policies choose for every seat that has filed nothing by hand; what you "
                               f"have filed counts in the first of them. {self._left} can still be played."),
                         classes="text")
            most = min(9, self._left)
            digits = plain(" ").join([key(str(n), "", f"screen.play({n})").rstrip() for n in range(1, most)])
            yield Static(digits + plain(" " if most > 1 else "")
                         + key(str(most), "round" if most == 1 else "rounds", f"screen.play({most})") + plain("      ")
                         + key("enter", "to the end", "screen.play(0)") + plain("      ")
                         + key("esc", "stay", "screen.play(-1)"), classes="keys")

    def action_play(self, rounds: int) -> None:
        """So many; 0 is all that are left, less is none."""
        self.dismiss(0 if rounds < 0 else min(rounds, self._left) or self._left)

    def describe(self) -> str:
        """The question."""
        return (f"Let policies play. How many rounds? A digit, or enter for the {self._left} that are left. "
                "Policies choose for every seat that has filed nothing by hand. Esc stays.")

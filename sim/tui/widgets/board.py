"""tui: the running board of tracks beside a round that unfolds: values move as effects land."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content
from textual.widget import Widget

from sim.tui.lines.line import plain
from sim.tui.lines.tracks import STYLE, arrow, gauge, signed
from sim.tui.lines.unfolding import judge
from sim.words.models import TrackLine

_BAR = 10
_FIRST = 3


class Board(Widget):
    """Tracks with their value as of now, and how far they have moved since the round began."""

    DEFAULT_CSS = """
    Board { height: 1fr; padding: 0 1; }
    """
    HELP = ("The tracks while the round resolves: the value now, how far it has come since the round began, and where "
            "it lies on its scale. ▸ marks what has just moved.")

    def __init__(self, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._tracks: tuple[TrackLine, ...] = ()
        self._moving: frozenset[str] = frozenset()
        self._values: dict[str, int] = {}
        self._touched: frozenset[str] = frozenset()

    def begin(self, tracks: Sequence[TrackLine], moving: frozenset[str]) -> None:
        """Show the tracks as they stood before the round; `moving` are those that will move, which are kept in sight."""
        self._tracks, self._moving = tuple(tracks), moving
        self._values = {track.name: track.value for track in tracks}
        self._touched = frozenset()
        self.refresh()

    def move(self, values: Mapping[str, int], *, still: bool = False) -> None:
        """Put new values in the place of the old ones; `still` marks none of them as just moved."""
        self._touched = frozenset() if still else frozenset(values)
        self._values.update(values)
        self.refresh()

    @property
    def values(self) -> Mapping[str, int]:
        """The values that are shown."""
        return self._values

    def _shown(self) -> tuple[TrackLine, ...]:
        """Those that move, and those that the author lists first, which are looked for in any case."""
        first = [track.name for track in self._tracks if not track.own][:_FIRST]
        kept = [track for track in self._tracks if track.name in self._moving or track.name in first]
        return tuple(kept[:max(1, self.content_size.height)])

    def render(self) -> Content:
        """One row a track."""
        width = self.content_size.width
        title = max(10, width - 16 - _BAR)
        return Content("\n").join([self._row(track, title) for track in self._shown()])

    def _row(self, track: TrackLine, title: int) -> Content:
        value = self._values.get(track.name, track.value)
        moved = value - track.value
        judged = judge(track, moved)
        just = track.name in self._touched
        head = plain("▸ " if just else "  ", "bold $mark")
        name = plain(track.title, "bold" if just else "").truncate(title, ellipsis=True, pad=True)
        change = plain(f" {arrow(moved, judged)}{signed(moved):>4}", STYLE[judged]) if moved else plain(" " * 6)
        bar = gauge(value, track.low, track.high, _BAR, STYLE[judged] if just else "$quiet")
        return head + name + plain(f"{value:>5}", "bold") + change + plain(" ") + bar

    def describe(self) -> str:
        """The tracks and how far they have come."""
        said = []
        for track in self._shown():
            value = self._values.get(track.name, track.value)
            moved = value - track.value
            said.append(f"{track.title} {value}" + (f" ({signed(moved)})" if moved else ""))
        return "Tracks.\n" + "\n".join(said)

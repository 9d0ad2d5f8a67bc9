"""words: the head of the situation room: date, phase, tracks with their trend."""

from __future__ import annotations

from sim.rules import Game, View
from sim.words.catalog import Catalog
from sim.words.chronicle import Chronicle
from sim.words.likely import judged
from sim.words.models import Situation, TrackLine
from sim.words.sources import cited_in


def situation(game: Game, catalog: Catalog, seen: View, chronicle: Chronicle) -> Situation:
    """Where the match stands, as the viewer of `seen` and `chronicle` knows it."""
    viewer, scenario = seen.viewer, catalog.scenario
    seat = viewer if viewer in game.seats else ""
    number = max(1, seen.round)
    tick = game.clock[number - 1]
    leg = list(scenario.clock.legs)[tick.leg]
    ended = bool(seen.ending)
    day = catalog.day_of(number + 1) if ended else tick.day
    phase = _phase(catalog, seen)
    ending = scenario.endings[seen.ending].title if ended else ""
    return Situation(
        title=scenario.title, viewer=catalog.viewer(viewer), seat=seat, date=catalog.date(day), day=day, round=number,
        rounds=game.rounds, leg=scenario.clock.legs[leg].title or leg,
        step_days=catalog.bound.words.days_per_round[tick.leg], phase=phase[0], phase_text=phase[1],
        open_phases=phase[2], attention=game.attention[game.number(seat)] if seat else 0,
        orders=game.picks if seat else 0, tracks=tracks(game, catalog, seen, chronicle), ending=ending)


def tracks(game: Game, catalog: Catalog, seen: View, chronicle: Chronicle) -> tuple[TrackLine, ...]:
    """The listed tracks that the viewer sees, its seat's own first, then the others, in the author's order."""
    names = catalog.names(seen.viewer)
    lines = []
    for name, track in catalog.tracks.items():
        var = game.index[name]
        if not track.shown or not seen.visible[var]:
            continue
        value = seen.values[var]
        trend = chronicle.trend(var) or (value,)
        change = value - (trend[-2] if len(trend) > 1 else chronicle.chapters[0].before[var] if chronicle.chapters
                          else value)
        lines.append(TrackLine(
            name=name, title=names.title(name), text=track.text, value=value, word=catalog.word(name, value),
            low=track.min, high=track.max, better=track.better, change=change, judged=judged(track.better, change),
            trend=trend, own=name.partition(".")[0] == seen.viewer,
            source=cited_in(track.source)))
    return tuple(sorted(lines, key=lambda line: not line.own))


def _phase(catalog: Catalog, seen: View) -> tuple[str, str, tuple[str, ...]]:
    """Title and text of the phase, and the titles of those one step away."""
    phases = catalog.scenario.phases
    if phases is None:
        return "", "", ()
    now = tuple(phases.states)[seen.values[catalog.index["phase"]]]
    table = next(m for m in catalog.bound.machines if m.kind == "phase")
    near = [to for _, sources, to in table.steps if now in sources]
    near += [to for to in table.caused if to != now]
    return (phases.states[now].title, phases.states[now].text,
            tuple(phases.states[to].title for to in dict.fromkeys(near)))

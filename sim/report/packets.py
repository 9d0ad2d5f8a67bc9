"""report: what one delegation reads before it plays, and what everybody reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.authoring.english.phrases import Phrases
from sim.play.briefs import brief
from sim.scenario.conditions import bind_linear, parse_linear
from sim.words.catalog import Catalog, dated, sentence, spaced
from sim.words.ending import filled
from sim.words.estimative import listed, plain


@dataclass(frozen=True, slots=True)
class Goal:
    """One thing a seat wants."""

    title: str
    weight: int
    """Of 100 points."""
    sum: str
    """`100 − 16 × post groups`, from 0 to 100."""
    says: str
    """The author's sentence with the values of the first day; may be empty."""


@dataclass(frozen=True, slots=True)
class Article:
    """A clause of the draft as one seat sees it."""

    number: int
    title: str
    text: str
    parties: str
    worth: int | None
    """0 to 10 to the seat; None where the author gave none."""
    red: bool


@dataclass(frozen=True, slots=True)
class Gauge:
    """A track at the start."""

    title: str
    text: str
    start: str
    """With its word: `45`, `2 (proposed)`."""
    span: str
    """`0 to 100`."""
    better: str


@dataclass(frozen=True, slots=True)
class Signed:
    """A provision that the story begins with."""

    title: str
    text: str
    binds: str
    status: str


@dataclass(frozen=True, slots=True)
class Packet:
    """A delegation's own pages."""

    seat: str
    name: str
    code: str
    about: str
    attention: int
    public: str
    """Markdown."""
    confidential: str
    """Markdown, for the delegation alone."""
    goals: tuple[Goal, ...]
    penalty: str
    red_lines: tuple[str, ...]
    articles: tuple[Article, ...]
    own: tuple[Gauge, ...]
    """Tracks that not everybody sees."""


def packet(catalog: Catalog, files: Mapping[str, str], seat: str, *, short: bool = False) -> Packet:
    """One delegation's packet.

    A short one keeps the first paragraph of each part of the brief; goals, red lines and the worth of clauses stay.
    """
    it = catalog.scenario.actors[seat]
    phrases = Phrases(catalog)
    conditions = catalog.bound.words.conditions()

    def told(text: str) -> str:
        return phrases.linear(bind_linear(parse_linear(text), conditions))

    start = tuple(it.start for it in catalog.variables)
    both = brief(catalog.scenario, files, seat)
    return Packet(
        seat=seat, name=it.name, code=it.code, about=sentence(it.about), attention=it.attention,
        public=_first(both.public) if short else both.public,
        confidential=_first(both.confidential) if short else both.confidential,
        goals=tuple(Goal(goal.title or sentence(spaced(gid)).rstrip("."), goal.weight, told(goal.score),
                         sentence(filled(catalog, goal.says, start)))
                    for gid, goal in it.goals.items()),
        penalty=told(it.penalty) if it.penalty else "",
        red_lines=tuple(catalog.clause(clause) for clause in it.red_lines),
        articles=tuple(it for it in articles(catalog, seat) if it.worth is not None or it.red),
        own=tuple(_gauge(catalog, name) for name in catalog.tracks
                  if (seen := catalog.variable(name).seen) is not None and seat in seen))


def gauges(catalog: Catalog) -> tuple[Gauge, ...]:
    """The tracks that everybody sees."""
    return tuple(_gauge(catalog, name) for name, it in catalog.tracks.items()
                 if catalog.variable(name).seen is None and it.shown)


def provisions(catalog: Catalog) -> tuple[tuple[str, tuple[Signed, ...]], ...]:
    """What has been signed before the story begins, by agreement."""
    out = []
    for aid, it in catalog.scenario.agreements.items():
        signed = f", signed {dated(it.signed)}" if it.signed else ""
        out.append((f"{it.title or sentence(spaced(aid)).rstrip('.')}{signed}", tuple(
            Signed(catalog.provision(pid), sentence(provision.text), listed([catalog.capital(a) for a in provision.binds]),
                   catalog.value(pid, catalog.variable(pid).start)) for pid, provision in it.provisions.items())))
    return tuple(out)


def articles(catalog: Catalog, seat: str = "") -> tuple[Article, ...]:
    """The clauses of the draft; with a seat, what each is worth to it."""
    lines = catalog.scenario.actors[seat].red_lines if seat else ()
    out = []
    for number, (cid, it) in enumerate(catalog.scenario.clauses.items(), 1):
        sides = catalog.bound.words.actors(it.parties, ())
        out.append(Article(number, catalog.clause(cid), sentence(it.text), listed([catalog.capital(a) for a in sides]),
                           it.worth.get(seat), cid in lines))
    return tuple(out)


def _gauge(catalog: Catalog, name: str) -> Gauge:
    it = catalog.tracks[name]
    word = catalog.word(name, it.start)
    better = {"low": "lower is better", "high": "higher is better", "none": ""}[it.better]
    return Gauge(catalog.label(name)[:1].upper() + catalog.label(name)[1:], sentence(it.text),
                 f"{plain(it.start)} ({word})" if word else plain(it.start), f"{plain(it.min)} to {plain(it.max)}", better)


def _first(text: str) -> str:
    return text.partition("\n\n")[0]

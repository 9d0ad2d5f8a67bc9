"""words: the display names of one scenario: actors, tracks, statuses, moves, dates, facts the rules remember."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from itertools import accumulate

from sim.rules import CONTROL, PUBLIC
from sim.scenario.bind.binding import Bound
from sim.scenario.bind.shapes import BoundMove, BoundRule, Variable
from sim.scenario.models import Provision, Track
from sim.words.estimative import plain

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")

GROUPS: Mapping[str, str] = {
    "talk": "Talk", "press": "Press", "appeal": "Appeal abroad", "offer": "Offer", "posture": "Show force",
    "force": "Use force", "soft": "Soft steps", "broker": "Broker", "brokerage": "Broker", "mediate": "Mediate",
    "peacemaking": "Make peace", "links": "Routes", "routes": "Routes", "threat": "Threaten", "solid": "Stand by a side",
    "backing": "Stand by a side", "renege": "Go back on a word", "draft": "The draft", "pressure": "Put pressure on",
    "concession": "Concede a step", "tone": "Change the tone", "readout": "Readouts", "aid": "Aid", "home": "At home",
    "secret": "Out of sight", "other": "Other moves", "answers": "Answers", "support": "Support", "mission": "Mission",
    "calm": "Calm", "isolation": "Isolation",
}
"""Titles of the groups that authors commonly use; others are shown by their id."""

TIERS: Mapping[str, str] = {
    "answers": "Answers", "contacts": "Contacts", "negotiation": "Negotiation", "statements": "Statements",
    "measures": "Measures", "force": "Force", "events": "Events", "close": "At the close",
}

CLAUSE_STATUS: Mapping[str, str] = {"absent": "not yet tabled", "bracketed": "in brackets"}

_OWN_SUBJECT = re.compile(r"^(the|a|an|there|both|some|all|no|each|neither|one|it|this|that)\b", re.IGNORECASE)
_AUXILIARY = re.compile(r"\b(is|are|was|were|has|have|had|would|will|may|can|could|must|should|does|do)\b")
_NOT_ITS_OWN = re.compile(r", |\b(and|but|nobody|no one|none|neither|never|no|not)\b")
"""What stands before a verb whose denial would not deny the whole sentence."""
_PREPOSITION = re.compile(r"\s(?:of|in|at|to|for|from|on|with|by)\s")
_SINGULAR = ("ss", "us", "is", "yes", "'s", "’s")
_ROUNDS = re.compile(r"^rounds (?:in|on|for|during) which ", re.IGNORECASE)
_LONGEST_TITLE = 80
"""A counter's text up to this length serves as its name inside a sentence."""


def spaced(word: str) -> str:
    """An id as words."""
    return word.replace(".", " ").replace("_", " ")


def sentence(text: str) -> str:
    """The text with a large first letter and a full stop."""
    text = text.strip()
    if not text:
        return ""
    ended = text.rstrip("”’\"')")[-1:] in (".", "!", "?", "…", ":")
    return text[0].upper() + text[1:] + ("" if ended else ".")


def on_date(day: date) -> str:
    """`12 May 2021`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def dated(written: str) -> str:
    """A day as an author wrote it, `2020-11-09`, in words; what is no such day stays as it is."""
    try:
        return on_date(date.fromisoformat(written))
    except ValueError:
        return written


def group_title(group: str) -> str:
    """What the menu calls a group of moves."""
    return GROUPS.get(group) or sentence(spaced(group)).rstrip(".")


class Catalog:
    """The names of one bound scenario. Cheap to make; holds nothing of a match."""

    def __init__(self, bound: Bound) -> None:
        self.bound = bound
        self.scenario = bound.scenario
        self.variables: tuple[Variable, ...] = tuple(bound.words.variables.values())
        self.index = {v.name: n for n, v in enumerate(self.variables)}
        self.moves: dict[str, BoundMove] = {m.key: m for m in bound.moves}
        self.rules: dict[str, BoundRule] = {r.id: r for r in (*bound.open_rules, *bound.close_rules)}
        self.opening: frozenset[str] = frozenset(r.id for r in bound.open_rules)
        self.provisions: dict[str, tuple[str, Provision]] = {
            pid: (aid, provision) for aid, agreement in self.scenario.agreements.items()
            for pid, provision in agreement.provisions.items()}
        self.tracks: Mapping[str, Track] = self.scenario.tracks
        steps = [days for days, leg in zip(bound.words.days_per_round, self.scenario.clock.legs.values(), strict=True)
                 for _ in range(leg.rounds)]
        self._days = [0, *accumulate(steps)]
        self._start = date.fromisoformat(self.scenario.clock.start)
        actors = self.scenario.actors.values()
        words = [w for it in actors for w in (it.name, it.capital, it.adjective, it.code)]
        words += [w for place in self.scenario.names.values() for w in (place.house, *place.names.values())]
        self._proper = frozenset(_first(w) for w in words if w)
        self._by_small = {w.lower(): w for it in actors for w in (it.name, it.capital, it.adjective) if w and " " not in w}
        self._names: dict[str, Names] = {}
        self.role = "capital" if any(self.scenario.actors[seat].capital for seat in bound.seats) else "seat"
        """What a seat is called where it is not named: a company or a village is no capital."""

    # -- actors and dates

    def capital(self, actor: str) -> str:
        """How texts call an actor: its capital, or its name."""
        it = self.scenario.actors.get(actor)
        return (it.capital or it.name) if it else spaced(actor)

    def viewer(self, viewer: str) -> str:
        """How a viewer is called."""
        return {PUBLIC: "the public", CONTROL: "the facilitator"}.get(viewer) or self.capital(viewer)

    def fill(self, text: str, actor: str, target: str) -> str:
        """`{actor}` and `{target}` replaced by the capitals."""
        if "{" not in text:
            return text
        for word, who in (("{actor}", actor), ("{target}", target)):
            if who:
                text = text.replace(word, self.capital(who))
        return text

    def date(self, day: int) -> str:
        """The date of a day of the story, day 0 being the first."""
        return on_date(self._start + timedelta(days=day))

    def day_of(self, number: int) -> int:
        """The day on which a round (from 1) opens; the round after the last opens when the last has closed."""
        return self._days[max(0, min(number - 1, len(self._days) - 1))]

    def date_of(self, number: int) -> str:
        """The date on which a round opens."""
        return self.date(self.day_of(number))

    def round_and_date(self, number: int) -> str:
        """`round 3 (18 May 2021)`."""
        return f"round {number} ({self.date_of(number)})"

    # -- words inside sentences

    def inline(self, title: str) -> str:
        """A title inside a sentence: its first letter small, unless a name or an abbreviation begins it."""
        first = _first(title)
        if not first or first in self._proper or (len(first) > 1 and first[1:] != first[1:].lower()):
            return title
        return title[0].lower() + title[1:]

    def spelled(self, name: str) -> str:
        """An id as words, names of actors with a large letter: `Moscow mediates`."""
        return " ".join(self._by_small.get(word, word) for word in spaced(name).split())

    @staticmethod
    def verb(title: str) -> str:
        """`is`, or `are` for a title in the plural: `post groups are`, `lanes closed are`, `access is`."""
        words = _PREPOSITION.split(title.partition(" (")[0].lower(), maxsplit=1)[0].split()
        plural = (word.endswith("s") and not word.endswith(_SINGULAR) for word in (*words[:1], *words[-1:]))
        return "are" if any(plural) else "is"

    # -- variables

    def variable(self, name: str) -> Variable:
        """A variable by name."""
        return self.variables[self.index[name]]

    def status(self, name: str, status: str) -> str:
        """A status as people read it."""
        if name == "phase" and self.scenario.phases:
            return self.scenario.phases.states[status].title
        return CLAUSE_STATUS.get(status, spaced(status))

    def value(self, name: str, value: int) -> str:
        """A value as people read it: a status, a word of the scale, or the number."""
        variable = self.variable(name)
        if variable.statuses:
            return self.status(name, variable.statuses[value])
        if variable.kind in ("flag", "yes", "signing", "fired"):
            return "yes" if value else "no"
        word = self.word(name, value)
        return word or plain(value)

    def word(self, name: str, value: int) -> str:
        """The name of the value on its track's scale, or empty."""
        track = self.tracks.get(name)
        return track.scale.get(str(value), "") if track else ""

    def clause(self, clause: str) -> str:
        """A clause's short name."""
        return self.scenario.clauses[clause].title or sentence(spaced(clause)).rstrip(".")

    def provision(self, provision: str) -> str:
        """A provision's short name with its number."""
        it = self.provisions[provision][1]
        title = it.title or sentence(spaced(provision)).rstrip(".")
        return f"{title} ({it.point})" if it.point else title

    def move_title(self, move: str) -> str:
        """A move's title without an addressee."""
        it = self.scenario.moves.get(move)
        return it.title.replace("{target}", f"another {self.role}") if it else self.spelled(move)

    def fact(self, name: str, *, holds: bool = True) -> str:
        """What a flag remembers, as a clause of a sentence, or its negation."""
        base, *actors = name.split(".")
        flag = self.scenario.flags.get(base)
        kind = self.variable(name).kind
        if kind == "yes":
            said = "has said yes" if holds else "has not said yes"
            return f"{self.capital(actors[-1])} {said} to the clause “{self.clause('.'.join(actors[:-1]))}”"
        if name == "last_round":
            return "this is the last round" if holds else "this is not the last round"
        if kind == "signing" and self.scenario.draft:
            return f"the {self.inline(self.scenario.draft.parts[actors[0]].title)} is {'' if holds else 'not '}being signed"
        if kind == "fired":
            verb = "has happened" if holds else "has not happened"
            return f"“{self.scenario.injects[actors[0]].title}” {verb}"
        if flag is None or not flag.text:
            return f"“{self.label(name)}” is {'set' if holds else 'not set'}"
        text = flag.text.strip().partition(";")[0].rstrip(".")
        if not actors:
            text = self.inline(text)
            return text if holds else negated(text, "")
        text = re.sub(r"\bthis (mediator|capital|actor|side)\b",
                      lambda m: self.capital(actors[0] if m.group(1) == "mediator" else actors[-1]), text)
        subject = "" if _OWN_SUBJECT.match(text) else f"{self.capital(actors[-1])} "
        text = self.inline(text)
        return f"{subject}{text}" if holds else negated(f"{subject}{text}", subject)

    def counter(self, name: str) -> str:
        """What a counter counts, its actors named: `Rounds in which Yerevan accepts Moscow's mediation`, or empty."""
        base, *actors = name.split(".")
        counter = self.scenario.counters.get(base)
        if counter is None or not counter.text:
            return ""
        text = counter.text.strip().partition(";")[0].rstrip(".")
        left = list(actors)
        for group, actor in zip(counter.per, actors, strict=False):
            text, found = re.subn(rf"\b(?:a|an|the|this|that) {_one_of(group)}\b", self.capital(actor), text)
            if found:
                left.remove(actor)
        if left:
            text = re.sub(r"\bthis (?:capital|actor|side)\b", self.capital(left[-1]), text)
            text = re.sub(r"\bthis (?=[a-z])", f"{self.capital(left[0])}'s ", text, count=1)
        named = all(self.capital(actor) in text for actor in actors)
        return text if named and len(text) <= _LONGEST_TITLE else ""

    def lasting(self, name: str) -> str:
        """What is so while a counter of rounds is above 0: `Yerevan accepts Moscow's mediation`, or empty."""
        text = self.counter(name)
        found = _ROUNDS.match(text)
        return text[found.end():] if found else ""

    def label(self, name: str) -> str:
        """A variable's name inside a sentence, for whoever sees everything."""
        return self.names(CONTROL).inline(name)

    def names(self, viewer: str) -> Names:
        """The names of variables as one viewer needs them to tell them apart."""
        found = self._names.get(viewer)
        if found is None:
            found = self._names[viewer] = Names(self, viewer)
        return found


class Names:
    """Titles of variables, told apart among those that one viewer sees."""

    def __init__(self, catalog: Catalog, viewer: str) -> None:
        self.catalog = catalog
        self.viewer = viewer
        self.sees: tuple[bool, ...] = tuple(
            viewer == CONTROL or v.seen is None or viewer in v.seen for v in catalog.variables)
        titles: dict[str, int] = {}
        for v, seen in zip(catalog.variables, self.sees, strict=True):
            if seen and v.kind == "track":
                title = catalog.tracks[v.name].title
                titles[title] = titles.get(title, 0) + 1
        self._shared = {title for title, number in titles.items() if number > 1}
        self.title = cache(self._title)
        self.inline = cache(self._inline)

    def sees_name(self, name: str) -> bool:
        """Whether the viewer sees a variable."""
        return self.sees[self.catalog.index[name]]

    def _title(self, name: str) -> str:
        catalog = self.catalog
        variable = catalog.variable(name)
        base, *rest = name.split(".")
        if variable.kind == "track":
            title = catalog.tracks[name].title
            if title and title not in self._shared:
                return title
            owners = [part for part in name.split(".") if part in catalog.scenario.actors]
            words = title or sentence(spaced(".".join(p for p in name.split(".") if p not in owners))).rstrip(".")
            return f"{words} ({'–'.join(map(catalog.capital, owners))})" if owners else words
        if variable.kind == "phase":
            return "Situation"
        if variable.kind == "provision":
            return catalog.provision(name)
        if variable.kind == "clause":
            return catalog.clause(name)
        if variable.kind == "ready" and catalog.scenario.draft:
            return f"Signature of {catalog.capital(rest[-1])} ({catalog.scenario.draft.parts[rest[0]].title})"
        if variable.kind == "offer":
            return f"{catalog.scenario.offers[rest[0]].title} ({'–'.join(map(catalog.capital, rest[1:]))})"
        if variable.kind == "counter" and (counted := catalog.counter(name)):
            return counted
        actors = [part for part in rest if part in catalog.scenario.actors]
        words = sentence(catalog.spelled(".".join([base, *(p for p in rest if p not in actors)]))).rstrip(".")
        return f"{words} ({'–'.join(map(catalog.capital, actors))})" if actors else words

    def _inline(self, name: str) -> str:
        title = self.title(name)
        kind = self.catalog.variable(name).kind
        if kind == "provision":
            return f"“{title}”"
        if kind == "clause":
            return f"the clause “{title}”"
        return self.catalog.inline(title)


def _one_of(group: str) -> str:
    """A member of a group: `party` of `parties`."""
    word = spaced(group)
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")


def _first(title: str) -> str:
    return re.split(r"[\s'’/]", title, maxsplit=1)[0]


def negated(text: str, subject: str = "") -> str:
    """The opposite of a clause that begins with its subject: `Moscow does not mediate`."""
    there = re.match(r"there (was|is|were|are) (a |an |any )?", text)
    if there:
        return f"there {there.group(1)} no {text[there.end():]}"
    if text.startswith(("everybody ", "every ", "all ", "both ")):
        return f"not {text}"
    found = _AUXILIARY.search(text)
    if found and (_NOT_ITS_OWN.search(text[:found.start()]) or text[found.end():].startswith(" not ")):
        return f"it is not so that {text}"
    if found and found.start() < 60:
        return f"{text[:found.end()]} not{text[found.end():]}"
    verb, _, rest = text[len(subject):].partition(" ")
    if subject and verb.endswith("s"):
        stem = verb[:-2] if verb.endswith(("ches", "shes", "sses", "xes")) else verb[:-1]
        return f"{subject}does not {stem} {rest}".rstrip()
    return f"it is not so that {text}"


__all__ = ["CLAUSE_STATUS", "GROUPS", "TIERS", "Catalog", "Names", "dated", "group_title", "negated", "on_date", "sentence", "spaced"]

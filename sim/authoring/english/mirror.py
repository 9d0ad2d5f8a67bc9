"""authoring: a whole scenario as plain English in Markdown, for a colleague who reviews it and never reads YAML.

It holds everything, secrets included. What automatic players weigh, the readouts and the map are not told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sim.authoring.english.draft import Draft
from sim.authoring.english.moves import Deeds
from sim.authoring.english.phrases import bullets, flat
from sim.rules import CONTROL
from sim.scenario.conditions import Condition, Named, bind_linear, names, parse_linear, walk
from sim.scenario.models import Actor, Provision, Step, Track
from sim.words import describe
from sim.words.brief import brief
from sim.words.catalog import Catalog, dated, sentence, spaced
from sim.words.estimative import counted, listed, plain
from sim.words.sources import Dossiers, Sources, cited_in

LEVELS = {1: "easy", 2: "some background helps", 3: "demanding"}
SETTLEMENTS = {"none": "no settlement", "commission": "a commission", "mission": "a mission", "imposed": "an imposed text",
               "war": "war"}
_BETTER = {"low": "; lower is better", "high": "; higher is better", "none": ""}


def english(catalog: Catalog, files: Mapping[str, str], dossiers: Dossiers) -> str:
    """The page. `files` are the scenario's own (its briefs are read), `dossiers` those that it names."""
    return _Page(catalog, files, Sources(catalog, dossiers)).text()


class _Page:
    def __init__(self, catalog: Catalog, files: Mapping[str, str], sources: Sources) -> None:
        self.catalog = catalog
        self.scenario = catalog.scenario
        self.bound = catalog.bound
        self.files = files
        self.sources = sources
        self.deeds = Deeds(catalog, self.marks)
        self.phrases = self.deeds.phrases
        self.named: dict[str, None] = {}
        """Claims in the order in which the page cites them."""

    def text(self) -> str:
        """All sections that the scenario has something for."""
        sections: tuple[tuple[str, Iterable[str]], ...] = (
            ("About", self._about()), ("The clock", self._clock()), ("Seats and voices", self._actors()),
            ("What is measured", self._tracks()), ("What is remembered", self._remembered()),
            ("What has been signed", self._agreements()), ("The situation", self._phases()),
            ("The draft", Draft(self.catalog, self.phrases, self.marks).paragraphs()), ("What a seat can order", self.deeds.moves()),
            ("Offers and their answers", self.deeds.offers()), ("Events", self.deeds.events()),
            ("What happens by itself", self.deeds.rules()), ("How it can end", self._endings()),
            ("Names", self._names()), ("Words that take a side", self._house_words()), ("What its author promises", self._promises()), ("Sources", self._sources()))
        out = [f"# {self.scenario.title}", "The whole scenario in plain English, for review. It holds every seat's secrets; "
               "what automatic players weigh, the readouts and the map are left out."]
        for title, paragraphs in sections:
            told = [paragraph for paragraph in paragraphs if paragraph]
            if told:
                out += [f"## {title}", *told]
        return "\n\n".join(out) + "\n"

    def marks(self, ids: Iterable[str]) -> str:
        """`*Sources: C02 (Armenia says so; Azerbaijan denies it), C09.*`; for what is invented, that it is."""
        claims = [claim for claim in dict.fromkeys(ids) if claim]
        told = []
        for line in self.sources.lines(claim for claim in claims if claim != "invented"):
            self.named[line.claim] = None
            denied = listed([denial.who for denial in line.denials])
            told.append(f"{line.claim} ({line.speaker} {'says' if line.speaker else ''} so; {denied} "
                        f"{'denies' if len(line.denials) == 1 else 'deny'} it)" if denied else line.claim)
        if told:
            return f"*{'Source' if len(told) == 1 else 'Sources'}: {', '.join(told)}.*"
        return "*Invented for this scenario.*" if claims else ""

    def _marked(self, source: str | Sequence[str]) -> str:
        marks = self.marks(cited_in(source))
        return f" {marks}" if marks else ""

    # -- card and clock

    def _about(self) -> Iterator[str]:
        about = self.scenario.about
        yield about.blurb.strip()
        minutes = [f"{n} minutes up to the end of “{self._leg(leg)}”" for leg, n in about.minutes.items()]
        facts = [f"The events are {'documented' if about.kind == 'historical' else 'fictional'}",
                 f"the level is {about.level} of 3 ({LEVELS[about.level]})"]
        facts += [f"a match takes {listed(minutes)}"] if minutes else []
        facts += [f"worth playing alone, best first, are {listed([self._name(s) for s in about.seats])}"] if about.seats else []
        yield f"{'; '.join(facts)}."
        yield bullets("What a class can find out by playing:", about.teaches)
        yield f"**Before using it:** {about.content_note.strip()}" if about.content_note else ""
        yield bullets("Questions for the debrief:", about.questions)
        yield bullets("What a good debrief shows:", [f"{sentence(spaced(k)).rstrip('.')}: {v}" for k, v in about.rubric.items()])
        yield bullets("Ways to use it:", [f"{it.title}: {counted(it.rounds, 'round')}, {it.minutes} minutes"
                                           for it in about.presets.values()])

    def _leg(self, leg: str) -> str:
        return self.scenario.clock.legs[leg].title or spaced(leg)

    def _name(self, actor: str) -> str:
        return self.scenario.actors[actor].name

    def _clock(self) -> Iterator[str]:
        clock = self.scenario.clock
        legs = [f"“{self._leg(leg)}” has {counted(it.rounds, 'round')} of {_days(it.step)}" for leg, it in clock.legs.items()]
        yield (f"The story begins on {dated(clock.start)}. {sentence(listed(legs))} In a round a "
               f"seat may file {counted(clock.orders, 'order')}, within its attention; answers to questions are free.")

    # -- actors

    def _actors(self) -> Iterator[str]:
        for aid, it in self.scenario.actors.items():
            seat = aid in self.bound.seats
            capital = f", called {it.capital} on the wire" if it.capital else ""
            yield f"### {it.name}"
            card = f" Its card says: “{sentence(it.about)}”" if it.about else ""
            yield f"{it.name} ({it.code}{capital}) is {'a seat' if seat else 'a voice: it is quoted and does not act'}.{card}"
            if seat:
                yield from self._seat(aid, it)
        cost = self.scenario.human_cost
        if cost:
            yield f"**Human cost.** From every goal of every seat this is taken: {self._sum(cost)}."

    def _seat(self, aid: str, it: Actor) -> Iterator[str]:
        yield f"It has {it.attention} of attention a round. Its goals, each from 0 to 100, are:"
        goals = []
        for gid, goal in it.goals.items():
            title = goal.title or sentence(spaced(gid)).rstrip(".")
            says = f" At the start it reads: “{self._filled(goal.says)}”" if goal.says else ""
            goals.append(f"- **{title}**, {goal.weight} of 100 points of its score: {self._sum(goal.score)}.{says}")
        yield "\n".join(goals)
        if it.penalty:
            yield f"From each of its goals this is taken: {self._sum(it.penalty)}."
        if it.red_lines:
            lines = listed([f"“{self.catalog.clause(c)}”" for c in it.red_lines])
            are = "Its red line, which nobody else knows, is the clause" if len(it.red_lines) == 1 else \
                "Its red lines, which nobody else knows, are the clauses"
            yield f"{are} {lines}."
        told = brief(self.catalog, self.files, aid, CONTROL)
        yield _quoted("What everybody may read:", told.public)
        yield _quoted("What only this seat reads:", told.confidential)

    def _sum(self, text: str) -> str:
        return self.phrases.linear(bind_linear(parse_linear(text), self.bound.words.conditions()))

    def _filled(self, says: str) -> str:
        for name, variable in ((v.name, v) for v in self.catalog.variables):
            says = says.replace("{" + name + "}", plain(variable.start))
        return sentence(says)

    # -- tracks, flags, counters

    def _tracks(self) -> Iterator[str]:
        for name, it in self.scenario.tracks.items():
            yield self._track(name, it)

    def _track(self, name: str, it: Track) -> str:
        variable = self.catalog.variable(name)
        word = self.catalog.word(name, it.start)
        out = [f"**{self.phrases.names.title(name)}.** {sentence(it.text)}".rstrip(),
               f"It runs from {plain(it.min)} to {plain(it.max)} and starts at {plain(it.start)}"
               f"{f' ({word})' if word else ''}{_BETTER[it.better]}."]
        if it.scale:
            out.append(f"Its values are called {listed([f'{word} ({value})' for value, word in it.scale.items()])}.")
        if variable.drift:
            steps = dict.fromkeys(map(str, variable.drift[1]))
            per = listed([f"{step} in the leg “{self._leg(leg)}”" for leg, step in
                          zip(self.scenario.clock.legs, map(str, variable.drift[1]), strict=True)]) \
                if len(steps) > 1 else next(iter(steps))
            out.append(f"Every round it drifts toward {plain(variable.drift[0])} by {per}.")
        if it.each_round:
            out.append(f"Every round it {'falls' if it.each_round < 0 else 'rises'} by {abs(it.each_round)}.")
        out.append(self._seen(variable.seen))
        if it.estimate is not None:
            out.append(f"Who does not see it reckons with {plain(it.estimate)}.")
        if not it.shown:
            out.append("Screens do not list it.")
        return " ".join(filter(None, out)) + self._marked(it.source)

    def _seen(self, seen: frozenset[str] | None) -> str:
        if seen is None:
            return "Everybody sees it."
        who = [self.catalog.capital(actor) for actor in self.scenario.actors if actor in seen]
        return f"Only {listed(who)} {'sees' if len(who) == 1 else 'see'} it." if who else "Nobody sees it."

    def _remembered(self) -> Iterator[str]:
        flags = []
        for fid, it in self.scenario.flags.items():
            first = next(v for v in self.catalog.variables if v.name.partition(".")[0] == fid)
            start = " It is so at the start." if it.start else ""
            seen = "" if first.seen is None else " Not everybody sees it." if it.per else f" {self._seen(first.seen)}"
            flags.append(f"- Whether{_each(it.per)} this is so: “{sentence(it.text or self.catalog.spelled(fid))}”{start}{seen}")
        if flags:
            yield "\n".join(flags)
        counters = []
        for cid, counter in self.scenario.counters.items():
            moved = f" Every round it {'falls' if counter.each_round < 0 else 'rises'} by {abs(counter.each_round)}." \
                if counter.each_round else ""
            counters.append(f"- How many there are, up to {counter.max}{_each(counter.per).rstrip(',')}: "
                            f"“{sentence(counter.text or self.catalog.spelled(cid))}”{moved}")
        if counters:
            yield "\n".join(counters)
        defined = []
        for did, body in self._defined().items():
            defined.append(f"- “{sentence(self.catalog.spelled(did)).rstrip('.')}” means that {self.phrases.condition(body)}.")
        if defined:
            yield "Some conditions have a name:\n\n" + "\n".join(defined)

    def _defined(self) -> dict[str, Condition]:
        """Named conditions that something asks, in the author's order."""
        asked = [*(c for m in self.bound.moves for c in (*m.conditions, *(b.when for b in m.branches))),
                 *(r.when for r in (*self.bound.open_rules, *self.bound.close_rules)),
                 *(e.when for e in self.bound.endings)]
        found = {part.name: part.body for condition in asked for part in walk(condition) if isinstance(part, Named)}
        return {did: found[did] for did in self.scenario.define if did in found}

    # -- papers and situation

    def _agreements(self) -> Iterator[str]:
        for it in self.scenario.agreements.values():
            yield f"### {it.title}"
            signed = f"It was signed on {dated(it.signed)}" if it.signed else "It is signed"
            by = f" by {listed([self._name(a) for a in it.by])}" if it.by else ""
            yield f"{signed}{by}.{self._marked(it.source)}"
            for pid, provision in it.provisions.items():
                yield self._provision(pid, provision)

    def _provision(self, pid: str, it: Provision) -> str:
        out = [f"**{self.catalog.provision(pid)}.** {sentence(it.text)}"]
        if it.binds:
            out.append(f"It binds {listed([self.catalog.capital(a) for a in self.bound.words.actors(it.binds, ())])}.")
        out.append(f"At the start it counts as {self.catalog.status(pid, it.status)}.")
        out.append(f"What moves it: {sentence(it.moved_by)}" if it.moved_by else "")
        out.append(f"PA-X: {it.pax}." if it.pax else "")
        return " ".join(filter(None, out)) + self._marked(it.source) + self._steps(pid, it.steps)

    def _steps(self, name: str, steps: Sequence[Step]) -> str:
        """The steps of a machine, one a line."""
        table = next(m for m in self.bound.machines if m.name == name)
        lines = []
        for step, (rule_id, sources, to) in zip(steps, table.steps, strict=False):
            rule = self.catalog.rules[rule_id]
            asks = self.phrases.all_of(part for part in flat(rule.when) if names(part) != {name})
            start = self._from(name, table.statuses, sources, to)
            wire = f" The wire: “{sentence(rule.dispatch)}”" if step.dispatch and rule.dispatch else ""
            lines.append(f"- {'The situation' if name == 'phase' else 'It'} becomes “{self.catalog.status(name, to)}”{start} when {asks or 'a round closes'}.{wire}")
        return "\n\n" + "\n".join(lines) if lines else ""

    def _from(self, name: str, statuses: Sequence[str], sources: Sequence[str], to: str) -> str:
        """Where a step starts: nothing for anywhere, or the shorter list of where it does and does not."""
        barred = [s for s in statuses if s not in sources and s != to]
        if not barred:
            return ""
        few, words = (barred, " from anywhere but") if len(barred) < len(sources) else (sources, " from")
        return f"{words} {listed([f'“{self.catalog.status(name, s)}”' for s in few], 'or')}"

    def _phases(self) -> Iterator[str]:
        phases = self.scenario.phases
        if phases is None:
            return
        yield f"The situation begins as “{phases.states[phases.start].title}”. It takes one step a round at most."
        for it in phases.states.values():
            entered = f" The wire: “{sentence(it.entered)}”" if it.entered else ""
            yield f"**{it.title}.** {sentence(it.text)}{entered}".rstrip().replace("  ", " ")
        steps = self._steps("phase", phases.steps).strip()
        yield f"Its steps, of which the first that holds is taken:\n\n{steps}" if steps else ""

    # -- ends

    def _endings(self) -> Iterator[str]:
        yield "Endings are tested after every round, in this order; the first that holds ends the match."
        classed = any(it.settlement != "none" for it in self.scenario.endings.values())
        for bound in self.bound.endings:
            it = self.scenario.endings[bound.id]
            counts = f" Among the classes of outcome it counts as {SETTLEMENTS[it.settlement]}." if classed else ""
            when = "It is reached when the clock has run out and no other holds." if it.otherwise else \
                f"It is reached when {self.phrases.condition(bound.when)}."
            out = [f"### {it.title}", f"{when}{counts}",
                   f"> {' '.join(it.text.split())}", f"*For the debrief:* {sentence(it.note)}" if it.note else "",
                   self.marks(cited_in(it.source))]
            yield "\n\n".join(filter(None, out))

    def _names(self) -> Iterator[str]:
        for it in self.scenario.names.values():
            told = listed([f"{language.capitalize()}: {name}" for language, name in it.names.items()])
            yield f"**{it.house}** ({told}). {it.note}".rstrip()

    def _house_words(self) -> Iterator[str]:
        """The words that texts avoid, with what they say instead."""
        told = []
        for loaded, house in self.scenario.house_words.items():
            word = f"words that begin with “{loaded[:-1]}”" if loaded.endswith("*") else f"“{loaded}”"
            told.append(f"{word}, for which the texts say “{house}”")
        yield bullets("They stand only where somebody who is named says them:", told)

    def _promises(self) -> Iterator[str]:
        titles = {name: f"“{self.catalog.move_title(name)}”" for name in self.scenario.moves}
        for named in (self.scenario.injects, self.scenario.rules, self.scenario.endings,
                      self.scenario.phases.states if self.scenario.phases else {}):
            titles |= {name: f"“{it.title or self.catalog.spelled(name)}”" for name, it in named.items()}
        titles |= {name: f"the clause “{self.catalog.clause(name)}”" for name in self.scenario.clauses}
        titles |= {seat: self._name(seat) for seat in self.bound.seats}
        lines = [" ".join(titles.get(word, word) for word in promise.split()) for promise in self.scenario.expect]
        lines = [line.replace("” in at ", "” comes about in at ") for line in lines]
        yield bullets("Retested by `detente check --expect`:", lines)

    def _sources(self) -> Iterator[str]:
        if not self.named:
            yield "The scenario cites no source: what it tells is invented."
            return
        yield ("Who says what. “Official” means that it was said, not that it is so; a claim is disputed where that is "
               "said.")
        for line in self.sources.lines(self.named):
            yield f"**{line.claim}**{describe.source(line).removeprefix(line.claim)}"


def _quoted(head: str, text: str) -> str:
    if not text.strip():
        return ""
    return f"{head}\n\n" + "\n".join(f"> {line}".rstrip() for line in text.strip().splitlines())


def _each(groups: Sequence[str]) -> str:
    """`, for each of the parties,`: whose it is where there is one for each."""
    return f", for {listed([f'each of the {spaced(group)}' for group in groups])}," if groups else ""


def _days(step: str) -> str:
    return counted(int(step.partition(' ')[0]), "day")


__all__ = ["english"]

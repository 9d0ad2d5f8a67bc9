"""scenario: all variables of a scenario, declared or implied, and the words conditions may use."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import product

from sim.scenario.bind.shapes import Loc, Pull, Variable
from sim.scenario.conditions import Vocabulary
from sim.scenario.models import Amount, Scenario, Toward

PROVISION_STATUSES = (
    "observed", "questioned", "pending", "breached", "restored", "suspended", "fulfilled", "lapsed",
)
CLAUSE_STATUSES = ("absent", "tabled", "bracketed", "agreed", "signed", "struck")
MOVES_OF_THE_FORMAT = ("table", "sign", "agree", "bracket", "accept", "decline", "hold")
"""What the format itself calls orders and answers, and a persona's weight of filing nothing."""
WHO_WORDS = ("actor", "target", "seats", "public", "control", "secret", "all", "own", "nobody", "concerned")
"""What stands for somebody, or for everybody, wherever actors are named."""
LIMIT = 16_383
"""Variables, constants, steps and targets lie in ±16,383 (core)."""

Report = Callable[[str, str, Loc, str], None]
"""Called with code, message, place and help for each problem."""


class Words:
    """The names of one scenario: actors, groups, legs, variables."""

    def __init__(self, scenario: Scenario, report: Report) -> None:
        self.scenario = scenario
        self.report = report
        self.legs = tuple(scenario.clock.legs)
        self.days_per_round = tuple(int(leg.step.split()[0]) for leg in scenario.clock.legs.values())
        self.seats = tuple(actor for actor, it in scenario.actors.items() if it.goals)
        self.variables: dict[str, Variable] = {}
        self.offer_pairs: dict[str, list[tuple[str, str]]] = {}
        self.doubtful: set[str] = set()
        """Moves of which somebody is named who does not exist: nobody can say who has them."""
        self._check_clock()
        self._check_names()
        self._declare()

    def _check_clock(self) -> None:
        try:
            date.fromisoformat(self.scenario.clock.start)
        except ValueError:
            from sim.scenario.bind.days import meant_by

            self.report("C002", f"`{self.scenario.clock.start}` is not a date", ("clock", "start"), meant_by(self.scenario.clock.start))
        for name, days in zip(self.legs, self.days_per_round, strict=True):
            if days < 1:
                self.report("C005", f"a round of the leg `{name}` lasts {days} days", ("clock", "legs", name, "step"),
                            "it lasts at least one: write `1 days`")
        if not self.legs:
            self.report("C003", "the clock has no legs", ("clock",), "add `legs: {play: {rounds: 8, step: 1 days}}`")
        if not self.seats:
            self.report("C004", "no actor has goals, so nobody can play", ("actors",),
                        "give at least one actor `goals:`")

    def _check_names(self) -> None:
        s = self.scenario
        for mid in s.moves:
            if mid in MOVES_OF_THE_FORMAT:
                self.report("R008", f"`{mid}` is a word of the format and cannot name a move", ("moves", mid),
                            "rename the move; the format uses " + ", ".join(MOVES_OF_THE_FORMAT))
        for section, names, words in (("actors", s.actors, (*WHO_WORDS, "parties")), ("groups", s.groups, WHO_WORDS)):
            for name in names:
                if name in words:
                    self.report("R008", f"`{name}` is a word of the format and cannot name anybody", (section, name),
                                "rename it; the format uses " + ", ".join(words))
        for group, members in s.groups.items():
            if group in s.actors:
                self.report("R009", f"`{group}` is an actor and a group", ("groups", group), "rename the group")
            for n, member in enumerate(members):
                if member not in s.actors:
                    from sim.errors import suggest
                    self.report("R001", f"there is no actor or group `{member}`", ("groups", group, n),
                                suggest(member, s.actors) + "known: " + ", ".join(s.actors))
        for iid in s.injects:
            if iid in s.rules:
                self.report("R009", f"`{iid}` is a rule and an inject", ("injects", iid),
                            "they would share one die; rename one of them")

    # -- actors

    def actors(self, who: str | list[str] | None, loc: Loc) -> tuple[str, ...]:
        """The actors that `who` names, in file order, without repeats."""
        if who is None:
            return ()
        found: list[str] = []
        for word in [who] if isinstance(who, str) else who:
            if word in self.scenario.actors:
                found.append(word)
            elif word in self.scenario.groups:
                found.extend(a for a in self.scenario.groups[word] if a in self.scenario.actors)
            elif word == "seats":
                found.extend(self.seats)
            else:
                found.extend(self._unknown(word, loc))
        return tuple(dict.fromkeys(found))

    def _unknown(self, word: str, loc: Loc) -> list[str]:
        """Report a word that names nobody; who was meant, if it holds several names in one text."""
        known = [*self.scenario.actors, *self.scenario.groups, "seats"]
        several = [name for name in re.split(r"\s*,\s*|\s+and\s+|\s+", word) if name]
        if len(several) > 1 and all(name in known for name in several):
            self.report("R001", f"`{word}` is one name here, and nobody has it", loc,
                        f"several are written as a list: `[{', '.join(several)}]`")
            return [who for name in several for who in self.actors(name, loc)]
        from sim.errors import suggest
        if loc[:1] == ("moves",):
            self.doubtful.add(str(loc[1]))
        self.report("R001", f"there is no actor or group `{word}`", loc, suggest(word, known) + "known: " + ", ".join(known))
        return []

    def seen(self, rule: str | list[str], name: str, loc: Loc) -> frozenset[str] | None:
        """The actors who see a variable; None is everybody."""
        named = [part for part in name.split(".") if part in self.scenario.actors]
        if rule == "all":
            return None
        if rule == "seats":
            return frozenset(self.seats)
        if rule == "nobody":
            return frozenset()
        if rule == "own":
            if not named:
                self.report("R002", "`seen: own` needs an actor in the name, and there is none", loc,
                            "begin the name with an actor, as in `armenia.support`, or list who sees it, or write `seen: all`")
                return None
            return frozenset(named[:1])
        if rule == "concerned":
            return frozenset(named)
        words = [rule] if isinstance(rule, str) else rule
        if isinstance(rule, str) and rule.lower() in ("secret", "hidden", "private", "confidential", "public", "none", "everybody"):
            shown = rule.lower() in ("public", "everybody")
            own = f"`seen: [{named[0] if named else next(iter(self.seats), 'armenia')}]` lets that actor alone see it, `seen: nobody` no one"
            self.report("R001", f"`{rule}` does not name who sees `{name}`", loc, "everybody sees it: write `seen: all`, or leave it out"
                        if shown else f"name who sees it: {own}")
            return None
        found = self.actors(rule, loc)
        known = all(w in self.scenario.actors or w in self.scenario.groups or w == "seats" for w in words)
        # whoever is misspelt sees it, so that nothing is said of those who do not
        return frozenset(found) if known else None

    # -- amounts

    def per_leg(self, amount: Amount, loc: Loc, read: Callable[[int | str, Loc], int]) -> tuple[int, ...]:
        """One value per leg of an amount that may be a map of legs."""
        if isinstance(amount, dict):
            unknown = [leg for leg in amount if leg not in self.legs]
            missing = [leg for leg in self.legs if leg not in amount]
            for leg in unknown:
                self.report("R003", f"there is no leg `{leg}`", (*loc, leg), "legs: " + ", ".join(self.legs))
            if missing and not unknown:
                self.report("R004", f"no amount for leg `{missing[0]}`", loc, "give one per leg, or one for all")
            return tuple(read(amount[leg], (*loc, leg)) if leg in amount else 0 for leg in self.legs)
        one = read(amount, loc)
        return (one,) * max(1, len(self.legs))

    def whole(self, value: int | str, loc: Loc) -> int:
        """A whole number in the core's range."""
        if isinstance(value, str):
            text = value.strip().replace("\N{MINUS SIGN}", "-")
            if not re.fullmatch(r"[-+]?[0-9]{1,9}", text):
                dashed = re.fullmatch(r"[–—]\s*([0-9]{1,9})", text)
                self.report("E001", f"`{value}` is not a whole number", loc, f"a dash is no minus sign: write `-{dashed[1]}`" if dashed
                            else "write a number such as 4 or -2")
                return 0
            value = int(text)
        if abs(value) > LIMIT:
            self.report("E002", f"{value} is out of range", loc, f"numbers lie between -{LIMIT:,} and {LIMIT:,}")
            return 0
        return value

    def pull(self, toward: Toward, loc: Loc) -> Pull:
        """A pull with its step per leg."""
        return self.whole(toward.to, (*loc, "to")), self.per_leg(toward.by, (*loc, "by"), self.whole)

    # -- variables

    def _add(self, variable: Variable, loc: Loc) -> None:
        if variable.name in self.variables:
            kind = self.variables[variable.name].kind
            self.report("R005", f"`{variable.name}` is declared twice" if kind == variable.kind else
                        f"`{variable.name}` is the name of a {kind} already", loc,
                        "tracks, flags, counters, provisions and clauses share their names; rename one")
            return
        if not -LIMIT <= variable.lo <= variable.start <= variable.hi <= LIMIT:
            self.report("E003", f"`{variable.name}` starts at {variable.start}, outside {variable.lo}..{variable.hi}",
                        loc, f"start must lie between min and max, and those within ±{LIMIT:,}")
            variable = Variable(variable.name, 0, 100, 0, variable.kind, variable.seen)
        if not variable.lo <= variable.estimate <= variable.hi:
            self.report("E004", f"the estimate of `{variable.name}` is {variable.estimate}", (*loc, "estimate"),
                        f"it must lie between {variable.lo} and {variable.hi}")
        self.variables[variable.name] = variable

    def _per(self, name: str, per: list[str], loc: Loc) -> Iterator[str]:
        if len(per) > 1 and all(word in self.scenario.actors for word in per) and self._asked_of_each(name, per):
            group = next((g for g, members in self.scenario.groups.items() if set(members) == set(per)), "")
            self.report("R024", f"`{name}` is one {loc[0][:-1]} for the pair, and is asked of each of them", (*loc, "per"),  # type: ignore[index]
                        f"for one of each write `per: [{group}]`" if group else
                        f"for one of each name a group: `groups: {{each: [{', '.join(per)}]}}` and `per: [each]`")
            yield from (f"{name}.{actor}" for actor in per)
            return
        pools = [self.actors(group, (*loc, "per")) for group in per]
        for combination in product(*pools):
            if len(set(combination)) == len(combination):
                yield ".".join((name, *combination))

    def _asked_of_each(self, name: str, per: list[str]) -> bool:
        """Whether something asks for, or sets, what one actor of a pair has by itself."""
        asked = rf"(?<![\w.]){re.escape(name)}\.(?:actor|target|{'|'.join(map(re.escape, per))})(?![\w.])"
        return re.search(asked, self.scenario.model_dump_json()) is not None

    def _declare(self) -> None:
        s = self.scenario
        rounds = sum(leg.rounds for leg in s.clock.legs.values())
        days = sum(leg.rounds * d for leg, d in zip(s.clock.legs.values(), self.days_per_round, strict=True))
        for name, hi in (("round", rounds), ("day", days), ("leg", len(self.legs)), ("last_round", 1)):
            self._add(Variable(name, 0, max(1, hi), 0, "clock"), ("clock",))
        for name, track in s.tracks.items():
            loc: Loc = ("tracks", name)
            self._check_dotted(name, loc)
            self._add(Variable(
                name, track.min, track.max, track.start, "track", self.seen(track.seen, name, (*loc, "seen")),
                track.start if track.estimate is None else track.estimate, (),
                self.whole(track.each_round, (*loc, "each_round")),
                self.pull(track.drift, (*loc, "drift")) if track.drift else None), loc)
        for name, flag in s.flags.items():
            for full in self._per(name, flag.per, ("flags", name)):
                start = int(flag.start)
                self._add(Variable(full, 0, 1, start, "flag", self.seen(flag.seen, full, ("flags", name, "seen")),
                                   start), ("flags", name))
        for name, counter in s.counters.items():
            for full in self._per(name, counter.per, ("counters", name)):
                seen = self.seen(counter.seen, full, ("counters", name, "seen"))
                each = self.whole(counter.each_round, ("counters", name, "each_round"))
                self._add(Variable(full, 0, counter.max, 0, "counter", seen, 0, (), each), ("counters", name))
        if s.phases:
            statuses = tuple(s.phases.states)
            self._status("phase", statuses, s.phases.start, "phase", ("phases", "start"))
        for aid, agreement in s.agreements.items():
            for pid, provision in agreement.provisions.items():
                self._status(pid, PROVISION_STATUSES, provision.status, "provision",
                             ("agreements", aid, "provisions", pid, "status"))
        self._declare_draft()
        for name, move in s.moves.items():
            if move.times is not None:
                self.declare_played(name, self.actors(move.by, ("moves", name, "by")))
        for name in s.injects:
            self._add(Variable(f"fired.{name}", 0, 1, 0, "fired", frozenset()), ("injects", name))

    def _declare_draft(self) -> None:
        s = self.scenario
        for cid, clause in s.clauses.items():
            self._status(cid, CLAUSE_STATUSES, "absent", "clause", ("clauses", cid))
            parties = self.actors(clause.parties, ("clauses", cid, "parties"))
            for actor in parties:
                self._add(Variable(f"yes.{cid}.{actor}", 0, 1, 0, "yes", frozenset(parties)), ("clauses", cid))
        if not s.draft:
            return
        for part in s.draft.parts:
            for actor in self.actors(list(s.draft.signatories), ("draft", "signatories")):
                self._add(Variable(f"ready.{part}.{actor}", 0, s.draft.window, 0, "ready", None, 0, (), -1),
                          ("draft", "parts", part))
            self._add(Variable(f"signing.{part}", 0, 1, 0, "signing"), ("draft", "parts", part))

    def declare_offer(self, kind: str, giver: str, taker: str, rounds: int) -> str:
        """The variable of an offer between two actors: 0 none, else rounds until it lapses, plus one."""
        name = f"offer.{kind}.{giver}.{taker}"
        if name not in self.variables:
            self.offer_pairs.setdefault(kind, []).append((giver, taker))
            self._add(Variable(name, 0, rounds + 1, 0, "offer", frozenset((giver, taker))), ("offers", kind))
        return name

    def declare_played(self, move: str, seats: Iterable[str]) -> None:
        """Counters of a move that a condition asks about; that of a move out of sight is its seat's own."""
        public = self.scenario.moves[move].seen in ("public", "all")
        for seat in seats:
            if f"played.{move}.{seat}" not in self.variables:
                seen = None if public else frozenset((seat,))
                self._add(Variable(f"played.{move}.{seat}", 0, 9, 0, "played", seen), ("moves", move))

    def _status(self, name: str, statuses: tuple[str, ...], start: str, kind: str, loc: Loc) -> None:
        from sim.errors import suggest
        if start not in statuses:
            self.report("R006", f"`{start}` is not a status of `{name}`", loc, suggest(start, statuses)
                        + ("it can be: " + ", ".join(statuses) if statuses else "it has none; write at least one"))
            statuses = statuses or (start,)
            start = statuses[0]
        at = statuses.index(start)
        self._add(Variable(name, 0, max(1, len(statuses) - 1), at, kind, None, at, statuses), loc)  # type: ignore[arg-type]

    def _check_dotted(self, name: str, loc: Loc) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){0,3}", name):
            self.report("R007", f"`{name}` is not a name for a track", loc,
                        "use lower-case words, with an actor and a dot in front if it belongs to one: armenia.support")

    def conditions(self) -> Vocabulary:
        """What conditions may mention, as the condition language wants it."""
        numbers: dict[str, tuple[int, int]] = {}
        statuses: dict[str, tuple[str, ...]] = {}
        flags: set[str] = set()
        for v in self.variables.values():
            if v.statuses:
                statuses[v.name] = v.statuses
            elif v.kind in ("flag", "yes", "signing", "fired") or v.name == "last_round":
                flags.add(v.name)
            else:
                numbers[v.name] = (v.lo, v.hi)
        defines = {name: join(when) for name, when in self.scenario.define.items()}
        return Vocabulary(numbers=numbers, statuses=statuses, flags=flags, defines=defines,
                          moves=set(self.scenario.moves), actors=set(self.scenario.actors))


def join(when: str | bool | list[str] | None) -> str:
    """A condition as one line of text; a list of lines must all hold."""
    if when is None or when is True:
        return "true"
    if when is False:
        return "false"
    if isinstance(when, str):
        return when
    return " and ".join(f"({line})" for line in when) or "true"

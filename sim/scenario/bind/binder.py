"""scenario: ties one condition, effect, chance or branch to the words it uses, and reports what does not fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation, localcontext
from itertools import pairwise

from sim.errors import suggest
from sim.scenario.bind.shapes import SURE, BoundBranch, BoundEffect, Loc
from sim.scenario.bind.vocabulary import Report, Words
from sim.scenario.conditions import (
    All,
    Always,
    Condition,
    ConditionProblem,
    Linear,
    bind,
    bind_linear,
    moves_played,
    parse,
    parse_linear,
)
from sim.scenario.conditions.resolve import missing_base
from sim.scenario.form.wording import TRUTHS
from sim.scenario.models import Branch, Chance, Effects, Hazard

WORDS_OF_CHANCE = {
    "remote": 3, "very unlikely": 12, "unlikely": 32, "even": 50, "likely": 68, "very likely": 88,
    "almost certain": 97,
}
"""ICD 203 (Office of the Director of National Intelligence, 2015), each word at a figure inside its band."""

PLACES = 17
"""Entries of a probability that follows a track (core)."""

TRUE = Always(value=True, text="always")


def substitute(name: str, actor: str | None, target: str | None) -> str:
    """A dotted name with its segments `actor` and `target` replaced."""
    if "actor" not in name and "target" not in name:
        return name
    swap = {"actor": actor, "target": target}
    return ".".join(swap.get(part) or part for part in name.split("."))


def between(points: list[tuple[int, int]], at: Decimal) -> int:
    """The height of a line through sorted points at a place, level beyond its ends; 1..65,536."""
    if at <= points[0][0]:
        return points[0][1]
    for (x0, p0), (x1, p1) in pairwise(points):
        if at <= x1:
            share = (at - x0) / (x1 - x0) if x1 > x0 else Decimal(1)
            return max(1, min(SURE, int(p0 + (p1 - p0) * share)))
    return points[-1][1]


_COMPARED_WITH_YES = re.compile(r"([A-Za-z_][\w.]*)\s*(===?|=|!=|<>|\bis\s+not\b|\bis\b)\s*[\"']?(yes|no|true|false|on|off)[\"']?(?![\w.])", re.IGNORECASE)


class Binder:
    """Binds pieces of one scenario; problems go to `report`."""

    def __init__(self, words: Words, report: Report) -> None:
        self.words = words
        self.report = report
        self.vocabulary = words.conditions()
        # a definition that speaks of actor and target means something else for each pair
        self._roles = any(role in text for text in self.vocabulary.defines.values() for role in ("actor", "target"))
        self._parsed: dict[str, object] = {}
        self._bound: dict[tuple[str, str | None, str | None], Condition] = {}
        self._wrong: dict[tuple[str, str | None, str | None], ConditionProblem] = {}

    def refresh(self) -> None:
        """Take up variables declared since the vocabulary was made."""
        self.vocabulary = self.words.conditions()
        self._bound.clear()
        self._wrong.clear()

    # -- conditions

    def condition(self, when: str | bool | list[str] | None, loc: Loc, actor: str | None = None,
                  target: str | None = None) -> Condition:
        """A typed condition; one that cannot be read is reported and counts as always true."""
        if when is None or when is True:
            return TRUE
        if when is False:
            return Always(value=False, text="never")
        if isinstance(when, list):
            parts = [self.condition(line, (*loc, i), actor, target) for i, line in enumerate(when)]
            return self.all_of(parts)
        if not self._roles and "actor" not in when and "target" not in when:
            actor = target = None
        key = (when, actor, target)
        if key in self._bound:
            return self._bound[key]
        if key in self._wrong:
            # the same words may be wrong in other places, and each is told
            self._tell(self._wrong[key], loc)
            return TRUE
        try:
            if when not in self._parsed:
                self._parsed[when] = parse(when)
            node = self._parsed[when]
            found = bind(node, self.vocabulary, actor, target)  # type: ignore[arg-type]
            for move in sorted(moves_played(found)):
                known = set(self.words.variables)
                self.words.declare_played(move, self.words.actors(self.words.scenario.moves[move].by, loc))
                if set(self.words.variables) != known:
                    self.vocabulary = self.words.conditions()
        except ConditionProblem as wrong:
            problem = self._as_flag(wrong, when) or wrong
            self._wrong[key] = problem
            self._tell(problem, loc)
            return TRUE
        self._bound[key] = found
        return found

    def _as_flag(self, problem: ConditionProblem, text: str) -> ConditionProblem | None:
        """The problem of a flag that is compared with yes or no, in words of its own."""
        for found in _COMPARED_WITH_YES.finditer(text) if problem.define is None else ():
            if found.start() <= problem.start < found.end() and found[1] in self.vocabulary.flags:
                holds = (found[3].lower() in ("yes", "true", "on")) == (found[2] not in ("!=", "is not", "<>"))
                return ConditionProblem("G105", f"`{found[1]}` is a flag, which is true or not", found.start(), found.end(),
                                        f"write `{found[1]}`" if holds else f"write `not {found[1]}`")
        return None

    def _tell(self, problem: ConditionProblem, loc: Loc) -> None:
        if problem.code == "G016":
            from sim.scenario.bind.days import counted

            problem.help = counted(problem.message, self.words) or problem.help
        if not self._told_of_definition(problem):
            self.report(problem.code, problem.message, (*loc, ("#", problem.start, problem.end)),  # type: ignore[arg-type]
                        problem.help)

    def _told_of_definition(self, problem: ConditionProblem) -> bool:
        """Report what is wrong inside a defined name where it is defined, instead of wherever it is used."""
        if problem.define is None:
            return False
        name, start, end = problem.define
        when, loc = self.words.scenario.define[name], ("define", name)
        message = problem.message.split(": ", 1)[1] if problem.message.startswith("in `") else problem.message
        if isinstance(when, str):
            self.report(problem.code, message, (*loc, ("#", start, end)), problem.help)  # type: ignore[arg-type]
            return True
        # lines are joined as `(one) and (two)`
        for n, line in enumerate(when if isinstance(when, list) else []):
            if start <= len(line):
                self.report(problem.code, message, (*loc, n, ("#", start - 1, end - 1)), problem.help)  # type: ignore[arg-type]
                return True
            start, end = start - len(line) - len("() and "), end - len(line) - len("() and ")
        return False

    @staticmethod
    def all_of(parts: Iterable[Condition]) -> Condition:
        """The conjunction, without what is always true."""
        kept: list[Condition] = []
        for part in parts:
            if isinstance(part, All):
                kept.extend(part.items)
            elif not (isinstance(part, Always) and part.value):
                kept.append(part)
        if not kept:
            return TRUE
        if len(kept) == 1:
            return kept[0]
        return All(items=tuple(kept), text=" and ".join(part.text for part in kept))

    def linear(self, text: str, loc: Loc) -> Linear:
        """A score formula; one that cannot be read is reported and counts as 0."""
        try:
            return bind_linear(parse_linear(text), self.vocabulary, None, None)
        except ConditionProblem as problem:
            self.report(problem.code, problem.message, (*loc, ("#", problem.start, problem.end)),  # type: ignore[arg-type]
                        problem.help)
            return Linear(terms=(), const=0)

    # -- chance

    def percent(self, chance: int | str, loc: Loc) -> Decimal | None:
        """A chance in percent; None for `rest`."""
        text = str(chance).strip().lower()
        if text == "rest":
            return None
        if text in WORDS_OF_CHANCE:
            return Decimal(WORDS_OF_CHANCE[text])
        try:
            share = Decimal(text.removesuffix("%").strip())
        except InvalidOperation:
            self.report("E010", f"`{chance}` is not a chance", loc, suggest(text, [*WORDS_OF_CHANCE, "rest"])
                        + "write percent (`12 %`), `rest`, or one of: " + ", ".join(WORDS_OF_CHANCE))
            return Decimal(50)
        if not 0 < share <= 100:
            self.report("E011", f"a chance cannot be {share} %", loc, "it lies above 0 and goes up to 100 %")
            return Decimal(50)
        return share

    def probability(self, chance: Chance | None, weekly: Chance | None, loc: Loc) -> tuple[int, ...]:
        """In 65,536ths per leg. A weekly rate p is 1 - (1 - p) ** (days / 7) a round."""
        legs = range(max(1, len(self.words.legs)))
        if weekly is not None:
            rates = self._per_leg(weekly, (*loc, "weekly"))
            out = []
            for leg in legs:
                rate = rates[leg]
                share = Decimal(100) if rate is None else rate
                with localcontext() as context:
                    context.prec = 28
                    days = self.words.days_per_round[leg] if self.words.legs else 7
                    left = (1 - share / 100) ** (Decimal(days) / 7)
                out.append(self._sixteen((1 - left) * 100))
            return tuple(out)
        if chance is None:
            return (SURE,) * len(legs)
        return tuple(SURE if share is None else self._sixteen(share)
                     for share in self._per_leg(chance, (*loc, "chance")))

    def hazard(self, hazard: Hazard, loc: Loc) -> tuple[tuple[int, ...], ...]:
        """Per leg, a hazard's probability at seventeen places of its track, in a straight line between the author's."""
        legs = range(max(1, len(self.words.legs)))
        track = self.words.variables.get(hazard.of)
        if track is None or track.statuses or track.hi <= track.lo:
            self.report("R010", f"nothing called `{hazard.of}` has a range to follow", (*loc, "of"),
                        suggest(hazard.of, list(self.words.variables)) + "name a track")
            return ((1,) * PLACES,) * len(legs)
        points: list[tuple[int, tuple[int, ...]]] = []
        for value, chance in hazard.at.items():
            here: Loc = (*loc, "at", value)
            weekly = chance if hazard.weekly else None
            points.append((self.words.whole(value, here),
                           self.probability(None if hazard.weekly else chance, weekly, here)))
        if not points:
            self.report("E033", "the hazard gives no chance", (*loc, "at"), "write `{0: 1 %, 100: 25 %}`")
            return ((1,) * PLACES,) * len(legs)
        points.sort()
        span = track.hi - track.lo
        places = [Decimal(track.lo) + Decimal(span * n) / (PLACES - 1) for n in range(PLACES)]
        return tuple(tuple(between([(x, p[leg]) for x, p in points], at) for at in places) for leg in legs)

    def _per_leg(self, chance: Chance, loc: Loc) -> list[Decimal | None]:
        if isinstance(chance, dict):
            for leg in chance:
                if leg not in self.words.legs:
                    self.report("R003", f"there is no leg `{leg}`", (*loc, leg), "legs: " + ", ".join(self.words.legs))
            missing = [leg for leg in self.words.legs if leg not in chance]
            if missing:
                self.report("R004", f"no chance for leg `{missing[0]}`", loc, "give one per leg, or one for all")
            return [self.percent(chance.get(leg, 50), (*loc, leg)) for leg in self.words.legs]
        return [self.percent(chance, loc)] * max(1, len(self.words.legs))

    @staticmethod
    def _sixteen(percent: Decimal) -> int:
        return max(1, min(SURE, int(percent * SURE / 100)))

    # -- effects

    def effects(self, block: Effects, loc: Loc, actor: str | None = None, target: str | None = None,
                extra: Mapping[str, int] | None = None) -> tuple[BoundEffect, ...]:
        """All effects of a block; `extra` sets variables the format itself keeps."""
        out: list[BoundEffect] = []
        seen: dict[str, str] = {}

        def take(verb: str, word: str, effect: BoundEffect | None) -> None:
            if effect is None:
                return
            if effect.name in seen:
                self.report("E020", f"`{effect.name}` is touched twice in one branch", (*loc, verb, word),
                            f"it already stands under `{seen[effect.name]}`; keep one")
                return
            seen[effect.name] = verb
            out.append(effect)

        for word, amount in block.change.items():
            take("change", word, self._change(word, amount, (*loc, "change", word), actor, target))
        for word, value in block.set.items():
            take("set", word, self._set(word, value, (*loc, "set", word), actor, target))
        for word, floor in block.raise_.items():
            name = self._number(word, (*loc, "raise", word), actor, target)
            if name:
                take("raise", word, self._flat("raise", name, self.words.whole(floor, (*loc, "raise", word))))
        for word, toward in block.toward.items():
            name = self._number(word, (*loc, "toward", word), actor, target)
            if name:
                to, steps = self.words.pull(toward, (*loc, "toward", word))
                take("toward", word, BoundEffect("toward", name, (to,) * len(steps), steps))
        for name, fixed in (extra or {}).items():
            if name not in seen:
                out.append(self._flat("set", name, fixed))
        return tuple(out)

    def _flat(self, kind: str, name: str, a: int, b: int = 0) -> BoundEffect:
        legs = max(1, len(self.words.legs))
        return BoundEffect(kind, name, (a,) * legs, (b,) * legs)  # type: ignore[arg-type]

    def set_to(self, name: str, value: int) -> BoundEffect:
        """SET on a variable the format itself keeps."""
        return self._flat("set", name, value)

    def add_to(self, name: str, value: int) -> BoundEffect:
        """ADD on a variable the format itself keeps."""
        return self._flat("add", name, value)

    def _known(self, word: str, loc: Loc, actor: str | None, target: str | None) -> str | None:
        name = substitute(word, actor, target)
        if name in self.words.variables:
            if self.words.variables[name].kind not in ("clock", "offer", "played", "fired"):
                return name
            self.report("R011", f"`{name}` is kept by the rules themselves and cannot be changed", loc, "")
            return None
        if "actor" in name.split(".") or "target" in name.split("."):
            self.report("R012", f"`{word}` names {'target' if 'target' in name else 'actor'}, and there is none here",
                        loc, "name the actor")
            return None
        near = suggest(name, list(self.words.variables))
        if word != name and actor and (others := [other for seat in self.words.seats
                                                  if (other := substitute(word, seat, target)) in self.words.variables]):
            self.report("R010", f"`{name}` does not exist, and `{word}` stands for it where `{actor}` acts", loc,
                        f"declare `{name}` as well, or give what only `{others[0]}` has to that seat's own move")
            return None
        if word != name:
            # told once for all who act and all whom they address
            near = f"for `{name}`: {near}" if near else f"there is no `{name}`; "
        shown = missing_base(name, self.words.variables) or word
        self.report("R010", f"nothing called `{shown}` exists in this scenario", loc,
                    near + "declare it under `tracks:`, `flags:` or `counters:`")
        return None

    def _number(self, word: str, loc: Loc, actor: str | None, target: str | None) -> str | None:
        name = self._known(word, loc, actor, target)
        if name and self.words.variables[name].statuses:
            self.report("E021", f"`{word}` has statuses, not numbers", loc, "use `set:` with one of: "
                        + ", ".join(self.words.variables[name].statuses))
            return None
        return name

    def _change(self, word: str, amount: object, loc: Loc, actor: str | None,
                target: str | None) -> BoundEffect | None:
        name = self._number(word, loc, actor, target)
        if not name:
            return None
        if isinstance(amount, str):
            wide = re.fullmatch(r"\s*([-+]?\d{1,9})\s*\.\.\s*([-+]?\d{1,9})\s*", amount)
            if wide:
                lo, hi = (self.words.whole(int(x), loc) for x in wide.groups())
                if lo > hi:
                    self.report("E022", f"the range {lo}..{hi} runs backwards", loc, f"write {hi}..{lo}")
                    lo, hi = hi, lo
                return self._flat("uniform", name, lo, hi)
            share = re.fullmatch(r"\s*([-+]?\d{1,3})\s*%\s*", amount)
            if share:
                return self._flat("scale", name, int(share.group(1)), 100)
            if (meant := re.fullmatch(r"\s*(-?\d{1,9})\s*(?:[-–—…]|\.{3}|to)\s*(\d{1,9})\s*", amount)) is not None:
                self.report("E001", f"`{amount}` is not a whole number", loc, f"a range has two points: write `{meant[1]}..{meant[2]}`")
                return None
        return BoundEffect("add", name, self.words.per_leg(amount, loc, self.words.whole),  # type: ignore[arg-type]
                           (0,) * max(1, len(self.words.legs)))

    def _set(self, word: str, value: int | bool | str, loc: Loc, actor: str | None,
             target: str | None) -> BoundEffect | None:
        name = self._known(word, loc, actor, target)
        if not name:
            return None
        variable = self.words.variables[name]
        if variable.statuses:
            if not isinstance(value, str) or value not in variable.statuses:
                self.report("E023", f"`{value}` is not a status of `{word}`", loc,
                            suggest(str(value), variable.statuses) + "it can be: " + ", ".join(variable.statuses))
                return None
            return self._flat("set", name, variable.statuses.index(value))
        if isinstance(value, bool) and variable.kind == "track":
            self.report("E001", f"`{str(value).lower()}` is not a whole number", loc,
                        f"`{word}` is a track: write a number from {variable.lo} to {variable.hi}")
            return None
        if isinstance(value, bool):
            return self._flat("set", name, int(value))
        if variable.kind == "flag" and isinstance(value, str) and not value.strip().isdigit():
            meant = TRUTHS.get(value.lower())
            self.report("E001", f'`"{value}"` is a text and neither `true` nor `false`' if meant == value.lower() else
                        f"`{value}` is neither `true` nor `false`", loc,
                        f"`{word}` is a flag: write `{meant}`" if meant else f"`{word}` is a flag and can only be one of the two")
            return None
        number = self.words.whole(value, loc)
        if not variable.lo <= number <= variable.hi:
            self.report("E024", f"`{word}` cannot be {number}", loc, f"it runs from {variable.lo} to {variable.hi}")
        return self._flat("set", name, number)

    # -- branches

    def branches(self, block: Effects, branches: list[Branch], loc: Loc, actor: str | None, target: str | None,
                 dispatch: str | None, extra: Mapping[int, Mapping[str, int]] | None = None,
                 always: tuple[BoundEffect, ...] = ()) -> tuple[BoundBranch, ...]:
        """The branches of a move or an answer, statically impossible ones left out, so that the last is plain.

        `extra` sets variables in one branch (offers it opens); `always` are effects of every branch.
        """
        legs = max(1, len(self.words.legs))
        if not branches:
            effects = (*self.effects(block, loc, actor, target, (extra or {}).get(-1)), *always)
            return (BoundBranch(0, TRUE, (SURE,) * legs, effects, dispatch, loc),)
        if block.change or block.set or block.raise_ or block.toward:
            for verb, held in (("change", block.change), ("set", block.set), ("raise", block.raise_), ("toward", block.toward)):
                if held:
                    self.report("E030", f"`{verb}` stands beside `branches`", (*loc, verb),
                                "move it into the branches in which it is to happen")
        out: list[BoundBranch] = []
        for number, branch in enumerate(branches):
            here: Loc = (*loc, "branches", number)
            when = self.condition(branch.when, (*here, "when"), actor, target)
            effects = (*self.effects(branch, here, actor, target, (extra or {}).get(number)), *always)
            if isinstance(when, Always) and not when.value:
                continue
            p = self.probability(branch.chance, None, here)
            out.append(BoundBranch(number, when, p, effects, branch.dispatch or dispatch, here))
            if (when == TRUE and min(p) >= SURE) or (isinstance(when, Always) and min(p) >= SURE):
                break
        if not out or not isinstance(out[-1].when, Always) or min(out[-1].p) < SURE:
            out.append(BoundBranch(-1, TRUE, (SURE,) * legs, always, None, loc))
        return tuple(out)

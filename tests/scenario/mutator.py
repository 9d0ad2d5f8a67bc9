"""Breaks a scenario in one place, the way an author would, and says where a report must point.

Places are found by walking the models beside the values of a right file; `ROLES` says what each text is for. What
counts, kind by kind:

- *misspelt name*: one letter dropped, doubled, exchanged or swapped in a key of the format, in a word that the format
  chooses (`tier: statements`), in a name of the scenario wherever another place speaks of it (a reference, a word of a
  condition or formula, a `{track}` shown in a text, a cited claim, a promise), or in the declaration of such a name. A
  name that nothing else mentions (a goal's id, a rule's) may be called anything, and free text is no name. A word that
  becomes another existing word is a different scenario, not a broken one, and is thrown again.
- *wrong type*: a word for a number, a decimal for a whole one, a number for a text, a text for a yes or no, a list for a
  text, a text for a list that cannot be one.
- *missing key*: a key goes that the format requires.
- *missing definition*: an entry goes that other places speak of (a track, an actor, a move). Nobody can know where it
  stood; the report must name it, once, at a line that uses it.
- *wrong indent*: a line of a block moves by one to four columns so that the file is not YAML, or that the block it came
  from lacks a key it needs, or that the block it comes into does not know the key.
- *swapped list and mapping*: `[a, b]` becomes `{a, b}`, `{a: 1}` becomes `[a: 1]`, `- a` loses its dashes, wherever the
  format takes only one of the two.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin

import yaml
from pydantic import BaseModel

from sim.scenario.bind.vocabulary import CLAUSE_STATUSES, PROVISION_STATUSES
from sim.scenario.models import History, Map, Scenario
from sim.scenario.reading.document import Document, read

Loc = tuple[str | int, ...]

# What the texts of a field are for. `ref:x` names something of the namespace x, `decl:x` is the key that declares it,
# `keys/values` splits a map. Fields that are not here are free text, numbers, or words of the format.
ROLES: dict[str, str] = {
    "Scenario.groups": "decl:who/ref:who", "Scenario.actors": "decl:who", "Scenario.tracks": "decl:var",
    "Scenario.flags": "decl:var", "Scenario.counters": "decl:var", "Scenario.define": "decl:var/when",
    "Scenario.moves": "decl:move", "Scenario.offers": "decl:offer", "Scenario.clauses": "decl:var",
    "Scenario.rules": "decl:rule", "Scenario.endings": "decl:ending", "Scenario.readouts": "decl:contact/ref:who",
    "Scenario.readout_moves": "word/ref:move", "Scenario.names": "decl:name", "Scenario.dossiers": "ref:dossier",
    "Scenario.human_cost": "when", "Scenario.expect": "promise", "Agreement.provisions": "decl:var",
    "Agreement.by": "ref:who", "Provision.binds": "ref:who", "Provision.status": "ref:provision",
    "Phases.states": "decl:phase", "Phases.start": "ref:phase", "Step.to": "ref:status", "Step.from_": "ref:status",
    "Step.except_": "ref:status", "Step.when": "when", "Draft.parts": "decl:part", "Draft.signatories": "ref:who",
    "Draft.tabled_by": "ref:who", "Draft.room": "when", "DraftAction.when": "when", "DraftAction.for_": "ref:who",
    "DraftAction.seen": "ref:seen", "Part.sign_when": "when", "Part.reopened_when": "when", "Clause.part": "ref:part",
    "Clause.parties": "ref:who", "Clause.needs": "ref:var", "Clause.excludes": "ref:var", "Clause.worth": "ref:who",
    "Move.by": "ref:who", "Move.to": "ref:who", "Move.seen": "ref:seen", "Move.group": "ref:group", "Move.when": "when",
    "Move.opens": "ref:offer/ref:who", "Move.for_": "ref:who", "MoveVariant.to": "ref:who", "MoveVariant.when": "when",
    "MoveVariant.opens": "ref:offer/ref:who", "Branch.opens": "ref:offer/ref:who", "Branch.when": "when",
    "Branch.chance": "chance", "Draft.unanswered": "chance", "Rule.chance": "chance", "Rule.weekly": "chance",
    "RuleChance.chance": "chance", "RuleChance.weekly": "chance", "RuleChance.when": "when", "Rule.when": "when",
    "Rule.group": "ref:rulegroup", "Hazard.of": "ref:var", "Hazard.at": "free/chance", "Inject.when": "when",
    "Inject.seen": "ref:seen", "Ending.when": "when", "OfferAnswer.when": "when", "Offer.seen": "ref:seen",
    "Offer.contact": "ref:contact", "Effects.change": "ref:var", "Effects.set": "ref:var/set",
    "Effects.raise_": "ref:var", "Effects.toward": "ref:var", "Track.seen": "ref:seen", "Flag.seen": "ref:seen",
    "Counter.seen": "ref:seen", "Flag.per": "ref:who", "Counter.per": "ref:who", "Clock.legs": "decl:leg",
    "About.minutes": "ref:leg", "About.seats": "ref:who", "Goal.score": "when", "Goal.says": "slots",
    "Actor.penalty": "when", "Actor.red_lines": "ref:var", "Factor.of": "ref:weighed", "Factor.when": "when",
    "VoteFactor.when": "when", "Persona.weights": "ref:weighed", "Persona.answers": "ref:offer",
    "Persona.votes": "ref:var", "Persona.refuses": "ref:var", "Map.views": "decl:view", "Map.fills": "ref:area",
    "MapLine.layer": "ref:layer", "MapLine.views": "ref:view", "MapPlace.named": "ref:name",
    "MapMarker.when": "when", "MapMarker.title": "slots", "MapMarker.text": "slots", "Leg.step": "word", "Offer.open": "word",
    "Move.title": "slots", "Move.dispatch": "slots", "Move.hint": "slots", "MoveVariant.title": "slots",
    "MoveVariant.dispatch": "slots", "Branch.dispatch": "slots", "OfferAnswer.title": "slots",
    "OfferAnswer.dispatch": "slots", "Offer.asks": "slots", "Scenario.par": "ref:leg/ref:who", "History.ending": "ref:ending",
    "HistoryOrder.seat": "ref:who", "HistoryOrder.target": "ref:who", "HistoryOrder.move": "ref:move",
    "HistoryOrder.of": "ref:of", "HistoryRound.rules": "ref:rule",
}
# Which namespaces' references may mean a declaration of a namespace.
MEANT_BY = {
    "who": {"who", "seen", "text"}, "var": {"var", "text", "of", "area"}, "move": {"move", "weighed", "text"},
    "offer": {"offer", "weighed", "of"}, "rule": {"rule"}, "ending": {"ending", "text"}, "contact": {"contact"},
    "name": {"name"}, "phase": {"phase", "status", "text"}, "part": {"part", "of"}, "leg": {"leg"}, "view": {"view"},
}
RESERVED = {
    "seen": {"all", "seats", "own", "nobody", "concerned", "public", "parties", "secret"},
    "who": {"seats"}, "weighed": {"hold", "sign"}, "status": {*PROVISION_STATUSES, *CLAUSE_STATUSES},
    "provision": set(PROVISION_STATUSES),
    "chance": {"remote", "unlikely", "even", "likely", "rest", "very", "almost", "certain"},
}
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_SOURCE = "ref:claim"
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_SLOT = re.compile(r"\{([^{}]*)\}")


class Place(NamedTuple):
    """A key or a value of the file and what it is for."""

    loc: Loc
    is_key: bool
    role: str
    kinds: frozenset[str]
    """What the format takes here: int, float, str, bool, dict, list, block, literal."""
    required: bool = False


class Mutation(NamedTuple):
    """A file broken in one place."""

    kind: str
    what: str
    text: str
    lines: frozenset[int]
    """A report must point at one of these lines."""
    name: str = ""
    """The report must speak of this name (missing definitions)."""


def kinds_of(annotation: Any) -> frozenset[str]:
    """What values an annotation takes."""
    origin = get_origin(annotation)
    if origin is Literal:
        return frozenset({"literal"})
    if origin in (list, tuple):
        return frozenset({"list"})
    if origin is dict:
        return frozenset({"dict"})
    if isinstance(annotation, type):
        if issubclass(annotation, BaseModel):
            return frozenset({"block"})
        return frozenset({annotation.__name__}) if annotation in (int, float, str, bool) else frozenset()
    out: set[str] = set()
    args = get_args(annotation)[:1] if hasattr(annotation, "__metadata__") else get_args(annotation)
    for part in args:
        out |= kinds_of(part)
    return frozenset(out)


def alternatives(annotation: Any) -> list[Any]:
    """The plain alternatives of an annotation."""
    if hasattr(annotation, "__metadata__"):
        return alternatives(get_args(annotation)[0])
    if get_origin(annotation) is not None and get_origin(annotation) not in (list, dict, tuple, Literal):
        return [b for a in get_args(annotation) for b in alternatives(a)]
    return [annotation]


def walk(value: object, annotation: Any, loc: Loc, role: str, *, required: bool = False) -> Iterator[Place]:
    """Every key and value with its role."""
    kinds = kinds_of(annotation)
    yield Place(loc, is_key=False, role=role, kinds=kinds, required=required)
    keys, _, values = role.partition("/")
    if isinstance(value, dict):
        for option in alternatives(annotation):
            if isinstance(option, type) and issubclass(option, BaseModel):
                for key, inner in value.items():
                    name, info = next((n, f) for n, f in option.model_fields.items() if key in (n, f.alias))
                    found = next((ROLES[f"{c.__name__}.{name}"] for c in option.__mro__ if f"{c.__name__}.{name}" in ROLES),
                                 _SOURCE if name == "source" else "free")
                    yield Place((*loc, key), is_key=True, role="format", kinds=frozenset(), required=info.is_required())
                    yield from walk(inner, info.annotation, (*loc, key), found, required=info.is_required())
                return
            if get_origin(option) is dict:
                _, inside = get_args(option)
                amount = any("int" in kinds_of(a) for a in [inside]) and role in ("free", "chance")
                for key, inner in value.items():
                    yield Place((*loc, key), is_key=True, role="ref:leg" if amount else keys, kinds=frozenset())
                    yield from walk(inner, inside, (*loc, key), "chance" if role == "chance" else values or "free")
                return
    if isinstance(value, list):
        for option in alternatives(annotation):
            if get_origin(option) in (list, tuple):
                for at, inner in enumerate(value):
                    yield from walk(inner, get_args(option)[0], (*loc, at), values or role)
                return


@dataclass
class Mutator:
    """Breaks one file of a scenario; `others` are texts that speak of the same names (map, history, par)."""

    text: str
    model: type[BaseModel]
    others: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.document: Document = read("x.yaml", self.text.encode())
        assert not self.document.diagnostics
        self.places = [p for p in walk(self.document.value, Union[self.model], (), "free") if p.loc]  # noqa: UP007
        self.spoken = self._spoken()
        self.namespaces = self._namespaces()
        starts = [a for a, _ in self.document._keys.values()] + [a for a, _ in self.document._values.values()]
        self.begins = {self.line(a) for a in starts if self.text[self.text.rfind("\n", 0, a) + 1:a].strip(" -") == ""}
        """Lines at whose beginning something begins: where YAML can notice that one is out of line."""
        self.plain = yaml.load(self.text, LOADER)
        self.words = set(_WORD.findall(self.text)) | {w for t in self.others.values() for w in _WORD.findall(t)}

    def mutations(self, seed: int, count: int, kinds: tuple[str, ...] = ()) -> Iterator[Mutation]:
        """`count` mutations, the kinds in turn, the same for the same seed."""
        dice = Random(seed)
        wanted = kinds or tuple(KINDS)
        made = turn = 0
        while made < count:
            found = None
            for _ in range(200):
                found = KINDS[wanted[turn % len(wanted)]](self, dice)
                if found is not None and found.text != self.text:
                    break
                found = None
            turn += 1
            if found is not None:
                made += 1
                yield found

    # -- what is spoken of

    def _at(self, loc: Loc) -> Any:
        value: Any = self.document.value
        for part in loc:
            value = value[part]
        return value

    def _references(self) -> Iterator[tuple[str, str]]:
        """Every word that may be a reference, with its namespace; `text` for words of conditions and the like."""
        for name, (document, places) in {"": (self.document, self.places), **self._beside()}.items():
            for place in places:
                what: Any = document.value
                for part in place.loc[:-1] if place.is_key else place.loc:
                    what = what[part]
                what = place.loc[-1] if place.is_key else what
                if not isinstance(what, str):
                    continue
                if place.role == "slots":
                    for slot in _SLOT.findall(what):
                        yield "text", slot
                elif place.role.startswith("decl:") and place.is_key:
                    if not name and "." in what:
                        yield "text", what.rsplit(".", 1)[0]
                elif place.role.startswith("ref:"):
                    yield place.role[4:], what
                elif place.role in ("when", "promise", "set"):
                    yield "text", what

    def _beside(self) -> dict[str, tuple[Document, list[Place]]]:
        out = {}
        for name, text in self.others.items():
            model = {"map.yaml": Map, "history.yaml": History, "scenario.yaml": Scenario}.get(name, Scenario)
            document = read(name, text.encode())
            out[name] = document, [p for p in walk(document.value, Union[model], (), "free") if p.loc]  # noqa: UP007
        return out

    def _namespaces(self) -> dict[str, set[str]]:
        out: dict[str, set[str]] = {}
        for space, text in self._references():
            for word in re.findall(r"[A-Za-z][A-Za-z0-9_.-]*", text):
                out.setdefault(space, set()).update({word, *word.split(".")})
        return out

    def referred(self, place: Place) -> bool:
        """Whether anything speaks of a declared name."""
        name = str(place.loc[-1])
        return any(name in self.namespaces.get(space, ()) for space in MEANT_BY[place.role[5:]])

    def _spoken(self) -> Counter[str]:
        """How many places speak of each name; dotted names and their parts."""
        out: Counter[str] = Counter()
        for _, text in self._references():
            for word in re.findall(r"[A-Za-z][A-Za-z0-9_.-]*", text):
                out.update({word, *word.split(".")})
        return out

    # -- edits

    def _range(self, place: Place) -> tuple[int, int]:
        where = self.document._keys if place.is_key else self.document._values
        return where[place.loc]

    def line(self, offset: int) -> int:
        return self.text.count("\n", 0, offset) + 1

    def _replaced(self, start: int, end: int, new: str) -> str:
        return self.text[:start] + new + self.text[end:]

    # -- kinds

    def misspelt(self, dice: Random) -> Mutation | None:
        """A name with a slip in it."""
        place = dice.choice(self.places)
        start, end = self._range(place)
        shown = self.text[start:end]
        words = [(start + m.start(), m.group()) for m in _WORD.finditer(shown)]
        if place.is_key:
            if place.role == "free" or place.role == "":
                return None
            if place.role.startswith("decl:") and not self.referred(place):
                return None
        else:
            value = self._at(place.loc)
            if not isinstance(value, str):
                return None
            if place.role == "slots":
                words = [(start + m.start(1) + w.start(), w.group()) for m in _SLOT.finditer(shown)
                         for w in _WORD.finditer(m.group(1))]
            elif place.role == "free" and "literal" not in place.kinds:
                return None
            elif place.role == "promise":
                words = [(at, w) for at, w in words if self.spoken[w] > 1 or w in ("can", "happen")]
            elif place.role in ("ref:group", "ref:rulegroup") and self.spoken[value] < 2:
                return None
            elif place.role == _SOURCE:
                words = [(start, shown)] if re.fullmatch(r"C[0-9]+|invented", shown) else []
            elif place.role == "ref:dossier":
                words = [(start, shown)]
        words = [(at, w) for at, w in words if len(w) > 1 and re.search("[a-z]{2}|[A-Z][0-9]", w)]
        if not words:
            return None
        at, word = dice.choice(words)
        new = slip(word, dice)
        if new in self.words or new == word:
            return None
        if place.role == _SOURCE and re.fullmatch(r"C[0-9]+", new):
            return None
        if place.role == "set" and word in ("true", "false"):
            return None
        return Mutation("misspelt name", f"{word} → {new}", self._replaced(at, at + len(word), new),
                        frozenset({self.line(at)}))

    def wrong_type(self, dice: Random) -> Mutation | None:
        """A value of another kind."""
        place = dice.choice([p for p in self.places if not p.is_key])
        value, kinds = self._at(place.loc), place.kinds
        start, end = self.document._values[place.loc]
        if isinstance(value, bool):
            new = dice.choice(["maybe", "7"] if "bool" in kinds else ["[true]"])
        elif isinstance(value, int | float):
            options = ["many", "[5]"]
            if "float" not in kinds:
                options.append("2.5")
            if place.role == "chance":
                options = ["[5]", "many"]
            new = dice.choice(options)
        elif isinstance(value, str) and "\n" not in self.text[start:end] and self.text[start] not in "|>":
            options = ["[7]" if "list" in kinds else f"[{self.text[start:end]}]" if "{" not in self.text[start:end] else "[x]"]
            if "int" not in kinds and "float" not in kinds:
                options.append("7")
            new = dice.choice(options)
        elif isinstance(value, list) and "str" not in kinds and self.text[start] == "[":
            new = dice.choice(["word", "7"])
        elif isinstance(value, dict) and self.text[start] == "{":
            new = dice.choice(["word", "[word]"] if "list" not in kinds and "str" not in kinds else ["2.5"])
        else:
            return None
        return Mutation("wrong type", f"{self.text[start:end][:30]} → {new}", self._replaced(start, end, new),
                        frozenset({self.line(start)}))

    def _removed(self, loc: Loc) -> str | None:
        """The text without one entry of a map."""
        start = self.document._keys[loc][0]
        holder = self.document._values[loc[:-1]]
        lines = self.text.split("\n")
        if self.text[holder[0]] == "{" and loc[:-1]:
            siblings = list(self._at(loc[:-1]))
            at = siblings.index(loc[-1])
            if at + 1 < len(siblings):
                return self.text[:start] + self.text[self.document._keys[(*loc[:-1], siblings[at + 1])][0]:]
            if at:
                before = self.document._values[(*loc[:-1], siblings[at - 1])][1]
                return self.text[:before] + self.text[holder[1] - 1:]
            return self.text[:holder[0]] + "{" + self.text[holder[1] - 1:]
        first = self.line(start)
        column = start - (self.text.rfind("\n", 0, start) + 1)
        if lines[first - 1][:column].strip():
            return None  # behind a dash: the next key would have to take its place
        last = first
        while last < len(lines) and (not lines[last].strip() or len(lines[last]) - len(lines[last].lstrip()) > column):
            last += 1
        return "\n".join([*lines[:first - 1], *lines[last:]])

    def _holder_lines(self, text: str, loc: Loc) -> frozenset[int]:
        """The line of a mapping's own key, and that of what it begins with."""
        there = read("x.yaml", text.encode())
        return frozenset({there.key_span(loc).line, there.span(loc).line})

    def missing_key(self, dice: Random) -> Mutation | None:
        """A required key goes."""
        place = dice.choice([p for p in self.places if p.is_key and p.required])
        text = self._removed(place.loc)
        if text is None:
            return None
        return Mutation("missing key", ".".join(map(str, place.loc)), text, self._holder_lines(text, place.loc[:-1]))

    def missing_definition(self, dice: Random) -> Mutation | None:
        """An entry goes that is spoken of."""
        place = dice.choice([p for p in self.places if p.is_key and p.role.startswith("decl:")])
        name = str(place.loc[-1])
        inside = self._count_inside(place.loc, name)
        if not self.referred(place) or self.spoken[name] - inside < 1:
            return None
        if any(p.is_key and p.role.startswith("decl:") and p.loc[-1] == name and p.loc != place.loc for p in self.places):
            return None
        text = self._removed(place.loc)
        if text is None:
            return None
        uses = frozenset(n for n, line in enumerate(text.split("\n"), 1) if re.search(rf"\b{re.escape(name)}\b", line))
        return Mutation("missing definition", name, text, uses or frozenset({0}), name)

    def _count_inside(self, loc: Loc, name: str) -> int:
        count = 0
        for place in self.places:
            if place.loc[:len(loc)] == loc and place.loc != loc:
                what = place.loc[-1] if place.is_key else self._at(place.loc)
                if isinstance(what, str) and place.role not in ("free", "format") and re.search(rf"\b{re.escape(name)}\b", what):
                    count += 1
        return count

    def indent(self, dice: Random) -> Mutation | None:
        """A line of a block moves."""
        lines = self.text.split("\n")
        at = dice.randrange(len(lines))
        line = lines[at]
        if not line.strip() or line.lstrip().startswith("#"):
            return None
        blanks = len(line) - len(line.lstrip())
        by = dice.choice([n for n in (-4, -2, -1, 1, 2, 4) if blanks + n >= 0])
        moved = " " * (blanks + by) + line.lstrip()
        text = "\n".join([*lines[:at], moved, *lines[at + 1:]])
        if not self._breaks(text):
            return None
        # YAML notices at the line, at the lines beside it, or where something begins beside it
        near = {at, at + 1, at + 2}
        for step in (-1, 1):
            other = at + 1 + step
            while 0 < other <= len(lines) and other not in self.begins:
                other += step
            near.add(other)
        return Mutation("wrong indent", f"line {at + 1} by {by:+}", text, frozenset(near))

    def _breaks(self, text: str) -> bool:
        """Whether a moved line breaks the meaning; judged with PyYAML alone and the keys of the models."""
        try:
            now = yaml.load(text, LOADER)
        except yaml.YAMLError:
            return True
        return now != self.plain and not fits(now, self.model)

    def swapped(self, dice: Random) -> Mutation | None:
        """A list where a mapping belongs, or the other way round."""
        place = dice.choice([p for p in self.places if not p.is_key])
        value = self._at(place.loc)
        start, end = self.document._values[place.loc]
        if isinstance(value, list) and value and not place.kinds & {"dict", "block"}:
            if self.text[start] == "[":
                return Mutation("swapped list and mapping", self.text[start:end][:30],
                                self.text[:start] + "{" + self.text[start + 1:end - 1] + "}" + self.text[end:],
                                frozenset({self.line(start)}))
            column = start - (self.text.rfind("\n", 0, start) + 1)
            if not all(isinstance(item, str) and ":" not in item for item in value):
                return None
            out = self.text
            for n in reversed(range(len(value))):
                a, b = self.document._values[(*place.loc, n)]
                if "\n" in self.text[a:b] or self.text[a] in "|>":
                    return None
                dash = out.rfind("-", 0, a)
                out = out[:dash] + out[a:b] + ":" + out[b:]
            return Mutation("swapped list and mapping", f"dashes of {place.loc[-1]} at {column}", out,
                            self._holder_lines(out, place.loc) | {self.line(start)})
        if isinstance(value, dict) and value and "list" not in place.kinds and place.loc:
            if self.text[start] == "{":
                return Mutation("swapped list and mapping", self.text[start:end][:30],
                                self.text[:start] + "[" + self.text[start + 1:end - 1] + "]" + self.text[end:],
                                frozenset({self.line(start)}))
            out = self.text
            for key in reversed(list(value)):
                a = self.document._keys[(*place.loc, key)][0]
                b = self.document._values[(*place.loc, key)][1]
                if out[out.rfind("\n", 0, a) + 1:a].strip() or "\n" in self.text[a:b]:
                    return None
                out = out[:a] + "- " + out[a:]
            if not self._breaks(out):
                return None
            return Mutation("swapped list and mapping", f"dashes before {place.loc[-1]}", out,
                            frozenset({self.line(self.document._keys[place.loc][0]), self.line(start)}))
        return None


KINDS = {
    "misspelt name": Mutator.misspelt,
    "wrong type": Mutator.wrong_type,
    "missing key": Mutator.missing_key,
    "missing definition": Mutator.missing_definition,
    "wrong indent": Mutator.indent,
    "swapped list and mapping": Mutator.swapped,
}


def slip(word: str, dice: Random) -> str:
    """The word as a hurried hand writes it."""
    letters = [n for n, c in enumerate(word) if c.isalpha()]
    at = dice.choice(letters)
    match dice.randrange(4):
        case 0 if len(word) > 2:
            return word[:at] + word[at + 1:]
        case 1:
            return word[:at] + word[at] + word[at:]
        case 2 if at + 1 < len(word) and word[at + 1].isalpha():
            return word[:at] + word[at + 1] + word[at] + word[at + 2:]
    other = dice.choice("aeinorst".replace(word[at].lower(), ""))
    return word[:at] + other + word[at + 1:]


def fits(value: object, annotation: Any) -> bool:
    """Whether the blocks and keys are those of the format; what texts say is not looked at."""
    options = alternatives(annotation)
    blocks = [o for o in options if isinstance(o, type) and issubclass(o, BaseModel)]
    dicts = [o for o in options if get_origin(o) is dict]
    lists = [o for o in options if get_origin(o) in (list, tuple)]
    if isinstance(value, dict):
        for block in blocks:
            fields = {f.alias or n: f for n, f in block.model_fields.items()}
            if set(value) <= set(fields) and all(n in value for n, f in fields.items() if f.is_required()):
                return all(fits(v, fields[k].annotation) for k, v in value.items())
        return any(all(fits(v, get_args(d)[1]) for v in value.values()) for d in dicts)
    if isinstance(value, list):
        return any(all(fits(v, get_args(o)[0]) for v in value) for o in lists)
    if value in ("", None):
        return not blocks or bool(dicts or lists) or any(o is str for o in options)
    scalars = [o for o in options if o in (int, float, str, bool) or get_origin(o) is Literal]
    if not scalars:
        return False
    if all(o in (int, float) for o in scalars):
        return bool(re.fullmatch(r"[-+]?[0-9.]+", str(value)))
    return True


def first_round(folder: Any) -> dict[str, Mutator]:
    """The mutators of a scenario's folder, by file."""
    texts = {name: (folder / name).read_text("utf-8") for name in ("scenario.yaml", "map.yaml", "history.yaml", "par.yaml")
             if (folder / name).is_file()}
    out = {"scenario.yaml": Mutator(texts["scenario.yaml"], Scenario, {n: t for n, t in texts.items() if n != "scenario.yaml"})}
    if "map.yaml" in texts:
        out["map.yaml"] = Mutator(texts["map.yaml"], Map, {"scenario.yaml": texts["scenario.yaml"]})
    return out

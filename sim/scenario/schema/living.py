"""scenario: the schema of a scenario file made from the models, with the file's own names wherever one may stand.

Language servers read it: `description` and `markdownDescription` are hover texts, `enum` gives completion and refuses
what is misspelt, `patternErrorMessage` replaces their message for a text of the wrong form.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal

from pydantic import BaseModel

from sim.scenario import models
from sim.scenario.bind.binder import WORDS_OF_CHANCE
from sim.scenario.bind.shapes import Variable
from sim.scenario.bind.vocabulary import LIMIT
from sim.scenario.conditions.problem import LONGEST
from sim.scenario.schema import manual
from sim.scenario.schema.blocks import EVERYWHERE, EXAMPLES, SLOTS, WITH_ROLES, Slot
from sim.scenario.schema.names import Family, Names

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
MODELINE: Final = "# yaml-language-server: $schema={file}"
"""The first line by which an editor finds the schema; `file` is relative to the scenario."""
FILE: Final = "scenario.schema.json"
"""Where an author keeps the schema of a scenario, beside it."""

Node = dict[str, Any]
NOTHING: Final = Names()
_FILES: Final[dict[type[BaseModel], Literal["map", "history", "masked"]]] = {
    models.Map: "map", models.History: "history", models.Masked: "masked"}
_OF_TRACKS: Final = {"all": "Everybody.", "seats": "Every seat.", "own": "The actor its name begins with.",
                     "concerned": "The actors in its name.", "nobody": "Nobody; the rules alone."}
_OF_MOVES: Final = {"public": "Everybody hears of it.", "parties": "Those concerned hear of it.",
                    "secret": "Only who does it knows."}
_MANY: Final = 24
"""Names of one kind that a hover text lists."""


def scenario_schema(names: Names = NOTHING) -> Node:
    """JSON Schema of `scenario.yaml`, for one file's names or for any file."""
    return _Maker(names).whole(models.Scenario, "Detente scenario, format 1")


def written(names: Names) -> str:
    """The schema of a scenario as the text of its file."""
    return json.dumps(scenario_schema(names), ensure_ascii=False, indent=1) + "\n"


def map_schema(names: Names = NOTHING) -> Node:
    """JSON Schema of `map.yaml`."""
    return _Maker(names).whole(models.Map, "Detente map")


def history_schema(names: Names = NOTHING) -> Node:
    """JSON Schema of `history.yaml`."""
    return _Maker(names).whole(models.History, "Detente: what really happened")


def masked_schema(names: Names = NOTHING) -> Node:
    """JSON Schema of `masked.yaml`."""
    return _Maker(names).whole(models.Masked, "Detente: the words of a masked edition")


class _Maker:
    """Makes one schema."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.roles = names.in_roles()
        self.vocabulary = self._vocabulary()
        self.shared: dict[str, Node] = {"Condition": {
            "type": "string", "maxLength": LONGEST, **self._known_words(),
            "defaultSnippets": [{"label": asked, "body": asked} for asked in self._asked()]}}
        self.shared.update(self._definitions())

    def whole(self, root: type[BaseModel], title: str) -> Node:
        made = manual.schema(_FILES.get(root, "scenario"))
        blocks: dict[str, Node] = {**made.pop("$defs", {}), root.__name__: made}
        for name, block in blocks.items():
            self._block(getattr(models, name), block)
        del blocks[root.__name__]
        # no titles: editors would print that of the whole over every hover text
        out = {"$schema": DRAFT, "description": title, **made, "$defs": {**blocks, **self.shared}}
        _reachable(out)
        return out

    # -- blocks of the format

    def _block(self, model: type[BaseModel], block: Node) -> None:
        block.pop("title", None)
        _described(block)
        for key, prop in block.get("properties", {}).items():
            _tidied(prop)
            for slot in _slots(model, key):
                self._filled(prop, slot)
            if issubclass(model, models.Effects) and key in ("change", "set", "raise", "toward"):
                self._touched(prop, key, with_roles=model.__name__ in WITH_ROLES)
            examples = next((EXAMPLES[f"{base.__name__}.{key}"] for base in model.__mro__
                             if f"{base.__name__}.{key}" in EXAMPLES), None)
            if examples and "examples" not in prop:
                prop["examples"] = examples

    def _filled(self, prop: Node, slot: Slot) -> None:
        family = self.names.family(slot.of)
        if slot.shape == "def":
            _become(prop, {"$ref": f"#/$defs/{slot.of}"})
            if slot.of == "When":
                prop["description"] = f"{prop.get('description', '')}\n\n{self.vocabulary}".strip()
                _described(prop)
        elif slot.shape == "values" and slot.of in self.shared:
            prop["additionalProperties"] = {"$ref": f"#/$defs/{slot.of}"}
        elif not family:
            return
        elif slot.shape in ("one", "many", "some"):
            one = self._id(slot.of, family)
            several = {"type": "array", "items": one}
            _become(prop, {"one": one, "many": several, "some": {"anyOf": [one, several]}}[slot.shape])
        elif slot.shape == "keys":
            prop.pop("propertyNames", None)
            value = prop.pop("additionalProperties", {})
            prop["properties"] = {key: _with(value, text) for key, text in family.items()}
            prop["additionalProperties"] = False
        elif slot.shape == "values":
            prop["additionalProperties"] = self._id(slot.of, family)
        else:
            self._leaves(prop, self._id(slot.of, family), family)

    @staticmethod
    def _leaves(prop: Node, one: Node, family: Family) -> None:
        """Names one map further in: the items of its lists, or the keys of its maps."""
        inside = [prop["additionalProperties"]] if isinstance(prop.get("additionalProperties"), dict) \
            else list(prop["properties"].values())
        for value in inside:
            if value.get("type") == "array":
                value["items"] = one
                continue
            value.pop("propertyNames", None)
            item = value.pop("additionalProperties", {})
            value["properties"] = {key: _with(item, text) for key, text in family.items()}
            value["additionalProperties"] = False

    def _id(self, kind: str, family: Family) -> Node:
        name = f"id.{kind.replace(' ', '_')}"
        if name not in self.shared:
            self.shared[name] = _enumerated(family)
        return {"$ref": f"#/$defs/{name}"}

    # -- what effects may touch

    def _touched(self, prop: Node, verb: str, *, with_roles: bool) -> None:
        """The map of an effect: every variable, and what it may become."""
        if not self.names.variables:
            return
        name = f"{verb}{' with actor and target' if with_roles else ''}".replace(" ", "_")
        if name not in self.shared:
            known: dict[str, str] = {v: v for v in self.names.variables}
            if with_roles:
                known.update(self.roles)
            described: Node = {key: prop[key] for key in ("description", "markdownDescription") if key in prop}
            self.shared[name] = {
                **described, "type": "object", "additionalProperties": False,
                "properties": {key: value for key, v in known.items()
                               if (value := self._value(verb, self.names.variables[v], key)) is not None}}
        _become(prop, {"$ref": f"#/$defs/{name}"})

    def _value(self, verb: str, v: Variable, name: str) -> Node | None:
        if v.statuses:
            value: Node | None = {"enum": list(v.statuses)} if verb == "set" else None
        elif verb == "set":
            value = {"enum": [True, False, 0, 1]} if v.kind in ("flag", "yes", "signing") else \
                {"type": "integer", "minimum": v.lo, "maximum": v.hi}
        else:
            touched: dict[str, Node] = {
                "change": {"$ref": "#/$defs/Amount"}, "toward": {"$ref": "#/$defs/Toward"},
                "raise": {"type": "integer", "minimum": -LIMIT, "maximum": LIMIT}}
            value = touched[verb]
        if value is None:
            return None
        told = self.names.told.get(v.name, "")
        return _with(value, told if name == v.name else f"As {v.name}, of whoever stands there.")

    # -- shared definitions

    def _definitions(self) -> dict[str, Node]:
        chance = {
            "description": "A chance: words of estimative language (ICD 203), percent, or `rest` for what the branches "
                           "before it left; or one of these per leg.",
            "anyOf": [
                {"type": "string", "enum": [*WORDS_OF_CHANCE, "rest"],
                 "markdownEnumDescriptions": [*(f"{p} %" for p in WORDS_OF_CHANCE.values()),
                                              "What the branches before it left."]},
                {"type": "string", "pattern": r"^\s*[0-9]{1,3}(\.[0-9]+)?\s*%?\s*$",
                 "patternErrorMessage": "Write percent (`12 %`), `rest`, or one of: " + ", ".join(WORDS_OF_CHANCE) + "."},
                {"type": "integer", "minimum": 1, "maximum": 100},
                self._per_leg({"type": ["integer", "string"]})]}
        amount = {
            "description": "A whole number, a range `5..15`, a share `-5 %`, or one of these per leg.",
            "anyOf": [
                {"type": "integer", "minimum": -LIMIT, "maximum": LIMIT},
                {"type": "string", "pattern": r"^\s*[-+−]?[0-9]+\s*(\.\.\s*[-+]?[0-9]+|%)?\s*$",
                 "patternErrorMessage": "Write a whole number, a range such as 5..15, or a share such as -5 %.",
                 "examples": ["5..15"]},
                self._per_leg({"type": ["integer", "string"]})]}
        claims = self.names.family("claim")
        cited = _enumerated({**claims, "invented": "Written for the scenario; no source stands behind it."}) \
            if claims else {"type": "string", "examples": ["invented"]}
        found = {
            "When": self._condition(), "Formula": self._formula(), "Chance": chance, "Amount": amount,
            "Source": {"description": "Claim ids of the dossiers, or `invented`.",
                       "anyOf": [cited, {"type": "array", "items": cited}]},
            "SeenTrack": self._seen(_OF_TRACKS), "SeenMove": self._seen(_OF_MOVES), "Opens": self._opens(),
            "StepsOfProvision": self._steps("status"), "StepsOfPhases": self._steps("phase"),
        }
        for node in found.values():
            _described(node)
        return found

    def _per_leg(self, value: Node) -> Node:
        legs = self.names.family("leg")
        if not legs:
            return {"type": "object", "additionalProperties": value}
        return {"type": "object", "properties": {leg: _with(value, text) for leg, text in legs.items()},
                "additionalProperties": False}

    def _seen(self, words: Mapping[str, str]) -> Node:
        who = self.names.family("who")
        one = _enumerated({**words, **who}) if who else {"type": "string", "examples": list(words)}
        each = _enumerated(who) if who else {"type": "string"}
        return {"description": "Who sees it: " + ", ".join(f"`{w}`" for w in words) + ", or a list of actors.",
                "anyOf": [one, {"type": "array", "items": each}]}

    def _opens(self) -> Node:
        offers, who = self.names.family("offer"), self.names.family("who")
        one = _enumerated(offers) if offers else {"type": "string"}
        names = _enumerated(who) if who else {"type": "string"}
        to = {"anyOf": [names, {"type": "array", "items": names}]}
        pairs: Node = {"type": "object", "additionalProperties": to}
        if offers:
            pairs = {"type": "object", "properties": {key: _with(to, text) for key, text in offers.items()},
                     "additionalProperties": False}
        return {"description": "Offers that it opens: `call` (to the move's target) or `{mediation: parties}`.",
                "anyOf": [one, pairs]}

    def _steps(self, kind: str) -> Node:
        """Transitions of one machine; the statuses of a provision are no phases."""
        step = manual.schema()["$defs"]["Step"]
        del step["title"]
        _described(step)
        for key, prop in step["properties"].items():
            _tidied(prop)
            if key == "when":
                _become(prop, {"$ref": "#/$defs/When"})
        family = self.names.family(kind)
        if family:
            one = _enumerated(family)
            _become(step["properties"]["to"], one)
            for key in ("from", "except"):
                _become(step["properties"][key], {"anyOf": [one, {"type": "array", "items": one}]})
        return {"type": "array", "items": step}

    # -- conditions

    def _condition(self) -> Node:
        # one schema for the three forms: editors describe alternatives clumsily
        return {**self.shared["Condition"], "description": self.vocabulary, "type": ["string", "boolean", "array"],
                "items": {"$ref": "#/$defs/Condition"}}

    def _known_words(self) -> Node:
        """The form of a condition; with all names known, those names alone."""
        signs = r"[\s()+*,-]|[<>]=?(?![<>=])|[=!]=(?![<>=])"
        form = rf"^(?:[a-z0-9_.]|{signs})*$"
        message = "A condition asks with names, whole numbers, `and or not is`, comparisons and ( ): tension >= 60"
        if not self.names.complete:
            return {"pattern": form, "patternErrorMessage": message}
        words = {*self.names.variables, *self.roles, *self.names.defines, *ROLE_WORDS,
                 *(s for v in self.names.variables.values() for s in v.statuses)}
        for kind in ("actor", "move", "phase", "status"):
            words.update(self.names.family(kind))
        listed = "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))
        kept = r"(?:offer|played|fired)\.[a-z0-9_.]+"
        return {"pattern": rf"^(?:{signs}|(?:{kept}|[0-9]+|{listed})(?![a-z0-9_.]))*$",
                "patternErrorMessage": "There is a word here that this scenario does not have, or a sign that conditions "
                                       "do not use; `detente check` says which."}

    def _formula(self) -> Node:
        numbers = [n for n, v in self.names.variables.items() if not v.statuses]
        line: Node = {"type": "string", "description": "A sum over tracks: `100 - 15 * positions`."}
        if self.names.complete and numbers:
            listed = "|".join(re.escape(w) for w in sorted([*numbers, "round", "day"], key=lambda w: (-len(w), w)))
            line["pattern"] = rf"^(?:[\s()+*-]|(?:(?:offer|played|fired)\.[a-z0-9_.]+|[0-9]+|{listed})(?![a-z0-9_.]))*$"
            line["patternErrorMessage"] = "Write a sum over this scenario's tracks, such as 100 - " + numbers[0] + "."
        return line

    def _asked(self) -> list[str]:
        """Conditions to begin with, over this file's own names."""
        found = [f"{n} >= {(v.lo + v.hi + 1) // 2}" for n, v in self.names.variables.items() if v.kind == "track"][:8]
        found += [f"phase is {p}" for p in self.names.family("phase")]
        found += [f"{p} is breached" for p in self.names.family("provision")][:8]
        found += [n for n, v in self.names.variables.items() if v.kind == "flag"][:8]
        return [*(found or ["tension >= 60"]), "round >= 3"]

    def _vocabulary(self) -> str:
        told = ["A condition: one line, or a list of lines that must all hold, with `and`, `or`, `not`, `is`, comparisons "
                "and parentheses."]
        by_kind: dict[str, list[str]] = {}
        for name, v in self.names.variables.items():
            by_kind.setdefault(v.kind, []).append(name)
        for kind, lead in (("track", "Tracks"), ("counter", "Counters"), ("flag", "Flags"), ("provision", "Provisions"),
                           ("clause", "Clauses")):
            told.extend(_line(lead, by_kind.get(kind, ())))
        told.extend(_line("Phases (`phase is …`)", self.names.family("phase")))
        told.extend(_line("Defined", sorted(self.names.defines)))
        return "\n\n".join(told)


ROLE_WORDS: Final = ("and", "or", "not", "is", "true", "false", "actor", "target", "round", "day", "leg", "last_round",
                     "phase", "played")


# -- nodes


def _slots(model: type[BaseModel], key: str) -> Iterable[Slot]:
    for base in model.__mro__:
        found = SLOTS.get(f"{base.__name__}.{key}")
        if found:
            return found
    return (EVERYWHERE[key],) if key in EVERYWHERE else ()


def _line(lead: str, words: Iterable[str]) -> list[str]:
    listed = list(words)
    more = f" and {len(listed) - _MANY} more" if len(listed) > _MANY else ""
    return [f"{lead}: " + ", ".join(f"`{w}`" for w in listed[:_MANY]) + more + "."] if listed else []


def _enumerated(family: Family) -> Node:
    node: Node = {"type": "string", "enum": list(family)}
    if any(family.values()):
        node["markdownEnumDescriptions"] = list(family.values())
    return node


def _with(value: Node, text: str) -> Node:
    """The same value with a hover text of its own."""
    if not text:
        return dict(value)
    node = {**value, "description": text}
    _described(node)
    return node


def _become(prop: Node, value: Node) -> None:
    """Another value under the same description."""
    kept: Node = {key: prop[key] for key in ("description", "examples", "default") if key in prop}
    prop.clear()
    prop.update({**value, **kept})
    _described(prop)


def _tidied(prop: Node) -> None:
    """Take out what pydantic adds for programs: names made of keys, null, empty defaults."""
    prop.pop("title", None)
    options = [option for option in prop.get("anyOf", ()) if option.get("type") != "null"]
    if len(options) == 1:
        del prop["anyOf"]
        prop.update({**options[0], **prop})
    elif options:
        prop["anyOf"] = options
    if prop.get("default", 0) in (None, "", [], {}):
        del prop["default"]
    patterns = prop.pop("patternProperties", None)
    if patterns:
        (pattern, value), *_ = patterns.items()
        prop["propertyNames"] = {**prop.get("propertyNames", {}), "type": "string", "pattern": pattern,
                                 "patternErrorMessage": _FORM_OF_IDS}
        prop["additionalProperties"] = value
    values = prop.get("additionalProperties")
    if isinstance(values, dict):
        _tidied(values)
    for key, value in prop.items():
        if value == _AMOUNT:
            prop[key] = {"$ref": "#/$defs/Amount"}
    if {key: prop[key] for key in prop if key not in ("description", "markdownDescription")} == _AMOUNT:
        _become(prop, {"$ref": "#/$defs/Amount"})
    _described(prop)


_FORM_OF_IDS: Final = "An id is lower-case letters, digits and underscores, and begins with a letter."
_AMOUNT: Final[Node] = {"anyOf": [{"type": "integer"}, {"type": "string"}, {
    "additionalProperties": {"anyOf": [{"type": "integer"}, {"type": "string"}]}, "type": "object"}]}


def _described(node: Node) -> None:
    """Docstrings are Markdown; editors that know it show them so."""
    text = node.get("description", "")
    # beside a reference both are said, or the reference's own Markdown would be shown
    if "`" in text or (text and "$ref" in node):
        node["markdownDescription"] = text


def _reachable(root: Node) -> None:
    """Drop definitions that nothing refers to any more."""
    definitions: dict[str, Node] = root["$defs"]
    used: set[str] = set()
    waiting: list[Any] = [{k: v for k, v in root.items() if k != "$defs"}]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, dict):
            name = str(node.get("$ref", "")).removeprefix("#/$defs/")
            if name in definitions and name not in used:
                used.add(name)
                waiting.append(definitions[name])
            waiting.extend(node.values())
    root["$defs"] = {name: definitions[name] for name in sorted(used)}

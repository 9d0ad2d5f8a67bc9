"""scenario: every id that one file declares, with a sentence for each, from as much of the file as can be read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from itertools import product
from pathlib import Path
from typing import Any, Final

from sim.scenario.bind.shapes import Variable
from sim.scenario.bind.vocabulary import PROVISION_STATUSES, Words
from sim.scenario.geometry import SHAPES
from sim.scenario.names import MAIN, MAP
from sim.scenario.reading.document import read
from sim.scenario.shelf import opened

ROLES = ("actor", "target")
_KEY = re.compile(r"^([a-z_]+)[ ]*:", re.MULTILINE)
_TITLE = re.compile(r"^title: (.+)$", re.MULTILINE)
_HEAD = 1024
"""Bytes of a dossier among which its title stands."""

Family = Mapping[str, str]
"""Ids of one kind, each with a sentence; the sentence may be empty."""


@dataclass(frozen=True, slots=True)
class Names:
    """What one scenario declares. A family that is empty says nothing: the file may not have come to it yet."""

    families: Mapping[str, Family] = field(default_factory=dict)
    """`actor`, `group`, `who`, `leg`, `phase`, `provision`, `part`, `clause`, `move`, `weighed`, `offer`, …"""
    variables: Mapping[str, Variable] = field(default_factory=dict)
    """What effects may touch, each flag and counter per actor."""
    told: Mapping[str, str] = field(default_factory=dict)
    """A sentence per variable."""
    complete: bool = False
    """Whether every variable is known, so that another name in a condition is a mistake."""
    defines: frozenset[str] = frozenset()

    def family(self, name: str) -> Family:
        """One family; empty if nothing is known of it."""
        return self.families.get(name, {})

    def in_roles(self) -> dict[str, str]:
        """Names with `actor` or `target` in the place of actors, and one variable that each may stand for."""
        actors = self.family("actor")
        out: dict[str, str] = {}
        for name in self.variables:
            parts = name.split(".")
            options = [(part, *ROLES) if part in actors else (part,) for part in parts]
            for chosen in product(*options):
                roles = [part for part in chosen if part in ROLES]
                if roles and len(set(roles)) == len(roles):
                    out.setdefault(".".join(chosen), name)
        return out


def names_of(files: Mapping[str, bytes], shelf: Path | Traversable | None = None) -> Names:
    """The names of a scenario from the contents of its files, as `sim.scenario.load.contents` gives them.

    A file with mistakes gives the names that can be read; `shelf` is the folder of dossiers, for claims.
    """
    value, whole = _readable(files.get(MAIN, b""))
    families = _families(value)
    if shelf is not None:
        families["dossier"] = _dossiers(shelf)
        families["claim"] = _claims(shelf, _listed(value.get("dossiers")))
    families.update(_of_map(files))
    words = _words(value)
    variables = {name: v for name, v in words.variables.items()
                 if v.kind not in ("clock", "offer", "played", "fired")} if words else {}
    return Names(families, variables, _told(value, variables),
                 whole and words is not None and _all_read(value, variables),
                 frozenset(_section(value, "define")))


# -- what can be read


def _readable(data: bytes) -> tuple[dict[str, Any], bool]:
    """The value of the main file, and whether it is all of it: if not, it holds the top-level blocks that are YAML."""
    document = read(MAIN, data)
    if isinstance(document.value, dict):
        return document.value, True
    keys = list(_KEY.finditer(document.text))
    ends = [key.start() for key in keys[1:]] + [len(document.text)]
    out: dict[str, Any] = {}
    for key, end in zip(keys, ends, strict=False):
        block = read(MAIN, document.text[key.start():end].encode()).value
        if isinstance(block, dict):
            out.update(block)
    return out, False


def _words(value: dict[str, Any]) -> Words | None:
    """All variables, with what the models refuse left out; None if too little is left."""
    from pydantic import ValidationError

    from sim.scenario.models import Scenario
    from sim.scenario.remainder import Remainder

    def quiet(code: str, message: str, place: object, advice: str) -> None:
        """`detente check` tells what is wrong; here only names are wanted."""

    try:
        scenario: Scenario | None = Scenario.model_validate(value)
    except ValidationError:
        scenario = Remainder(value).scenario
    return Words(scenario, quiet) if scenario is not None else None


def _all_read(value: dict[str, Any], variables: Mapping[str, Variable]) -> bool:
    """Whether nothing that declares a variable was left out on the way."""
    whole = all(name in variables for name in _section(value, "tracks"))
    return whole and all(any(v.split(".")[0] == name for v in variables)
                         for section in ("flags", "counters") for name in _section(value, section))


def _section(value: object, name: str) -> dict[str, Any]:
    found = value.get(name) if isinstance(value, dict) else None
    return {str(key): item for key, item in found.items()} if isinstance(found, dict) else {}


def _listed(found: object) -> list[str]:
    return [item for item in found if isinstance(item, str)] if isinstance(found, list) else []


def _sentence(item: object, *keys: str) -> str:
    """The first of the keys that holds text."""
    for key in keys:
        text = item.get(key) if isinstance(item, dict) else None
        if isinstance(text, str) and text.strip():
            return " ".join(text.split())
    return ""


# -- families

_OF_OFFERS: Final = {"accept": "An offer was accepted.", "decline": "An offer was declined."}
_OF_TEXTS: Final = {"table": "A clause was tabled.", "agree": "A clause was agreed.", "bracket": "A clause was put in brackets.",
                    "sign": "A part of the draft was signed."}


def _families(value: dict[str, Any]) -> dict[str, Family]:
    actors, moves = _section(value, "actors"), _section(value, "moves")
    phases = _section(value.get("phases"), "states")
    draft = _section(value.get("draft"), "parts")
    offers = _titled(_section(value, "offers"))
    provisions = {key: it for agreement in _section(value, "agreements").values()
                  for key, it in _section(agreement, "provisions").items()}
    groups = {key: ", ".join(_listed(members)) for key, members in _section(value, "groups").items()}
    named = {key: _sentence(it, "name", "about") for key, it in actors.items()}
    kinds = dict.fromkeys(sorted({it["group"] for it in moves.values()
                                  if isinstance(it, dict) and isinstance(it.get("group"), str)}), "A group of moves.")
    added = {"table": "Tabling a clause.", "sign": "Signing a part of the draft.", "draft": "Tabling and signing."} \
        if draft else {}
    listed = _titled(moves)
    return {
        "actor": named,
        "seat": {key: named[key] for key, it in actors.items() if isinstance(it, dict) and it.get("goals")},
        "group": groups,
        "who": {**named, **groups, "seats": "Every actor with goals."} if named else {},
        "leg": _titled(_section(value.get("clock"), "legs")),
        "phase": _titled(phases),
        "provision": _titled(provisions),
        "status": dict.fromkeys(PROVISION_STATUSES, ""),
        "part": _titled(draft),
        "clause": _titled(_section(value, "clauses")),
        "move": listed,
        "move group": kinds,
        "weight": {**listed, **kinds, **{k: t for k, t in added.items() if k == "sign"},
                   "hold": "Filing nothing."} if listed else {},
        "weighed": {**listed, **kinds, **offers, **added} if listed else {},
        "played": {**listed, **(_OF_OFFERS if offers else {}), **(_OF_TEXTS if draft else {})} if listed else {},
        "object": {**offers, **_titled(_section(value, "clauses")), **_titled(draft)},
        "happening": {**_titled(_section(value, "rules")), **_titled(_section(value, "injects"))},
        "offer": offers,
        "contact": dict.fromkeys(_section(value, "readouts"), ""),
        "inject": _titled(_section(value, "injects")),
        "rule": _titled(_section(value, "rules")),
        "ending": _titled(_section(value, "endings")),
        "place": {key: _sentence(it, "house") for key, it in _section(value, "names").items()},
    }


def _titled(section: Mapping[str, Any]) -> dict[str, str]:
    return {key: _sentence(it, "title", "text", "dispatch") for key, it in section.items()}


def _dossiers(shelf: Path | Traversable) -> Family:
    """Every dossier of the folder with the title that stands in its head."""
    out: dict[str, str] = {}
    for item in sorted(shelf.iterdir(), key=lambda i: i.name) if shelf.is_dir() else []:
        if item.name.endswith(".yaml"):
            with item.open("rb") as stream:
                title = _TITLE.search(stream.read(_HEAD).decode("utf-8", "replace"))
            out[item.name.removesuffix(".yaml")] = title.group(1).strip("\"' ") if title else ""
    return out


def _claims(shelf: Path | Traversable, wanted: Iterable[str]) -> Family:
    """The claims that may be cited: speaker, date, status and the sentence."""
    out: dict[str, str] = {}
    for _, document in opened(shelf, wanted, []):
        for name, claim in _section(document.value, "claims").items():
            said = ", ".join(str(claim[key]) for key in ("speaker", "date", "status") if claim.get(key)) \
                if isinstance(claim, dict) else ""
            out[name] = f"{said}: {_sentence(claim, 'says')}"
    return out


def _of_map(files: Mapping[str, bytes]) -> dict[str, Family]:
    """The views of a map, and the areas and layers of its shapes."""
    drawn = read(MAP, files[MAP]).value if MAP in files else None
    out: dict[str, Family] = {"view": _titled(_section(drawn, "views"))}
    try:
        shapes = json.loads(files.get(SHAPES, b"{}")).get("features", [])
        properties = [feature["properties"] for feature in shapes]
        for key in ("area", "layer"):
            out[key] = dict.fromkeys((str(p[key]) for p in properties if p.get(key)), "")
    except (ValueError, TypeError, KeyError, AttributeError):
        # the check tells what is wrong with the shapes
        return out
    return out


# -- sentences for variables


def _told(value: dict[str, Any], variables: Mapping[str, Variable]) -> dict[str, str]:
    declared = {**_section(value, "tracks"), **_section(value, "flags"), **_section(value, "counters"),
                **_section(value, "clauses"),
                **{k: it for a in _section(value, "agreements").values() for k, it in _section(a, "provisions").items()}}
    return {name: " ".join(_pieces(declared.get(name, declared.get(name.split(".")[0])), v))
            for name, v in variables.items()}


def _pieces(item: object, v: Variable) -> Iterator[str]:
    title, text = _sentence(item, "title"), _sentence(item, "text")
    if v.kind == "phase":
        yield "The phase of the situation."
    elif v.kind in ("yes", "ready", "signing"):
        yield {"yes": "Whether this actor has said yes to the clause.", "signing": "Whether the part is being signed.",
               "ready": "Rounds for which this actor's signature still stands."}[v.kind]
    elif title and text:
        yield f"{title}: {text}"
    elif title or text:
        yield title or text
    if v.statuses:
        yield f"It can be {', '.join(v.statuses)}; it begins as {v.statuses[v.start]}."
    elif v.kind == "flag":
        yield f"True or false; it begins {'true' if v.start else 'false'}."
    elif v.kind in ("track", "counter"):
        yield f"From {v.lo} to {v.hi}; it begins at {v.start}."

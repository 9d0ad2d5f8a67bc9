"""cli: the JSON Schema of a scenario file, with a scenario's own ids offered where an editor can complete them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sim.errors import UsageError

DRAFT = "https://json-schema.org/draft/2020-12/schema"
WHO = frozenset({"by", "to", "parties", "signatories", "tabled_by", "binds"})
WORDS_FOR_WHO = ("seats",)
ASSIGNED = ("change", "set", "raise", "toward")


def schema(scenario: str | None = None) -> dict[str, Any]:
    """The schema; with a scenario (id or path) its actors, tracks, flags, offers and groups as completions.

    A scenario with errors still gives what ids it has. Raises `UsageError` if it cannot be read at all.
    """
    from sim.scenario import manual

    out: dict[str, Any] = {"$schema": DRAFT, **manual.schema()}
    out["title"] = "Detente scenario, format 1"
    if scenario is not None:
        _offer(out, _ids(scenario))
    return out


def _ids(name: str) -> dict[str, list[str]]:
    """The ids of each section, from the file as it stands."""
    from sim.cli.scenarios import located
    from sim.scenario.load import load
    from sim.scenario.names import MAIN

    place, label = located(name)
    loaded = load(place, label)
    document = loaded.documents[MAIN].value
    if not isinstance(document, dict):
        raise UsageError(f"{label} cannot be read; `detente check {name}` says why.", "D303")
    ids = {section: _names(document.get(section)) for section in
           ("actors", "groups", "tracks", "flags", "offers", "clauses", "moves", "dossiers")}
    if loaded.bound is not None:
        # tracks and flags per actor have names that are written nowhere
        ids["tracks"] = [n for n in loaded.bound.words.variables if not n.startswith(("offer.", "played.", "fired."))]
    else:
        ids["tracks"] += ids["flags"]
    ids["legs"] = _names(document.get("clock", {}).get("legs") if isinstance(document.get("clock"), dict) else None)
    ids["move groups"] = sorted({m["group"] for m in (document.get("moves") or {}).values()
                                 if isinstance(m, dict) and isinstance(m.get("group"), str)}) \
        if isinstance(document.get("moves"), dict) else []
    return ids


def _names(section: object) -> list[str]:
    return [str(key) for key in section] if isinstance(section, dict | list) else []


def _offer(root: dict[str, Any], ids: dict[str, list[str]]) -> None:
    """Put the ids where they can stand; other words stay possible, so that nothing right is underlined."""
    who = [*ids["actors"], *ids["groups"], *WORDS_FOR_WHO]
    for name, block in root["$defs"].items():
        properties = block.get("properties", {})
        for key in WHO & set(properties):
            _completed(properties[key], who)
        for key in ASSIGNED:
            if key in properties and "additionalProperties" in properties[key]:
                value = properties[key]["additionalProperties"]
                properties[key]["properties"] = dict.fromkeys(ids["tracks"], value)
        if "opens" in properties:
            _completed(properties["opens"], ids["offers"])
        if name in ("Move", "MoveVariant") and "group" in properties:
            _completed(properties["group"], ids["move groups"])
        if name == "About":
            _completed(properties["seats"], ids["actors"])
            properties["minutes"]["properties"] = {leg: {"type": "integer"} for leg in ids["legs"]}
        if name == "Clause":
            for key in ("needs", "excludes"):
                _completed(properties[key], ids["clauses"])


def _completed(part: dict[str, Any], words: Iterable[str]) -> None:
    """Offer words for every text of a part of the schema, directly or in a list."""
    offered = list(dict.fromkeys(words))
    if not offered:
        return
    for option in part.get("anyOf", [part]):
        if option.get("type") == "string":
            option["examples"] = offered
        elif option.get("type") == "array" and option.get("items", {}).get("type") == "string":
            option["items"] = {"anyOf": [{"enum": offered}, option["items"]]}
    if "anyOf" in part:
        part["anyOf"].insert(0, {"enum": offered})

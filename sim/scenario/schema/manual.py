"""scenario: the author's manual, taken from the docstrings of the models: for the format page and for editors.

The docstrings under the fields are read from the source, not by pydantic at import, which doubled the start of every
command.
"""

import ast
import inspect
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sim.scenario import models

INTRODUCTION = """\
# The scenario file, format 1

This page is made from the models of `sim/scenario/models/` by `python -m docs.make` and cannot drift from them.

A scenario is one file, or a folder with `scenario.yaml` and, beside it, `briefs/*.md`, `history.yaml`, a `map.yaml`
with its shapes in `map.json`, and a `par.yaml` that a command writes. It is YAML 1.2 with core types only: `no`, `on` and `18:30` are text. Anchors, aliases, tags,
duplicate keys, tabs, several documents, files over 1 MiB and nesting over 32 levels are refused with their place.
`scenarios/first-round/scenario.yaml` is the example to copy.

## Names

Ids are lower-case words. A track, flag or counter may carry actors in its name, `armenia.trust.azerbaijan`; in moves,
offers and branches the words `actor` and `target` stand for the two sides (in an answer to an offer, `actor` answers
and `target` had offered). The format adds names of its own that conditions may read: `round` (from 1), `day` (from 0),
`last_round`, `phase`, each provision, each clause, `yes.CLAUSE.ACTOR`, `ready.PART.ACTOR`, `signing.PART`.

## Conditions

One line, or a list of lines that must all hold: `tension >= 60`, `withdrawal is breached`, `phase is not clash`,
`armenia.support - armenia.audience < 25`, `played(invoke_csto)`, `actor is armenia`, a flag or a defined name alone,
joined with `and`, `or`, `not` and parentheses. Whole numbers only, at most two tracks in one comparison. A move's
condition may read only what its seat sees; a branch may read anything.

## Promises

Lines of `expect:` say what the scenario promises, and `detente check --expect` retests them: `NAME can happen` or `cannot
happen`; `CONDITION is possible` or `never holds`; `A before B is possible` or `A never before B`; `NAME in at most 3 % of
games` (`at least`, `between 2 and 8`, `of random games`); `SEAT never plays MOVE` (or `… first`); `SEAT scores at least 40
on average`. Any may end with `by LEG`. [promises.md](promises.md) says what each means and how it is known.

## Chance

Words of estimative language (ICD 203): remote 3 %, very unlikely 12 %, unlikely 32 %, even 50 %, likely 68 %, very
likely 88 %, almost certain 97 %; or percent; `rest` takes what the branches before it left. In a move, branches share
one die; in injects and rules each rolls its own, and the first that passes happens.

## The map

A scenario may bring a map: `map.yaml` ([Map](#map)) says what is drawn, whose drawing or claim each line is, and what
can be marked where; `map.json` holds the shapes. That file is GeoJSON, as any program for maps writes it: a
`FeatureCollection` in longitude and latitude whose lines have a property `layer` and whose polygons have a property
`area`, with names that `map.yaml` uses. It may hold 40,000 points; simplify it to what a terminal can show. The rules
do not know of the map. A marker's `when` is a condition as everywhere, but it may read only what everybody sees, since
the public looks at the same map (V003); `played( )` works only for moves that some rule asks about (P010).

## The order of a round

1. *Open.* The date advances, offers lapse or age, injects that are due are released, rules `at: open`.
2. *Orders.* Every seat files sealed orders on the same opening state, within its attention.
3. *Resolve.* Answers, contacts, negotiation, statements, measures, force; inside a tier seats rotate. A condition is
   tested again; an order whose condition no longer holds is overtaken by events.
4. *Close.* Drift; rules `at: consent`; the draft (agreed, unanswered, both signatures); rules `at: signing`; what
   signatures do; rules `at: close`; `each_round` counts; rules `at: end`; then provisions, reopened clauses and the
   phase, one step each; then the endings.
"""


def documented() -> dict[str, dict[str, str]]:
    """Per model, its own docstring under "" and that of each field under the field's name."""
    modules = dict.fromkeys(inspect.getmodule(getattr(models, name)) for name in models.__all__)
    sources = [inspect.getsource(module) for module in modules if module and module.__name__.startswith(models.__name__)]
    out: dict[str, dict[str, str]] = {}
    for node in sorted((n for s in sources for n in ast.parse(s).body), key=_base_first):
        if not isinstance(node, ast.ClassDef):
            continue
        found = {"": ast.get_docstring(node) or ""}
        for before, after in zip(node.body, node.body[1:], strict=False):
            if isinstance(before, ast.AnnAssign) and isinstance(before.target, ast.Name) and isinstance(after, ast.Expr):
                value = after.value
                if isinstance(value, ast.Constant) and isinstance(value.value, str):
                    found[before.target.id] = " ".join(value.value.split())
        bases = [base.id for base in node.bases if isinstance(base, ast.Name)]
        for base in reversed(bases):
            found = {**{k: v for k, v in out.get(base, {}).items() if k}, **found}
        out[node.name] = found
    return out


def _base_first(node: ast.AST) -> bool:
    """Blocks that others inherit from are read before those."""
    return not (isinstance(node, ast.ClassDef) and node.name in ("Block", "Effects", "Persona"))


SHARED = {
    "source": "Claim ids of the dossiers, or `invented`.",
    "when": "It counts while this holds.",
    "chance": "In words, percent, or `rest`; one per leg if they differ.",
    "weekly": "A rate a week, converted to the length of a round.",
    "note": "For the reader.",
    "title": "Its name on screen; the move's own unless said.",
    "scenario": "Its id.",
    "seat": "Who did it.",
    "date": "When it happened.",
    "orders": "What the seats did.",
    "events": "What happened where no seat acted.",
    "to": "Whom it addresses instead.",
    "cost": "Attention it takes.",
    "cameo": "CAMEO event code.",
    "goldstein": "Goldstein value, -10..10.",
    "group": "Where the menu puts it.",
    "opens": "Offers it opens.",
    "dispatch": "What the wire prints.",
    "hint": "One sentence to the player.",
    "seen": "Who hears of it.",
}
"""What keys mean that say the same wherever they stand."""


def schema(of: Literal["scenario", "map", "history", "masked"] = "scenario") -> dict[str, Any]:
    """JSON Schema of a scenario file or of one beside it, with the docstrings as descriptions."""
    roots: dict[str, type[BaseModel]] = {"scenario": models.Scenario, "map": models.Map, "history": models.History,
                                         "masked": models.Masked}
    root = roots[of]
    made = root.model_json_schema(by_alias=True)
    words = documented()
    for name, block in {**made.get("$defs", {}), root.__name__: made}.items():
        fields = {(f.alias or n): (n, f) for n, f in getattr(models, name).model_fields.items()}
        for key, prop in block.get("properties", {}).items():
            described = _meaning(words, name, *fields[key])
            if described:
                prop["description"] = described
    return made


def _meaning(words: dict[str, dict[str, str]], model: str, name: str, field: FieldInfo) -> str:
    """What a key means: its own docstring, what is said of it everywhere, or that of the block it holds."""
    own = words[model].get(name) or SHARED.get(name)
    return own or next((words[b.__name__][""] for b in _blocks(field.annotation)), "")


# -- the format page


def page() -> str:
    """`docs/scenario-format.md`."""
    words = documented()
    out = [INTRODUCTION]
    for model in _in_order(models.Scenario):
        text = words[model.__name__]
        out.append(f"\n## {_heading(model)}\n\n{text['']}\n\n| key | value | meaning |\n|-|-|-|\n")
        for name, field in model.model_fields.items():
            meaning = _meaning(words, model.__name__, name, field)
            out.append(f"| `{field.alias or name}` | {_kind(field)} | {_cell(meaning.splitlines()[0] if meaning else '')} |\n")
    return "".join(out)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _in_order(root: type[BaseModel]) -> list[type[BaseModel]]:
    """The root and every block under it, each once, in the order in which a reader meets them."""
    found: list[type[BaseModel]] = []
    waiting: list[type[BaseModel]] = [root]
    while waiting:
        model = waiting.pop(0)
        if model in found:
            continue
        found.append(model)
        for field in model.model_fields.values():
            waiting.extend(_blocks(field.annotation))
    # each file beside the scenario follows as a whole
    for beside in (models.Map, models.History):
        waiting = [beside]
        while waiting:
            model = waiting.pop(0)
            if model not in found:
                found.append(model)
                waiting.extend(b for f in model.model_fields.values() for b in _blocks(f.annotation))
    return found


def _blocks(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [block for part in get_args(annotation) for block in _blocks(part)]


def _heading(model: type[BaseModel]) -> str:
    return f"`{model.__name__}`"


def _kind(field: FieldInfo) -> str:
    shown = _type(field.annotation)
    if field.is_required():
        return f"{shown}, required"
    default = field.get_default(call_default_factory=True)
    if default in ("", None, [], {}, False) or isinstance(default, BaseModel):
        return shown
    return f"{shown} (`{default}`)"


def _type(annotation: Any) -> str:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    if annotation == models.When or annotation == models.When | None:
        return "condition"
    if annotation == models.Amount:
        return "amount"
    if annotation == models.Chance or annotation == models.Chance | None:
        return "chance"
    plain = {str: "text", int: "whole number", float: "number", bool: "true or false", type(None): ""}
    if annotation in plain:
        return plain[annotation]
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is dict:
        return f"map of {_type(args[1])}"
    if origin in (list, tuple):
        return f"list of {_type(args[0])}"
    if args and all(isinstance(a, str | int) for a in args):
        return ", ".join(f"`{a}`" for a in args)
    if origin is not None and "Annotated" in str(origin):
        return _type(args[0])
    parts = [shown for a in args if (shown := _type(a))]
    return " or ".join(dict.fromkeys(parts)) or "text"

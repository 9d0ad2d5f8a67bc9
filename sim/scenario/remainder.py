"""scenario: a file whose refused parts are put right in passing, so that the rest is checked in the same pass.

One misspelled key must not hide the author's other mistakes (F8). What is put right is checked and thrown away; it is
never played. What is said of the parts themselves, or of what was lost with them, is left out: it would only be said
because of them.
"""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any, Final, get_args, get_origin

from pydantic import ValidationError

from sim.errors import nearest
from sim.scenario.form.refusals import Refusal, at, behind_it, beside_it, keys_around, refusals, stepped_in
from sim.scenario.form.shape import PLACEHOLDER, Path, bare, block_of, forms_at, stand_in
from sim.scenario.misnamed import UNKNOWN
from sim.scenario.models import Scenario

TRIES: Final = 8
"""Putting a part right can show that what holds it is wrong too, and so on."""
ABOUT_A_WHOLE: Final = {"C003": "clock", "C004": "actors", "R032": "", "R050": "endings", "R051": "endings", "R052": "endings",
                        "R053": "endings", "R060": "actors", "E041": "actors", "R020": "actors",
                        "R023": "actors", "R071": "actors"}
"""Codes that speak of a whole, and the section whose parts they add up; empty is every section."""


class Remainder:
    """What a file says once its refused parts are put right."""

    def __init__(self, value: object) -> None:
        self.scenario: Scenario | None = None
        """None if nothing is left to check."""
        self._mended: set[Path] = set()
        self._gone: set[str] = set()
        self._emptied = False
        """Whether a map of names is missing: nobody can say then which names exist."""
        rest: Any = deepcopy(value)
        for _ in range(TRIES):
            try:
                self.scenario = Scenario.model_validate(rest)
            except ValidationError as problem:
                found = refusals(problem, Scenario, rest)
                if any(not it.path for it in found):
                    return
                # from the back, so that the places in a list stay what they were
                for it in sorted(found, key=lambda it: _order(it.path), reverse=True):
                    self._mend(rest, it)
            else:
                return

    def concerns(self, code: str, message: str, advice: str, place: Path) -> bool:
        """Whether a problem is only there because of what was refused."""
        if self._emptied and code in UNKNOWN:
            return True
        if PLACEHOLDER in message or PLACEHOLDER in advice:
            return True
        section = ABOUT_A_WHOLE.get(code)
        if section is not None and (not section or any(path[0] == section for path in self._mended)):
            return True
        if any(place[:len(path)] == path for path in self._mended):
            return True
        return any(re.search(rf"\b{re.escape(name)}\b", message) for name in self._gone)

    def _mend(self, rest: Any, it: Refusal) -> None:
        path = it.path
        try:
            holder = at(rest, path[:-1])
            if it.kind != "missing":
                at(rest, path)
        except (KeyError, IndexError, TypeError):
            return  # it went with what held it
        if stepped_in(it, Scenario, rest):
            section = holder[path[-1]]
            behind = {str(p[-1]): at(rest, p[:-1]).pop(p[-1]) for p in behind_it(rest, path)} if section is None else {}
            rest.setdefault(str(path[-1]), behind if section is None else section)
            del holder[path[-1]]
        elif it.kind == "missing":
            if path in self._mended:
                self._take_out(rest, path[:-1])
                return
            forms = forms_at(Scenario, path)
            made = holder[path[-1]] = stand_in(forms[0]) if forms else None
            self._emptied |= isinstance(made, dict)
        elif path in self._mended or it.kind in ("name", "strange"):
            self._take_out(rest, path)
            return
        elif it.kind == "unknown":
            self._rename(holder, path, it.meant)
        elif it.kind == "stray":
            entry, *names = it.errors
            holder[entry].update({name: holder.pop(name) for name in names})
            self._mended.update((*path[:-1], name) for name in names)
        elif lost := beside_it(rest, path, forms_at(Scenario, path), keys_around(Scenario, path[:-1])):
            holder[path[-1]] = {str(p[-1]): holder.pop(p[-1]) for p in lost}
        else:
            made = salvaged(holder[path[-1]], forms_at(Scenario, path))
            if made is None:
                self._take_out(rest, path)
                return
            self._emptied |= made == {}
            holder[path[-1]] = made
        self._mended.add(path)

    def _rename(self, holder: Any, path: Path, meant: str) -> None:
        value = holder[path[-1]]
        if not meant:
            del holder[path[-1]]
            self._gone.update(_names(value))
            return
        renamed = {meant if key == path[-1] else key: inner for key, inner in holder.items()}
        holder.clear()
        holder.update(renamed)

    def _take_out(self, rest: Any, path: Path) -> None:
        try:
            holder = at(rest, path[:-1])
            lost = holder[path[-1]]
        except (KeyError, IndexError, TypeError):
            return
        self._gone.update(_names(lost), [str(path[-1])] if isinstance(path[-1], str) else [])
        del holder[path[-1]]
        self._mended.add(path)


def salvaged(value: Any, forms: list[Any]) -> Any:
    """The value in a form that may stand there, keeping what it says if possible; None if there is no such form."""
    plain = [bare(f) for f in forms]
    lists = [p for p in plain if get_origin(p) in (list, tuple)]
    maps = [f for f in forms if get_origin(bare(f)) is dict or block_of(f)]
    if isinstance(value, dict) and lists:
        return list(value)
    if isinstance(value, list) and maps:
        merged: dict[str, Any] = {}
        for item in value:
            if isinstance(item, dict):
                merged.update(item)
        return merged or stand_in(maps[0])
    if isinstance(value, str | int | float) and not isinstance(value, bool) and lists and str not in plain:
        return [value]
    if plain == [str] and not isinstance(value, dict | list) and value is not None:
        return str(value)
    if str in plain and len(plain) > 1 and not isinstance(value, dict | list):
        return PLACEHOLDER if bool not in plain else True
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str) and str in plain:
        return value[0]
    for form in forms:
        options = [str(o) for o in get_args(bare(form))] if isinstance(value, str) and get_origin(bare(form)) is not None else []
        near = nearest(value, options) if options else None
        if near is not None and not lists and not maps:
            return next(o for o in get_args(bare(form)) if str(o) == near)
    usable = [f for f in forms if bare(f) is not type(None)]
    return stand_in(usable[0]) if usable else None


def _names(value: Any) -> set[str]:
    """The keys of what is lost, which other places may speak of."""
    out: set[str] = set()
    if isinstance(value, dict):
        for key, inner in value.items():
            out.add(str(key))
            if isinstance(inner, dict):
                out |= {str(k) for k in inner}
    return out


def _order(path: Path) -> tuple[tuple[int, int, str], ...]:
    return tuple((1, part, "") if isinstance(part, int) else (0, 0, part) for part in path)




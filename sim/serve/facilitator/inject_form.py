"""serve: an inject as a form: its fields become the scenario's own YAML, and what the checker says stands at the field.

One field stands on one line, so that the line of a mistake leads back to where it was typed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import yaml

if TYPE_CHECKING:
    from sim.errors import Diagnostic
    from sim.serve.guard import Form

ROWS: Final = 4
"""Changes that a form has room for."""
KINDS: Final = {"change": "changes by", "set": "is set to", "raise": "rises to at least"}
"""The words of a scenario for what an effect does, and how a form puts them into a sentence."""
FIELDS: Final = ("title", "text", "seen", "expected", "facilitator")
_SIMPLE: Final = re.compile(r"[+-]?\d+(\.\.[+-]?\d+)?|true|false|[A-Za-z_][A-Za-z0-9_.-]*")


@dataclass(frozen=True, slots=True)
class Row:
    """One change: `tension` `changes by` `3`."""

    kind: str = "change"
    name: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class InjectForm:
    """The fields of an inject, as they are typed."""

    title: str = ""
    text: str = ""
    seen: tuple[str, ...] = ()
    """Seats or groups; empty for everybody."""
    rows: tuple[Row, ...] = ()
    expected: str = ""
    facilitator: str = ""
    rest: str = ""
    """What the form has no fields for, as YAML."""
    wrong: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Field → what the scenario's checker says of it; `` is the form as a whole, `row 0` the first change."""

    @property
    def shown(self) -> tuple[Row, ...]:
        """The rows with empty ones to fill in."""
        return (*self.rows, *(Row() for _ in range(max(1, ROWS - len(self.rows)))))

    def missing(self) -> dict[str, tuple[str, ...]]:
        """Fields without which there is nothing to check, with what to do."""
        out: dict[str, tuple[str, ...]] = {} if self.text else {"text": ("Write what people will read.",)}
        for n, row in enumerate(self.rows):
            if not row.name:
                out[f"row {n}"] = ("Choose what changes, or empty the line.",)
            elif not row.value:
                out[f"row {n}"] = ("Write how much, or to what.",)
        return out

    def yaml(self) -> tuple[str, dict[int, str]]:
        """The block, and which field stands on which line."""
        lines: list[str] = []
        fields: dict[int, str] = {}

        def add(line: str, of: str) -> None:
            lines.append(line)
            fields[len(lines)] = of

        if self.title:
            add(f"title: {_quoted(self.title)}", "title")
        add(f"text: {_quoted(self.text)}", "text")
        if self.seen:
            add(f"seen: [{', '.join(map(_plain, self.seen))}]", "seen")
        for kind in KINDS:
            mine = [(n, row) for n, row in enumerate(self.rows) if row.kind == kind and (row.name or row.value)]
            if mine:
                add(f"{kind}:", f"row {mine[0][0]}")
            for n, row in mine:
                add(f"  {_plain(row.name)}: {_plain(row.value)}", f"row {n}")
        for name in ("expected", "facilitator"):
            if getattr(self, name):
                add(f"{name}: {_quoted(getattr(self, name))}", name)
        for line in self.rest.splitlines():
            add(line, "rest")
        return "\n".join(lines) + "\n", fields

    def told(self, found: tuple[Diagnostic, ...], fields: Mapping[int, str]) -> dict[str, tuple[str, ...]]:
        """What the checker found, by field."""
        out: dict[str, list[str]] = {}
        for it in found:
            line = it.span.line if it.span is not None else 0
            sentences = [part.strip().rstrip(".") + "." for part in (it.message, it.advice) if part.strip()]
            out.setdefault(fields.get(line, ""), []).append(" ".join(f"{s[:1].upper()}{s[1:]}" for s in sentences))
        return {name: tuple(dict.fromkeys(texts)) for name, texts in out.items()}


def typed(form: Form) -> InjectForm:
    """The fields of a form that was sent."""
    def text(name: str, most: int = 4000) -> str:
        return _printable(str(form.get(name, ""))[:most])

    kinds, names, values = ([_printable(str(it))[:120] for it in form.getall(name, ())] for name in ("kind", "name", "value"))
    rows = tuple(Row(kind if kind in KINDS else "change", name, value)
                 for kind, name, value in zip(kinds, names, values, strict=False) if name or value)
    seen = tuple(dict.fromkeys(_printable(str(it))[:80] for it in form.getall("seen", ()) if str(it).strip()))
    rest = str(form.get("rest", ""))[:4000].replace("\r\n", "\n").strip("\n")
    return InjectForm(text("title", 400), text("text"), seen, rows, text("expected", 800), text("facilitator", 800), rest)


def opened(block: str) -> InjectForm:
    """The form of a block that the checker has passed."""
    found = yaml.safe_load(block)
    value: dict[str, Any] = found if isinstance(found, dict) else {}
    rows = [Row(kind, str(name), _told(amount)) for kind in KINDS for name, amount in (value.get(kind) or {}).items()]
    seen = value.get("seen") or ()
    names = tuple(map(str, seen)) if isinstance(seen, list | tuple) else (str(seen),)
    rest = {key: it for key, it in value.items() if key not in (*FIELDS, *KINDS)}

    def text(name: str) -> str:
        return " ".join(str(value.get(name, "")).split())

    return InjectForm(text("title"), text("text"), () if names in (("public",), ("all",)) else names, tuple(rows),
                      text("expected"), text("facilitator"),
                      yaml.safe_dump(rest, allow_unicode=True, sort_keys=False).strip() if rest else "")


def _told(amount: object) -> str:
    return str(amount).lower() if isinstance(amount, bool) else str(amount)


def _quoted(text: str) -> str:
    """A text on one line; what JSON can write YAML can read."""
    return json.dumps(text, ensure_ascii=False)


def _plain(text: str) -> str:
    """A name or a number as it stands; anything else quoted, so that it cannot be more than a value."""
    return text if _SIMPLE.fullmatch(text) else _quoted(text)


def _printable(text: str) -> str:
    """On one line, without what no wire prints."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())

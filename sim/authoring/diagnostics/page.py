"""authoring: the catalogue as a text for the terminal and as the page `docs/diagnostics.md`."""

from __future__ import annotations

import re
import textwrap

from sim.authoring.diagnostics.catalogue import FAMILIES, Entry, Family, catalogue

_WIDTH = 80
_HEAD = """\
# What `detente check` says

This page is made from the catalogue in `sim/authoring/diagnostics/` by `python -m docs.make`. `detente explain CODE`
shows one entry, `detente explain` lists them all.

An **error** keeps a scenario from being played as its author wrote it; a **warning** does not. A code stays the same
for ever, whatever the sentence beside it becomes. Every piece under *wrong* is checked by the tests, completed by a
small scenario: it is reported with its code, and the piece under *right* with nothing.

"""


def as_text(it: Entry) -> str:
    """One entry for the terminal, wrapped at 80 columns."""
    out = [f"{it.code}  {it.title}" + (f"  ({it.severity})" if it.severity else ""), "", _wrapped(it.meaning), "", _wrapped(f"What to do: {it.do}")]
    if it.command:
        out += _piece("Example", it.wrong)
    elif it.no_example:
        out += ["", it.no_example]
    else:
        where = "" if it.file == "scenario.yaml" else f" in {it.file}"
        out += _piece(f"Wrong{where}", it.wrong) + _piece(f"Right{where}", it.right)
    return "\n".join(out) + "\n"


def listing() -> str:
    """All codes by family, one line each."""
    out: list[str] = []
    for family, entries in _by_family():
        out += [f"{family.letter}  {family.title}: {family.about}", *(f"  {e.code}  {e.title}" for e in entries), ""]
    return "\n".join(out)


def page() -> str:
    """`docs/diagnostics.md`."""
    out = [_HEAD]
    out += [f"- [{family.letter} · {family.title}](#{_anchor(family)}), {len(entries)}\n" for family, entries in _by_family()]
    for family, entries in _by_family():
        out.append(f"\n## {family.letter} · {family.title}\n\n{family.about}\n")
        for it in entries:
            kind = f"*{it.severity.capitalize()}.* " if it.severity else ""
            out.append(f"\n### {it.code} · {it.title}\n\n{kind}{it.meaning}\n\n*What to do.* {it.do}\n")
            if it.no_example:
                out.append(f"\n{it.no_example}\n")
            if it.wrong:
                out.append(_fenced("Example" if it.command else "Wrong", it))
            if it.right:
                out.append(f"\nRight:\n\n```yaml\n{it.right.rstrip()}\n```\n")
    return "".join(out)


def _fenced(head: str, it: Entry) -> str:
    where = "" if it.command or it.file == "scenario.yaml" else f" (in `{it.file}`)"
    shown = it.wrong.rstrip()
    return f"\n{head}{where}:\n\n```{'sh' if it.command else 'yaml'}\n{shown}\n```\n"


def _by_family() -> list[tuple[Family, list[Entry]]]:
    every = catalogue().values()
    found = [(family, [e for e in every if e.code[0] == family.letter]) for family in FAMILIES]
    return [(family, entries) for family, entries in found if entries]


def _anchor(family: Family) -> str:
    text = f"{family.letter} · {family.title}".lower()
    return re.sub(r"[^a-z0-9 -]", "", text).replace(" ", "-")


def _wrapped(text: str) -> str:
    return "\n\n".join(textwrap.fill(" ".join(part.split()), _WIDTH, break_long_words=False, break_on_hyphens=False)
                       for part in text.split("\n\n"))


def _piece(head: str, text: str) -> list[str]:
    if not text:
        return []
    return ["", f"{head}:", "", *(f"    {line}" for line in text.rstrip().split("\n"))]

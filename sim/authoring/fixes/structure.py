"""authoring: fixes that change the structure of a YAML file, made by ruamel.yaml on the smallest block concerned.

Only that block is written anew, and only if ruamel.yaml writes it back unchanged, byte for byte, before anything is
changed in it: so comments and the layout stay, and nothing outside the block is touched.
"""

from __future__ import annotations

import io
from typing import Any, Final

from sim.authoring.fixes.applying import EXTRA
from sim.errors import Structure
from sim.scenario.reading.document import Document, read

_BOM: Final = b"\xef\xbb\xbf"


class NotPossibleError(Exception):
    """A change that cannot be made here; `sentence` says why and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def restructured(data: bytes, wanted: Structure) -> bytes:
    """The file with a key added, an entry taken out, or a text made a list. Raises `NotPossibleError`."""
    try:
        from ruamel.yaml import YAML
        from ruamel.yaml.comments import CommentedSeq
    except ImportError:
        raise NotPossibleError(f"this needs ruamel.yaml; install it with `{EXTRA}`, or make the change by hand") from None
    mark = _BOM if data.startswith(_BOM) else b""
    text = data[len(mark):].decode("utf-8")
    document = read(wanted.path, text.replace("\r\n", "\n").replace("\r", "\n").encode())
    holder = wanted.place if wanted.kind == "add" else wanted.place[:-1]
    first, last = _block(document, holder)
    lines = text.splitlines(keepends=True)
    block = "".join(lines[first - 1:last])
    end = "\r\n" if "\r\n" in block else "\n"
    plain = block.replace("\r\n", "\n")
    indent = len(plain) - len(plain.lstrip(" "))
    if "\r" in plain or not plain.strip():
        raise NotPossibleError("its lines end in different ways; make the change by hand")
    source = "".join(line if not line.strip() else line[indent:] for line in plain.splitlines(keepends=True))
    if _moved_in(source, indent) != plain:
        raise NotPossibleError("some of its lines stand further out than its key; make the change by hand")

    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = 1 << 20
    yaml.indent(mapping=2, sequence=4, offset=2)
    try:
        tree = yaml.load(source)
        faithful = _written(yaml, tree) == source
        if not faithful:
            yaml.indent(mapping=2, sequence=2, offset=0)
            tree = yaml.load(source)
            faithful = _written(yaml, tree) == source
    except Exception as problem:
        raise NotPossibleError("this block cannot be rewritten without touching more of it; make the change by hand") from problem
    if not faithful:
        raise NotPossibleError("this block cannot be rewritten without touching more of it; make the change by hand")
    # the block is `key: …` (or a dash and …) with what it holds
    held: Any = tree[next(iter(tree))] if isinstance(tree, dict) and holder and isinstance(holder[-1], str) else tree
    match wanted.kind:
        case "add":
            held[wanted.key] = wanted.value
        case "remove":
            del held[wanted.place[-1]]
        case "list":
            made = CommentedSeq([held[wanted.place[-1]]])
            made.fa.set_flow_style()
            held[wanted.place[-1]] = made
    new = _moved_in(_written(yaml, tree), indent)
    return mark + "".join([*lines[:first - 1], new.replace("\n", end), *lines[last:]]).encode("utf-8")


def _block(document: Document, holder: tuple[str | int, ...]) -> tuple[int, int]:
    """The lines of the block to write anew: those of the entry that holds the change."""
    place = holder
    while place and not isinstance(place[-1], str):
        place = place[:-1]
    found = document.lines(place) if place else None
    if found is None:
        raise NotPossibleError("it is not a block of its own; make the change by hand")
    return found


def _moved_in(text: str, indent: int) -> str:
    return "".join(" " * indent + line if line.strip() else line for line in text.splitlines(keepends=True))


def _written(yaml: Any, tree: Any) -> str:
    out = io.StringIO()
    yaml.dump(tree, out)
    return out.getvalue()

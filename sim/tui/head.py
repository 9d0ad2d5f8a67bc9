"""tui: title, seat and date of a scenario file, read in a millisecond and without a YAML reader.

The frame is painted with them before the match is loaded. A wrong guess costs nothing: the loaded match replaces it.
"""

from __future__ import annotations

import re
from pathlib import Path

from sim.tui.table import Head

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")
_LARGEST = 1 << 20


def read_head(file: Path, seat: str | None) -> Head:
    """What can be told of a scenario at a glance; empty texts for what is not found."""
    try:
        with file.open(encoding="utf-8", errors="replace") as stream:
            text = stream.read(_LARGEST)
    except OSError:
        return Head("", seat or "", "")
    return Head(_first(r"^title:\s*(.+)$", text), _seat(text, seat), long_date(_first(r"\bstart:\s*([\d\"'-]+)", text)))


def long_date(iso: str) -> str:
    """`2021-05-12` → `12 May 2021`; anything else as it stands."""
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", iso)
    if found is None or not 1 <= int(found[2]) <= 12:
        return iso
    return f"{int(found[3])} {_MONTHS[int(found[2]) - 1]} {found[1]}"


def _seat(text: str, seat: str | None) -> str:
    if not seat:
        return ""
    block = re.search(rf"^ +{re.escape(seat)}:[ ]*\n((?:    .*\n|\s*\n)*)", text, re.MULTILINE)
    if block is None:
        return seat
    return _first(r"^ +capital:\s*(.+)$", block[1]) or _first(r"^ +name:\s*(.+)$", block[1]) or seat


def _first(pattern: str, text: str) -> str:
    found = re.search(pattern, text, re.MULTILINE)
    return found[1].strip().strip("\"'") if found else ""

"""scenario: which day of a story a date is, for authors who write the date where a condition counts days."""

from __future__ import annotations

import re
from datetime import MAXYEAR, date, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sim.scenario.bind.vocabulary import Words


def counted(message: str, words: Words) -> str:
    """What to write for the date that a message names; empty if it, or the clock's start, is none."""
    try:
        first = date.fromisoformat(words.scenario.clock.start)
    except ValueError:
        return ""
    whole = sum(leg.rounds * days for leg, days in zip(words.scenario.clock.legs.values(), words.days_per_round, strict=True))
    meant = days_of(message)
    if len(meant) > 1:
        meant = [it for it in meant if 0 <= (it - first).days <= whole]
    if len(meant) != 1:
        return "conditions count from the first day, which is day 0: `day >= 3`"
    day = (meant[0] - first).days
    said = f"{meant[0].day} {meant[0]:%B}"
    if not 0 <= day <= whole:
        return f"{said} {meant[0].year} is no day of this story, which begins on {first.day} {first:%B} {first.year} and lasts {whole} days"
    return f"{said} is day {day} of this story: write `day >= {day}`"


def days_of(text: str) -> list[date]:
    """The days that a date in figures may mean; two where the month may stand before the day or behind it."""
    found = re.search(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})|(\d{1,2})([-./])(\d{1,2})[-./](\d{4})", text)
    if found is None:
        return []
    if found[1]:
        orders = [(found[1], found[2], found[3])]
    else:
        orders = [(found[7], found[6], found[4]), (found[7], found[4], found[6])]
    out: list[date] = []
    for year, month, day in orders:
        try:
            out.append(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return list(dict.fromkeys(out))


_MONTHS: Final = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
                  "December")


def meant_by(written: str) -> str:
    """What to write for a first day that is not written year-month-day, or that no calendar has."""
    in_words = re.fullmatch(r"\s*(?:(\d{1,2})(?:st|nd|rd|th|\.)?\s+([A-Za-z]{3,})\.?|([A-Za-z]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?),?\s+(\d{4})\s*", written)
    if in_words:
        name = (in_words[2] or in_words[3]).lower()
        number = next((n for n, month in enumerate(_MONTHS, 1) if month.lower().startswith(name)), 0)
        if number:
            written = f"{in_words[5]}-{number}-{in_words[1] or in_words[4]}"
    found = days_of(written)
    if len(found) > 1:
        return "write " + ", ".join(f"`{it.isoformat()}` for {it.day} {_MONTHS[it.month - 1]}" for it in found)
    if found:
        return f"write year-month-day: write `{found[0].isoformat()}`".replace("write year-month-day: ", "") if not re.match(
            r"\d{4}", written) or in_words else f"write year-month-day: `{found[0].isoformat()}`"
    parts = re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", written)
    if parts:
        year, month, day = (int(parts[n]) for n in ((1, 2, 3) if parts[1] else (6, 5, 4)))
        if 1 <= month <= len(_MONTHS) and day:
            last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day if year < MAXYEAR else 31
            return f"{_MONTHS[month - 1]} {year} has {last} days; dates are written year-month-day"
        return "the calendar has no such day; dates are written year-month-day: `2021-05-12`"
    return "write year-month-day: `2021-05-12`"

"""words: numbers as people read them: chance words, signed changes, counted things."""

from __future__ import annotations

from collections.abc import Sequence

SURE = 1 << 16
MINUS = "\N{MINUS SIGN}"
_BANDS = ((0, "impossible"), (5, "remote"), (20, "very unlikely"), (44, "unlikely"), (55, "roughly even"),
          (80, "likely"), (94, "very likely"), (99, "almost certain"))
"""Upper ends of the bands of ICD 203 (Office of the Director of National Intelligence, 2015), in percent."""


def chance_word(percent: int) -> str:
    """The word of estimative language for 0..100 percent."""
    for most, word in _BANDS:
        if percent <= most:
            return word
    return "certain"


def percents(shares: Sequence[int]) -> tuple[int, ...]:
    """Shares of 65,536 that sum to it, as whole percent that sum to 100; what can happen never shows as 0."""
    exact = [share * 100 / SURE for share in shares]
    whole = [max(1, int(x)) if x > 0 else 0 for x in exact]
    order = sorted(range(len(exact)), key=lambda n: (exact[n] - int(exact[n])), reverse=True)
    left = 100 - sum(whole)
    for n in order:
        if left <= 0:
            break
        if exact[n] > 0:
            whole[n] += 1
            left -= 1
    while left < 0:
        largest = max(range(len(whole)), key=whole.__getitem__)
        whole[largest] -= 1
        left += 1
    return tuple(whole)


def signed(change: int, nothing: str = "±0") -> str:
    """`+3`, `−2`, with a real minus; `nothing` for no change."""
    return f"+{change}" if change > 0 else f"{MINUS}{-change}" if change < 0 else nothing


def plain(number: int) -> str:
    """A number with a real minus sign."""
    return str(number) if number >= 0 else f"{MINUS}{-number}"


def span(low: int, high: int) -> str:
    """A change, or the range it lies in: `+5 to +10`."""
    return signed(low) if low == high else f"{signed(low)} to {signed(high)}"


def counted(number: int, thing: str) -> str:
    """`1 round`, `3 rounds`."""
    return f"{plain(number)} {thing}" if number == 1 else f"{plain(number)} {thing}s"


def times(number: int) -> str:
    """`once`, `twice`, `4 times`."""
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def listed(items: Sequence[str], word: str = "and") -> str:
    """`Baku`, `Baku and Yerevan`, `Baku, Moscow and Yerevan`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {word} {items[-1]}"

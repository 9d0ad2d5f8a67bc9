"""tui: messages as lines: who wrote to whom, what is new, what the facilitator has hidden; and what notes may ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from sim.tui.lines.line import Line, gap, plain, stacked

if TYPE_CHECKING:
    from sim.lesson import Message

NEW: Final = "● "
ASKED: Final[Mapping[str, str]] = {
    "nothing": "asks for nothing", "information": "asks for information", "consultations": "proposes consultations",
    "protest": "protests", "assurance": "asks for an assurance", "assurances given": "gives an assurance",
}
"""What a note verbale does, as a person chooses it."""


def message_lines(messages: Sequence[Message], names: Mapping[str, str], own: str, new: frozenset[str]) -> Iterator[Line]:
    """Oldest first; `new`: ids of those that were not read when the page was opened."""
    if not messages:
        yield Line("none", plain("Nothing has been written yet.", "$quiet"))
    numbers = {message.id: message.form.get("number", "") for message in messages}
    for place, message in enumerate(messages):
        if place:
            yield gap(f"message:{message.id}")
        public = "public" in message.to
        head = plain(sender(message, names), "bold $primary") + plain(f" to {receivers(message, names, own)}",
                                                                      "bold $mark" if public else "bold")
        kind = ""
        if message.kind == "verbale":
            reply = message.form.get("reply_to", "")
            answers = f", answers note No. {numbers[reply]}" if numbers.get(reply) else ""
            kind = f"   note verbale No. {message.form.get('number', '')}{answers}"
        elif message.kind == "broadcast":
            kind = "   announcement"
        head += plain(f"   round {message.round}{kind}" if message.round else kind, "$quiet")
        why = f": {message.why}" if message.why else ""
        text = plain(f"The facilitator has hidden this message{why}.", "$quiet italic") if message.hidden else plain(message.text)
        yield Line(f"message:{message.id}", stacked([head, text]), plain(NEW if message.id in new else "  ", "$mark"))


def sender(message: Message, names: Mapping[str, str]) -> str:
    """The capital, and the name of who wrote it where that adds anything."""
    if message.mine:
        return "You"
    seat = names.get(message.sender, message.sender)
    seat = seat[:1].upper() + seat[1:]
    return f"{seat} ({message.name})" if message.name and message.name.lower() != seat.lower() else seat


def receivers(message: Message, names: Mapping[str, str], own: str) -> str:
    """To whom it went; one's own seat is `you`."""
    if not message.to:
        return "your delegation" if message.sender == own else "its own delegation"
    return ", ".join("you" if to == own else names.get(to, to) for to in message.to)


def thread_of(message: Message, own: str) -> frozenset[str]:
    """To whom an answer goes: everybody the message was between, without oneself."""
    if "public" in message.to:
        return frozenset(("public",))
    if "facilitator" in (message.sender, *message.to):
        return frozenset(("facilitator",))
    return frozenset((message.sender, *message.to)) - {own}


def choices(items: Callable[[], Iterator[tuple[str, str, bool]]], many: bool) -> list[Line]:
    """Id, name, and whether it is chosen, of things of which one or several are."""
    yes, no = ("☒ ", "☐ ") if many else ("● ", "○ ")
    return [Line(id, plain(name, "bold" if chosen else ""), plain(yes if chosen else no, "$mark" if chosen else "$quiet"),
                 wraps=False) for id, name, chosen in items()]

"""serve: the forms of the facilitator's page, each to one act of the lesson."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from multidict import MultiDictProxy

if TYPE_CHECKING:
    from sim.lesson import Answer, DryRun, Person
    from sim.serve.host import Host

Form = MultiDictProxy[Any]
ACTS: Final[Mapping[str, str]] = {
    "trigger": "top", "extend": "top", "clock": "clock", "take": "seats", "give": "seats", "merge": "seats",
    "code": "seats", "remove": "seats", "readmit": "seats", "move": "seats", "head": "seats", "mute": "seats",
    "hide": "messages", "broadcast": "messages", "send": "messages", "note": "notes", "undo": "top",
    "hold": "tray", "arm": "tray", "queue": "tray", "release": "tray", "discard": "tray", "edit": "tray",
    "dry_run": "tray", "improvise": "tray", "file": "seats", "propose": "seats", "strike": "seats",
}
"""Every form, and where on the page it belongs."""


class Acts:
    """Does what a form says, for a facilitator."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self.last: tuple[int, str, DryRun] | None = None
        """The last dry run: table, what was tried, what it would do."""

    def do(self, act: str, person: Person, form: Form) -> tuple[bool, str]:
        """Whether it was done, and a sentence."""
        if act == "dry_run":
            return self._tried(person, form)
        answer, more = self._done(act, person, form)
        return answer.ok, " ".join(part for part in (answer.sentence, more) if part)

    def _done(self, act: str, person: Person, form: Form) -> tuple[Answer, str]:
        lesson, who = self._host.lesson, person.id
        table, seat, once = number(form, "table"), text(form, "seat"), text(form, "once", 60)
        item, other = text(form, "item"), text(form, "person")
        if act == "readmit":
            answer, token = lesson.readmit(who, other)
            return answer, f"Their new key, for this once: {token}" if token else ""
        deeds: dict[str, Callable[[], Answer]] = {
            "trigger": lambda: lesson.trigger(who, text(form, "name")),
            "extend": lambda: lesson.extend(who, amount(form, "minutes")),
            "clock": lambda: lesson.set_clock(who, minutes=amount(form, "minutes") or None,
                                              on_all_filed="on_all_filed" in form, on_time="on_time" in form),
            "take": lambda: lesson.take(who, table, seat),
            "give": lambda: lesson.give(who, table, seat, text(form, "to")),
            "merge": lambda: lesson.merge(who, table, seat, text(form, "into")),
            "code": lambda: lesson.new_code(who, table, seat),
            "remove": lambda: lesson.remove(who, other),
            "move": lambda: lesson.move(who, other, table, seat),
            "head": lambda: lesson.pass_head(who, other),
            "mute": lambda: lesson.mute(who, other, form.get("muted") == "yes"),
            "hide": lambda: lesson.hide(who, text(form, "message"), form.get("hidden") == "yes", text(form, "why")),
            "broadcast": lambda: lesson.broadcast(who, text(form, "text", 4000), table=table, once=once),
            "send": lambda: lesson.send(who, tuple(map(str, form.getall("to", ()))), text(form, "text", 4000), once=once,
                                        table=table),
            "note": lambda: lesson.note(who, text(form, "text", 4000), table=table, about=text(form, "about"), once=once),
            "undo": lambda: lesson.undo(who, table),
            "hold": lambda: lesson.hold(who, table, item),
            "arm": lambda: lesson.arm(who, table, item),
            "queue": lambda: lesson.queue(who, table, item, number(form, "round")),
            "release": lambda: lesson.release(who, table, item, once=once),
            "discard": lambda: lesson.discard(who, table, item),
            "edit": lambda: lesson.edit(who, table, item, block(form)),
            "improvise": lambda: lesson.improvise(who, table, block(form), once=once),
            "file": lambda: lesson.file(who, round=number(form, "round"), once=once, seat=seat, table=table),
            "propose": lambda: lesson.propose(who, text(form, "key"), round=number(form, "round"), once=once, seat=seat,
                                              table=table),
            "strike": lambda: lesson.strike(who, text(form, "key"), round=number(form, "round"), once=once, seat=seat,
                                            table=table),
        }
        return deeds[act](), ""

    def _tried(self, person: Person, form: Form) -> tuple[bool, str]:
        table, item = number(form, "table"), text(form, "item")
        run = self._host.lesson.dry_run(person.id, table, item or block(form))
        self.last = (table, item or "what you wrote", run)
        return True, "Tried out; nothing has happened. What it would do stands at the tray."


def block(form: Form) -> str | dict[str, Any]:
    """What a facilitator wrote for an inject: as YAML, or in the fields of the form."""
    written = text(form, "block", 8000)
    if written:
        return written
    out: dict[str, Any] = {"text": text(form, "text", 4000)}
    for name in ("title", "seen"):
        if text(form, name):
            out[name] = text(form, name)
    changes = {track: by for track, by in zip(map(str, form.getall("track", ())), map(str, form.getall("by", ())),
                                              strict=False) if track and by}
    if changes:
        out["change"] = {track: int(by) if by.lstrip("+-").isdecimal() and by.isascii() else by
                         for track, by in changes.items()}
    return out


def text(form: Form, name: str, most: int = 200) -> str:
    """A field as text, cut where nothing so long is meant."""
    return str(form.get(name, "")).replace("\r\n", "\n")[:most].strip()


def number(form: Form, name: str) -> int:
    """A field as a whole number; 0 for anything else."""
    given = str(form.get(name, ""))
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else 0


def amount(form: Form, name: str) -> float:
    """A field as minutes; 0 for anything else."""
    try:
        given = float(str(form.get(name, ""))[:12].replace(",", "."))
    except ValueError:
        return 0.0
    return given if -1440 <= given <= 1440 else 0.0

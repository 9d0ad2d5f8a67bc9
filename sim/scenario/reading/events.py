"""scenario: one pass over the YAML parser's events, which builds values and places and refuses the rest.

Values, places, depth, repeated keys, anchors and tags in one loop: no file, however hostile, becomes a tree
before it is known to be harmless, and libyaml's composer, which overflows on deep files, is not used at all.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from sim.scenario.reading.decoding import UNPRINTABLE
from sim.scenario.reading.pure_yaml import pure_loader
from sim.scenario.reading.trouble import Trouble

if TYPE_CHECKING:
    import yaml

Loc = tuple[str | int, ...]

DEEPEST: Final = 32
"""Maps and lists inside each other."""
MOST_VALUES: Final = 60_000
"""Keys and values in one file; the largest scenario we know has a fifth of it."""
HOLDING: Final = ("goals", "policy", "weights", "change", "set", "raise", "toward", "legs", "states", "provisions", "parts", "at")
"""Keys below the left edge of which a block has one and whose entries add up."""
_PLAIN_NUMBER: Final = "write a plain number, or put the text in quotation marks"
_BLOCK: Final = re.compile(r"[|>][-+0-9]*(?: |$)", re.MULTILINE)
_TAG: Final = re.compile(r"(?:&\S*\s+)?(!\S*)")
_ESCAPE: Final = re.compile(r"\\(?:x(..)|u(.{4})|U(.{8})|(.))", re.DOTALL)
_MOST_DIGITS: Final = 9
_MOST_TOLD: Final = 50
_CONSTANTS: Final[dict[str, bool | None]] = {
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
    "null": None,
    "Null": None,
    "NULL": None,
    "~": None,
    "": None,
}
_WHOLE: Final = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\Z")
_DECIMAL: Final = re.compile(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_ENDLESS: Final = re.compile(r"[-+]?\.(?:inf|Inf|INF)\Z|\.(?:nan|NaN|NAN)\Z")
_UNSPACED: Final = re.compile(r"([A-Za-z_][\w.]*):([^\s/:][^:]*)")
"""`pupils:1`, which YAML takes for one word."""
_UNPAIRED: Final = re.compile(r"([A-Za-z_][\w.]*)(?:\s*=\s*|\s+|(?=[-+]))([-+]? ?[0-9]+(?: ?\.\. ?[-+]?[0-9]+)? ?%?)")
"""`pupils +1` and `pupils = 1`."""
_LONGEST_DECIMAL: Final = 24
_GREATEST_DECIMAL: Final = 1e12
_LEAST_DECIMAL: Final = 1e-12


class _EnoughError(Exception):
    """So much is wrong that reading on helps nobody."""


class EventPass:
    """One pass over the events of the parser."""

    def __init__(self, text: str) -> None:
        self.values: dict[Loc, tuple[int, int]] = {}
        """Start and end offset of every value."""
        self.keys: dict[Loc, tuple[int, int]] = {}
        """Start and end offset of the key of every value in a map."""
        self.troubles: list[Trouble] = []
        """What is wrong, in the order found."""
        self._text = text
        self._told: set[object] = set()
        self._usable = True
        self._dropped: list[tuple[dict[str, object], str]] = []
        self._repeats: dict[str, Loc] = {}
        """The stand-ins of keys given twice, and where each was given first."""

    def run(self) -> object:
        """The value of the document, or None if there is none to go on with."""
        # PyYAML takes some milliseconds to import and most commands read no scenario
        import yaml

        # libyaml is several times faster and not on every machine; both give the same events
        kind = getattr(yaml, "CSafeLoader", None) or pure_loader()
        try:
            loader = kind(self._text)
            value = self._build(loader.get_event)
        except yaml.MarkedYAMLError as error:
            trouble = _explained(self._text, error)
            # what stands on a line already told about is most likely the same slip
            if not any(self._text.find("\n", item.start, trouble.start) < 0 for item in self.troubles):
                self._tell(trouble)
            return None
        except _EnoughError:
            return None
        except (ValueError, OverflowError):
            from sim.scenario.reading.unreadable import bad_escape

            # the pure loader computes characters such as "\UFFFFFFFF" without looking
            self._tell(bad_escape(self._text, getattr(loader, "index", 0)))
            return None
        for box, key in self._dropped:
            again = box.pop(key, None)
            first = self._repeats.get(key)
            if first is None or not isinstance(again, dict) or (len(first) > 1 and first[-1] not in HOLDING):
                continue
            into = box.get(str(first[-1]))
            if isinstance(into, dict):
                self._merge(first, (*first[:-1], key), again, into)
        return value

    def _merge(self, first: Loc, second: Loc, again: dict[str, object], into: dict[str, object]) -> None:
        """Entries of a block given twice, so that what speaks of them is not told too."""
        size = len(second)
        for name in [name for name in again if name not in into]:
            into[name] = again[name]
            for places in (self.keys, self.values):
                for loc in [it for it in places if it[:size] == second and it[size:size + 1] == (name,)]:
                    places[(*first, *loc[size:])] = places[loc]

    def _tell(self, trouble: Trouble) -> None:
        self.troubles.append(trouble)
        if len(self.troubles) >= _MOST_TOLD:
            raise _EnoughError

    def _build(self, next_event: Callable[[], Any]) -> object:
        # One long loop on purpose: this runs for every line of every file, and calls would double its cost.
        from yaml.events import (
            AliasEvent,
            DocumentStartEvent,
            MappingEndEvent,
            MappingStartEvent,
            ScalarEvent,
            SequenceEndEvent,
            SequenceStartEvent,
            StreamEndEvent,
        )

        values = self.values
        stack: list[tuple[Any, bool, Any, Loc, int, bool]] = []
        root: Any = None
        box: Any = None
        in_map = False
        key: Any = None
        here: Loc = ()
        loc: Loc = ()
        start_of_box = 0
        flow = False
        count = 0
        documents = 0
        usable = True
        while True:
            event = next_event()
            kind = type(event)
            if kind is ScalarEvent:
                start, end = event.start_mark.index, event.end_mark.index
                value: Any = event.value
                if event.tag is not None or event.anchor is not None:
                    self._decorated(event)
                if event.style:
                    if self._text[start] in "|>" and not _BLOCK.match(self._text, start):
                        from sim.scenario.reading.unreadable import explain

                        self._tell(explain(self._text, "block scalar", "", start, start))
                        usable = False
                    elif event.style == '"' and not value.isprintable():
                        usable = self._check_escapes(start, end) and usable
                elif not in_map or key is not None:
                    if flow and in_map and not value:
                        key, value = self._run_together(key, here, box)
                    else:
                        value = self._plain(value, start, end)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                if flow:
                    end = event.end_mark.index
                elif in_map and box:
                    end = self.keys[(*here, next(iter(box)))][1]
                else:
                    end = start_of_box + 1
                values[here] = (start_of_box, end)
                box, in_map, key, here, start_of_box, flow = stack.pop()
                continue
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                start = event.start_mark.index
                if event.tag is not None or event.anchor is not None:
                    self._decorated(event)
                if in_map and key is None:
                    if flow and self._text.count("\n", start_of_box, start):
                        advice = "a list is written in square brackets: `[ … ]`"
                        message = "this `{` holds lists or maps that have no key"
                        self._tell(Trouble("Y006", message, start_of_box, start_of_box + 1, advice))
                    else:
                        self._tell(_not_a_key(start, start + 1, "a list or map cannot be a key"))
                    return None
                if len(stack) >= DEEPEST:
                    message = f"maps and lists stand more than {DEEPEST} deep inside each other"
                    advice = "scenarios need six or seven; look for a bracket that is never closed"
                    self._tell(Trouble("Y005", message, start, start + 1, advice))
                    return None
                value = {} if kind is MappingStartEvent else []
                end = start + 1
            elif kind is AliasEvent:
                start, end = event.start_mark.index, event.end_mark.index
                self._anchor(start, end)
                value, usable = None, False
                if in_map and key is None:
                    value = f"\0{start}"
            elif kind is DocumentStartEvent:
                documents += 1
                if documents > 1:
                    at = event.start_mark.index
                    advice = "keep one scenario in a file and remove this line"
                    self._tell(Trouble("Y012", "a second document begins here", at, at + 3, advice))
                    return None
                continue
            elif kind is StreamEndEvent:
                break
            else:
                continue

            count += 1
            if count > MOST_VALUES:
                message = f"the file has more than {MOST_VALUES:,} keys and values"
                self._tell(Trouble("Y007", message, start, end, "split it into several scenarios"))
                return None
            if in_map and key is None:
                key = self._key(value, (start, end), event, box, here)
                continue
            if box is None:
                root, loc = value, ()
            elif in_map:
                loc = (*here, key)
                box[key] = value
                key = None
            else:
                loc = (*here, len(box))
                box.append(value)
            if kind is ScalarEvent or kind is AliasEvent:
                values[loc] = (start, end)
                continue
            stack.append((box, in_map, key, here, start_of_box, flow))
            box, in_map, key, here = value, kind is MappingStartEvent, None, loc
            start_of_box, flow = start, bool(event.flow_style)
        return self._root(root) if usable and self._usable else None

    def _root(self, root: object) -> object:
        if isinstance(root, dict):
            return root
        start, end = self.values.get((), (0, 0))
        if self.troubles:
            return None
        if root is None:
            advice = "begin with `format: 1`; `detente new` writes a first scenario"
            self._tell(Trouble("Y013", "the file is empty", 0, 0, advice))
        else:
            what = "a list" if isinstance(root, list) else "a single text or number"
            message = f"the file is {what}, and a scenario is made of `key: value` lines"
            self._tell(Trouble("Y014", message, start, end, "begin with `format: 1`, each key at the left edge"))
        return None

    def _key(self, text: str, place: tuple[int, int], event: Any, box: dict[str, object], here: Loc) -> str:
        """The key, noted with its place; a name that no text can have if it cannot be used."""
        start, end = place
        key = text
        if getattr(event, "style", ".") in ("", None):
            if text in _CONSTANTS:
                shown = f"`{text}`" if text else "nothing"
                advice = f'choose another word, or put it in quotation marks: `"{text}"`' if text and text != "~" else \
                    "write `key: value`"
                self._tell(Trouble("Y006", f"{shown} cannot be a key", start, end, advice))
                key = f"\0{start}"
            elif text == "<<":
                self._tell(Trouble("Y006", "`<<` cannot take over the keys of another block", start, end,
                                   "write the keys out here"))
                key = f"\0{start}"
        elif not text:
            self._tell(_not_a_key(start, end, "an empty text cannot be a key"))
            key = f"\0{start}"
        if key in box:
            loc = (*here, key)
            last = next(reversed(box))
            if here in self._told:
                pass  # the block is in disorder, which was told
            elif last != key and (bare := self._nothing_below((*here, last), box[last])) is not None:
                self._told.add(here)
                first, stop = self.keys[bare]
                message = f"`{bare[-1]}` has nothing below it, and the keys behind it were given before"
                self._tell(Trouble("Y019", message, first, stop, f"move this line further out if `{bare[-1]}` begins an "
                                                                 "entry of its own, or give it what is missing"))
                self._usable = False
            elif loc not in self._told:
                self._told.add(loc)
                first = self._text.count("\n", 0, self.keys[loc][0]) + 1
                advice = f"first given on line {first}; keep one of the two, or give this one another name"
                if here and isinstance(here[-1], int) and not self._text[self._text.rfind("\n", 0, start) + 1:start].strip():
                    advice += "; if an item of its own begins here, its `- ` is missing"
                self._tell(Trouble("Y002", f"`{key}` is given twice", start, end, advice))
            key = f"\0{start}"
            self._repeats[key] = loc
        if key[:1] == "\0":
            self._dropped.append((box, key))
        self.keys[(*here, key)] = place
        return key

    def _run_together(self, key: str, here: Loc, box: dict[str, object]) -> tuple[str, object]:
        """A key in curly brackets with no value, of which the colon or the space behind it is missing: what was meant."""
        start, end = self.keys[(*here, key)]
        unspaced = _UNSPACED.fullmatch(key)
        last = next(reversed(box.values()), None) if box else None
        # behind a text, `and 3 more` is what a comma cut off
        prose = isinstance(last, str) and not last[:1].isdigit() and last[:1] not in "+-"
        found = unspaced or (None if prose else _UNPAIRED.fullmatch(key))
        if found is None or self._text[start:end] != key or found[1] in box:
            return key, None
        name, value = found[1], found[2].replace(" ", "")
        if unspaced is not None:
            at = start + len(name)
            self._tell(Trouble("Y001", "a space is missing behind this colon", at, at + 1, f"write `{name}: {value}`"))
        else:
            self._tell(Trouble("Y001", f"the colon is missing behind `{name}`", start, end, f"write `{name}: {value}`"))
        del self.keys[(*here, key)]
        self.keys[(*here, name)] = (start, start + len(name))
        return name, self._plain(value, end - len(found[2]), end)

    def _nothing_below(self, loc: Loc, value: object) -> Loc | None:
        """The last key in a value that has nothing behind it nor below it, if it is the last thing there."""
        while isinstance(value, dict) and value:
            last = next(reversed(value))
            loc, value = (*loc, last), value[last]
        place = self.values.get(loc)
        return loc if value is None and place is not None and place[0] == place[1] else None

    def _plain(self, text: str, start: int, end: int) -> object:
        """The value of a scalar without quotation marks."""
        if text in _CONSTANTS:
            return _CONSTANTS[text]
        if text[0] not in "+-.0123456789":
            return text
        if _WHOLE.match(text):
            if len(text.lstrip("+-")) <= _MOST_DIGITS:
                return int(text)
            advice = "write a smaller one, or put it in quotation marks if it is a name or a code"
            message = f"this number has {len(text.lstrip('+-'))} digits; at most {_MOST_DIGITS} are allowed"
            self._tell(Trouble("Y010", message, start, end, advice))
            return -(10**_MOST_DIGITS) + 1 if text[0] == "-" else 10**_MOST_DIGITS - 1
        if _ENDLESS.match(text):
            message = f"`{text}` is not a number that a scenario can use"
            self._tell(Trouble("Y011", message, start, end, _PLAIN_NUMBER))
            return 0
        if _DECIMAL.match(text):
            value = float(text) if len(text) <= _LONGEST_DECIMAL else math.inf
            if not any(digit in text.lower().partition("e")[0] for digit in "123456789"):
                return 0.0
            if _LEAST_DECIMAL <= abs(value) <= _GREATEST_DECIMAL:
                return value
            message = "this decimal number is too large, too small or too long"
            self._tell(Trouble("Y011", message, start, end, _PLAIN_NUMBER))
            return 0
        return text

    def _decorated(self, event: Any) -> None:
        start = event.start_mark.index
        if event.anchor is not None:
            self._anchor(start, start + 1)
        if event.tag is not None:
            found = _TAG.match(self._text, start)
            at, end = found.span(1) if found else (start, start + 1)
            from sim.scenario.reading.unreadable import tag

            self._tell(tag(self._text, at, end))

    def _anchor(self, start: int, end: int) -> None:
        if "anchor" in self._told:
            return
        self._told.add("anchor")
        advice = "write out what is meant, each time; if the sign belongs to a text, put the whole text in quotation marks"
        message = "`&` and `*` at the beginning of a value are anchors and aliases of YAML, which scenarios do not use"
        self._tell(Trouble("Y003", message, start, end, advice))

    def _check_escapes(self, start: int, end: int) -> bool:
        """Whether no escape stands for a control character, which could disturb a terminal."""
        for found in _ESCAPE.finditer(self._text, start, end):
            code, letter = found[1] or found[2] or found[3], found[4]
            shown = chr(int(code, 16)) if code else ""
            if (code and UNPRINTABLE.match(shown)) or (letter and letter in "0abvferNLP"):
                from sim.scenario.reading.unreadable import bad_escape

                self._tell(bad_escape(self._text, found.start()))
                return False
        return True


def _explained(text: str, error: yaml.MarkedYAMLError) -> Trouble:
    from sim.scenario.reading.unreadable import explain

    context = error.context_mark.index if error.context_mark else None
    at = error.problem_mark.index if error.problem_mark else context or 0
    return explain(text, error.context or "", error.problem or "", context, at)


def _not_a_key(start: int, end: int, message: str) -> Trouble:
    advice = "keys are words: `title: …`; a text in curly brackets needs quotation marks"
    return Trouble("Y006", message, start, end, advice)

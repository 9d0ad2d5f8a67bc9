"""scenario: the bytes of a file to text that the YAML parser can be given, or what is wrong with them."""

from __future__ import annotations

import re
from typing import Final

from sim.scenario.reading.trouble import Trouble

LARGEST_FILE: Final = 1 << 20
"""Bytes."""
# What PyYAML refuses, and the line breaks that editors do not count as lines.
UNPRINTABLE: Final = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_PERCENT: Final = re.compile("^%", re.MULTILINE)
_CONTENT: Final = re.compile("^ *[^ #\n]", re.MULTILINE)
_UTF8: Final = "save it as UTF-8 (most editors offer it under “Save as” or “Encoding”)"


def decode(data: bytes) -> tuple[str, Trouble | None]:
    r"""The text with "\n" as line end and no byte order mark, and the first problem, if there is one.

    With a problem the text is as much as can be shown.
    """
    text, trouble = decode_prose(data, "move long texts into files of their own beside it")
    if trouble is not None:
        return text, trouble
    if found := UNPRINTABLE.search(text):
        at = found.start()
        message = f"an invisible character (U+{ord(found.group()):04X}) stands here"
        return text, Trouble("Y008", message, at, at + 1, "delete it, or type the line again")
    at = text.find("\t")
    if at >= 0:
        advice = "use spaces, two for each step inwards; editors can replace tabs by spaces"
        return text, Trouble("Y009", "a tab stands here", at, at + 1, advice)
    directive = _PERCENT.search(text)
    if directive and not _CONTENT.search(text, 0, directive.start()):
        at = directive.start()
        return text, Trouble("Y001", "a line cannot begin with `%`", at, at + 1, "remove the line")
    return text, None


def decode_prose(data: bytes, too_long: str = "shorten it") -> tuple[str, Trouble | None]:
    """As `decode`, of a file that is no YAML but a text to read: what cannot be text at all is all that is wrong with it.

    `too_long`: what to do about a file that is too large.
    """
    if len(data) > LARGEST_FILE:
        message = f"the file has more than {LARGEST_FILE:,} bytes, which is as much as is read"
        return "", Trouble("Y007", message, 0, 0, too_long)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "", Trouble("Y008", "the file is UTF-16, not UTF-8", 0, 0, _UTF8)
    data = data.removeprefix(b"\xef\xbb\xbf")
    trouble = None
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        at = len(_lines(data[: error.start].decode()))
        text = data.decode(errors="replace")
        trouble = Trouble("Y008", "from here on the file is not UTF-8 text", at, at + 1, _UTF8)
    text = _lines(text)
    if trouble is None and (at := text.find("\0")) >= 0:
        message = "a NUL character stands here: this is not a text file, or not UTF-8"
        trouble = Trouble("Y008", message, at, at + 1, _UTF8)
    return text, trouble


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text

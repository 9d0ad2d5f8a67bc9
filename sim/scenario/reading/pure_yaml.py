"""scenario: PyYAML's parser in Python, brought into line with libyaml, for machines that lack the latter.

Inside brackets the two disagree about plain texts: only libyaml takes `[Why?, who?]` for two texts, and only the
Python parser takes `{a:}` for a map. Authors must not meet different rules on different machines.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

_BLANK: Final = "\0 \t\r\n"
_CLOSES: Final = ",[]{}"


@lru_cache(maxsize=1)
def pure_loader() -> Any:
    """The loader class; made on first use, as only few machines need it."""
    from yaml import SafeLoader
    from yaml.scanner import ScannerError
    from yaml.tokens import ScalarToken

    class Loader(SafeLoader):
        """Reads plain texts as libyaml does."""

        def scan_plain(self) -> Any:
            scanner: Any = self
            start = end = scanner.get_mark()
            chunks: list[str] = []
            spaces: list[str] = []
            while scanner.peek() != "#":
                length = _plain_length(scanner)
                if length < 0:
                    scanner.forward(-length)
                    problem = "found unexpected ':'"
                    raise ScannerError("while scanning a plain scalar", start, problem, scanner.get_mark())
                if length == 0:
                    break
                scanner.allow_simple_key = False
                chunks += [*spaces, scanner.prefix(length)]
                scanner.forward(length)
                end = scanner.get_mark()
                spaces = scanner.scan_plain_spaces(scanner.indent + 1, start)
                if not spaces or (not scanner.flow_level and scanner.column <= scanner.indent):
                    break
            return ScalarToken("".join(chunks), True, start, end)

    return Loader


def _plain_length(scanner: Any) -> int:
    """How many characters of plain text follow, up to a blank or sign; less than 0 if a colon spoils it there."""
    length = 0
    while True:
        char = scanner.peek(length)
        if char in _BLANK or (scanner.flow_level and char in _CLOSES):
            return length
        if char == ":":
            after = scanner.peek(length + 1)
            if after in _BLANK:
                return length
            if scanner.flow_level and (after in _CLOSES or after == "?"):
                return -length if length else 0
        length += 1

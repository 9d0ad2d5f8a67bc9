"""tui: a stylesheet whose parsed rules are shared by every app of the process that wears the same colours.

An app parses some three hundred rules when it starts and again for its theme, and keeps them. They depend on nothing but
the text and the theme's variables and never change, so thirty apps need them once.
"""

from __future__ import annotations

from functools import lru_cache

from textual.css.errors import StylesheetError
from textual.css.model import RuleSet
from textual.css.parse import parse
from textual.css.stylesheet import Stylesheet
from textual.css.tokenize import tokenize_values
from textual.css.tokenizer import Token, TokenError
from textual.css.types import CSSLocation

Variables = tuple[tuple[str, str], ...]


class SharedStylesheet(Stylesheet):
    """Parses what no other app has parsed in these colours."""

    def _parse_rules(self, css: str, read_from: CSSLocation, is_default_rules: bool = False, tie_breaker: int = 0,  # noqa: FBT002 Textual's own form
                     scope: str = "") -> list[RuleSet]:
        variables = tuple(self._variables.items())
        try:
            return list(parsed(variables, css, read_from, is_default_rules, tie_breaker, scope))
        except TokenError:
            raise
        except Exception as error:  # noqa: BLE001 as Textual does
            raise StylesheetError(f"failed to parse css; {error}") from None

    def reparse(self) -> None:
        """Parse again for other variables; what cannot be parsed changes nothing."""
        self.parse()


@lru_cache(maxsize=2048)
def parsed(variables: Variables, css: str, read_from: CSSLocation, is_default: bool, tie_breaker: int,
           scope: str) -> tuple[RuleSet, ...]:
    """The rules of a text in some colours."""
    return tuple(parse(scope, css, read_from, variable_tokens=_tokens(variables), is_default_rules=is_default,
                       tie_breaker=tie_breaker))


@lru_cache(maxsize=64)
def _tokens(variables: Variables) -> dict[str, list[Token]]:
    return tokenize_values(dict(variables))

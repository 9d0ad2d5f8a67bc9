"""authoring: ids and codes from the names people give, in whatever alphabet they write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from typing import Final

LONGEST: Final = 32
_PAIRS: Final = {
    # Latin letters that do not fall apart into a letter and a mark
    "ə": "a", "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ŋ": "n",
    # Armenian
    **dict(zip("աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆև",
               ["a", "b", "g", "d", "e", "z", "e", "y", "t", "zh", "i", "l", "kh", "ts", "k", "h", "dz", "gh", "ch", "m", "y", "n", "sh", "o", "ch", "p", "j", "r", "s", "v", "t", "r", "ts", "v", "p", "k", "o", "f", "ev"],
               strict=True)),
    # Georgian
    **dict(zip("აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
               ["a", "b", "g", "d", "e", "v", "z", "t", "i", "k", "l", "m", "n", "o", "p", "zh", "r", "s", "t", "u", "p", "k", "gh", "q", "sh", "ch", "ts", "dz", "ts", "ch", "kh", "j", "h"], strict=True)),
    # Cyrillic
    **dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґў",
               ("a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya i yi ye g u").replace(
                   "_", "-").split(), strict=True)),
    # Greek
    **dict(zip("αβγδεζηθικλμνξοπρσςτυφχψω",
               ["a", "v", "g", "d", "e", "z", "i", "th", "i", "k", "l", "m", "n", "x", "o", "p", "r", "s", "s", "t", "y", "f", "ch", "ps", "o"], strict=True)),
}
_AT_THE_BEGINNING: Final = {"ե": "ye", "ո": "vo"}
"""Armenian letters that sound otherwise where a word begins."""
_ARTICLES: Final = {"the", "a", "an", "of", "and"}
"""Words that say nothing of a name: The Mills are MIL."""
_BRACKETED: Final = re.compile(r"^(.*\S)\s*\(([a-z][a-z0-9_ -]*)\)$", re.IGNORECASE)


def in_latin(text: str) -> str:
    """The text in the letters a to z, digits and blanks, as far as its alphabet is known; other letters vanish."""
    out: list[str] = []
    small = text.replace("\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}", "i").lower().replace("ու", "u")
    for letter, spoken in _AT_THE_BEGINNING.items():
        small = re.sub(rf"\b{letter}", spoken, small)
    for letter in small:
        if letter in _PAIRS:
            out.append(_PAIRS[letter].replace("-", ""))
            continue
        plain = "".join(c for c in unicodedata.normalize("NFKD", letter) if c.isascii() and c.isprintable())
        out.append("".join(_PAIRS.get(c, c) if c.isalnum() else "" if c in "'’" else " " for c in plain) if plain else
                   " " if not letter.isalnum() else "")
    return "".join(out)


def readable(text: str) -> bool:
    """Whether an id can be made of the text: most of its letters are of a known alphabet."""
    letters = sum(c.isalpha() for c in text)
    known = sum(c.isalpha() and in_latin(c).strip() != "" for c in text) + text.lower().count("ь") + text.lower().count("ъ")
    return letters > 0 and known == letters and bool(re.search("[a-z]", in_latin(text)))


def parted(text: str) -> tuple[str, str]:
    """A name and the Latin form given behind it in brackets: `名古屋 (nagoya)`; the second is empty without one."""
    found = _BRACKETED.match(text)
    if found and not readable(found.group(1)):
        return found.group(1), found.group(2)
    return text, ""


def id_of(text: str, taken: Collection[str] = (), *, joint: str = "_") -> str:
    """A lower-case id for a name, unlike those taken. The text must be `readable`."""
    name, latin = parted(text)
    words = re.findall("[a-z0-9]+", in_latin(latin or name))
    while words and not words[0][0].isalpha():
        words = [*words[1:], words[0]] if any(w[0].isalpha() for w in words) else ["n" + words[0], *words[1:]]
    made = ""
    for word in words:
        longer = f"{made}{joint}{word}" if made else word
        if len(longer) > LONGEST:
            break
        made = longer
    made = made or words[0][:LONGEST]
    found, number = made, 2
    while found in taken:
        found, number = f"{made}{joint}{number}", number + 1
    return found


def code_of(id: str, taken: Collection[str] = ()) -> str:
    """Three capitals for narrow screens, unlike those taken."""
    words = [w for w in id.split("_") if w]
    words = [w for w in words if w not in _ARTICLES and w[0].isalpha()] or words
    letters = re.sub("[^a-z]", "", "".join(words)).upper()
    tries = [letters[:3], "".join(w[0] for w in words if w[0].isalpha()).upper()[:4]]
    tries += [letters[0] + a + b for n, a in enumerate(letters[1:], 1) for b in letters[n + 1:]]
    tries += [letters[0] + a + b for a in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for b in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    return next(code for code in tries if 2 <= len(code) <= 4 and code not in taken)

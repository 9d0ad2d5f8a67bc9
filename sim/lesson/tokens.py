"""lesson: codes that people type and tokens that machines keep. Of a token only its hash is stored."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Container
from hashlib import blake2b
from hmac import compare_digest
from typing import Final

ALPHABET: Final = "ACDEFGHJKMNPQRTUVWXY34679"
"""No sign in it is taken for another: neither 0 and O, 1, I and L, 2 and Z, 5 and S, nor 8 and B."""
LENGTH: Final = 6
TOKEN_BYTES: Final = 32

Entropy = Callable[[int], bytes]
"""So many random bytes."""


def new_token(entropy: Entropy = secrets.token_bytes) -> str:
    """A token of 256 bits as 64 hex digits."""
    return entropy(TOKEN_BYTES).hex()


def hashed(token: str) -> str:
    """What is stored of a token. It is random and long, so one pass is enough."""
    return blake2b(token.encode("utf-8", "replace"), digest_size=32, person=b"detente.token").hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two hashes are equal, in a time that does not tell where they differ."""
    return compare_digest(one.encode(), other.encode())


def new_code(taken: Container[str], entropy: Entropy = secrets.token_bytes) -> str:
    """A join code that is not taken."""
    while True:
        drawn = (ALPHABET[byte % len(ALPHABET)] for byte in entropy(8 * LENGTH) if byte < 250)
        code = "".join(next(drawn) for _ in range(LENGTH))
        if code not in taken:
            return code


def tidied(code: str) -> str:
    """A code as it is kept, from what somebody typed: without blanks and dashes, in capitals."""
    return "".join(char for char in code.upper() if char not in " -–\t")[: 2 * LENGTH]


def shown(code: str) -> str:
    """A code as it is read aloud: `KXM-4QA`."""
    return f"{code[:3]}-{code[3:]}"

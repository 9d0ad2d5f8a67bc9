"""Play every kept match again and keep what comes out: `python -m tests.playthroughs`."""

from __future__ import annotations

from tests.playthroughs import played, transcripts

for file in transcripts():
    before = file.read_text(encoding="utf-8")
    after = played(before)
    file.write_text(after, encoding="utf-8")
    print(f"{file.name}: {'the same' if after == before else 'changed; read the difference before you keep it'}")

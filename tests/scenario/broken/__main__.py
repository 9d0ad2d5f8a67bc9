"""`python -m tests.scenario.broken`: every report written anew, and the names of those that changed."""

from __future__ import annotations

from tests.scenario.broken.reports import FILES, LARGE, large, report


def main() -> None:
    """Write the reports."""
    for beside, text in [*((file.with_suffix(".txt"), report(file)) for file in FILES), (LARGE, large())]:
        if not beside.is_file() or beside.read_text("utf-8") != text:
            beside.write_text(text, encoding="utf-8")
            print(f"changed: {beside.name}")


if __name__ == "__main__":
    main()

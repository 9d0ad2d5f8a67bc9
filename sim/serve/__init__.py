"""serve: everything that listens: pages, websockets, and one Textual app per member of a class in one process."""

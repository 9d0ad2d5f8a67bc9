"""authoring: a scenario in plain English, and the words for conditions, chances and effects that hold in every state."""

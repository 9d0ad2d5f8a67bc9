"""The tests of Detente, in folders that mirror the rooms of `sim`."""

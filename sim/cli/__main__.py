"""cli: `python -m sim.cli` is `detente`."""

from sim.cli import main

if __name__ == "__main__":
    main()

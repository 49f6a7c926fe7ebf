"""`python -m streams.cli` is `dragoman`."""

from streams.cli import main

main()

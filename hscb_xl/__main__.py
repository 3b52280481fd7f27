"""``python -m hscb_xl``: the command line by an interpreter's own path, as in a nightly task."""

from hscb_xl.cli import main

if __name__ == "__main__":  # a worker process imports this module again and must not start over
    main(prog_name="hscb-xl")

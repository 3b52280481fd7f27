"""``python -m hscb_xl.cli``: the same as ``python -m hscb_xl``."""

from hscb_xl.cli import main

if __name__ == "__main__":  # a worker process imports this module again and must not start over
    main(prog_name="hscb-xl")

"""The option that has protected sheets written, the same for every command that writes a workbook."""

import click

protected_option = click.option(
    "--protected",
    is_flag=True,
    help="Write protected sheets all the same; they stay protected.",
)

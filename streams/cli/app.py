"""All commands under one name. A command's help is its docstring; the epilog of each shows a call."""

import typer

from streams.cli import admin, dead_letters, explain, filters, service, storage

app = typer.Typer(
    name="dragoman",
    help="Raw news in, typed and evidenced geopolitical events out. `dragoman up` runs all of it on one machine.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
service.register(app)
filters.register(app)
explain.register(app)
storage.register(app)
dead_letters.register(app)
admin.register(app)

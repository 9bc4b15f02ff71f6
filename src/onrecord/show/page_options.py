"""The options of the commands that open pages: --column, where JSON Lines keep the fields of a story, and
--allow-private, whether URLs may lead to this computer and its neighbours."""

from __future__ import annotations

import click

FIELDS = ("text", "html", "url", "title", "author", "published", "publisher")


def _columns(_context: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    columns: dict[str, str] = {}
    for value in values:
        field, separator, name = value.partition("=")
        if not separator or not name or field not in FIELDS:
            raise click.BadParameter(f"{value!r} is not FIELD=NAME with FIELD one of {', '.join(FIELDS)}")
        columns[field] = name
    return columns


column_option = click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=NAME",
    callback=_columns,
    help="Where JSON Lines keep a field (text, html, url, title, author, published, publisher), "
    "as in --column text=body. May be given several times.",
)

private_option = click.option(
    "--allow-private", is_flag=True, help="Fetch URLs also from loopback and private addresses."
)

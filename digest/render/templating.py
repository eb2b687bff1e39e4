"""The shipped templates, filled. Every value is escaped; a name that a template lacks is an error, not a blank."""

import functools
from collections.abc import Mapping

from jinja2 import Environment, PackageLoader, StrictUndefined


def filled(template: str, values: Mapping[str, object]) -> str:
    """The template of `templates/` by its path, such as `bulletin/page.html.j2`, with the values by their names."""
    return _environment().get_template(template).render(values)


@functools.cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("templates", ""),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )

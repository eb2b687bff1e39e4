"""Addresses as a file may carry them, and the office's colour: what comes from outside and lands in markup."""

import re
from urllib.parse import quote, urlsplit, urlunsplit

from digest.errors import RenderError
from digest.profile import Profile

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_HOST = re.compile(r"[a-z0-9._-]+")
_SAFE = "%/:@!$&'()*+,;=~-._"
_LONGEST = 2000  # characters; what is longer is no address, and a PDF refuses it from 8,000 on


def link_target(url: str | None) -> str | None:
    """The address in ASCII, None for what is no plain http(s) address (`javascript:`, or one Word calls malformed).

    Letters outside ASCII are percent-encoded in the path and IDNA-encoded in the host.
    """
    try:
        parts = urlsplit(url or "")
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
        ends = (quote(parts.path, _SAFE), quote(parts.query, _SAFE + "?"), quote(parts.fragment, _SAFE + "?"))
    except ValueError:  # a malformed port or bracket; UnicodeError, a host IDNA refuses, is one too
        return None
    if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(host) or parts.username is not None:
        return None
    target = urlunsplit((parts.scheme, host + port, *ends))
    return target if len(target) <= _LONGEST else None


def office_colour(profile: Profile) -> str:
    """`#c00000`; RenderError where the profile's colour is none: it would land in style sheets as it is."""
    colour = profile.masthead.colour
    if not _HEX.fullmatch(colour):
        raise RenderError(f"profile {profile.id}, key masthead.colour: {colour!r} is not of the form #c00000")
    return colour

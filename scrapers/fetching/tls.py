"""TLS is strict. What a person excepted for one source holds for that source's own hosts, and is checked all the same."""

import ssl

import certifi

from scrapers.fetching.hosts import host_of
from scrapers.source import Source, Tls

STRICT = Tls()

# Keys of 1024 bits, key exchange without forward secrecy; TLS 1.0 and 1.1 with the latter alone, since OpenSSL accepts
# their signatures at no level but 0. Anonymous and unencrypted suites are not in DEFAULT.
_WEAK = "DEFAULT@SECLEVEL=1"


def context(tls: Tls) -> ssl.SSLContext:
    """How a handshake is judged. OSError or ssl.SSLError where the file of trusted certificates cannot be read.

    `Tls.name` is not part of it: it is given with each connection as the name to ask for and to check.
    """
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # certificate and name are required; no look at the environment
    made.load_verify_locations(cafile=certifi.where())
    if tls.trust is not None:
        made.load_verify_locations(cafile=tls.trust)
        # An intermediate certificate, or the server's own, is enough: the root may be missing or unknown.
        made.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    if tls.weak:
        made.set_ciphers(_WEAK)
        made.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    return made


def exceptions(source: Source | None, address: str) -> Tls:
    """What is excepted for this address when it is asked for in the name of this source.

    Only the source's own hosts: its domain and aliases, and where its listings are. A redirect elsewhere is strict.
    """
    if source is None or source.tls == STRICT:
        return STRICT
    return source.tls if host_of(address) in _own_hosts(source) else STRICT


def _own_hosts(source: Source) -> set[str]:
    names = (f"//{name}".casefold() for name in (source.domain, *source.aliases))
    listings = (*source.feeds, *source.pages, *source.sitemaps, *((source.home,) if source.home else ()))
    return {host_of(address) for address in (*names, *listings)} - {""}

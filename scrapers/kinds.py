"""What the kinds of failure mean for the next request: whose fault, and whether the address is worth another round.

The kinds themselves are told where they are raised: `scrapers.fetching.fetch`, `scrapers.extraction.verdict`,
`scrapers.documents.reading`, `scrapers.pictures.formats`, `scrapers.collecting.collect`. A test holds these sets against those lists.
"""

# The host failed, or would not be asked: three in a row and it is left alone for a while.
HOST_FAULTS = frozenset(
    {"dns", "connect", "tls", "timeout", "broken", "rate-limited", "server-error", "robots-unreachable"}
)

# The host answered, whatever it said: it is there.
HOST_ANSWERS = frozenset(
    {
        *("not-modified", "not-found", "forbidden", "http-status", "redirects"),
        *("too-large", "bad-encoding"),
    }
)

# The next round will most likely meet the same. A feed may announce a page before it is there, and rules are mended,
# so an address is given up only after it failed so in several rounds.
LASTING = frozenset(
    {
        *("not-found", "forbidden", "robots", "bad-address", "refused-address", "redirects", "http-status"),
        *("too-large", "bad-encoding"),
        *("empty", "not-html", "soft-404", "no-article", "wrong-article", "reader-hung", "reader-died"),
        *("encrypted", "damaged", "no-text", "old-word", "unknown-format"),
        *("not-a-picture", "drawing", "ornament"),
    }
)

# The next round may well be luckier.
PASSING = frozenset(
    {
        *HOST_FAULTS,
        *("captcha", "shell", "host-down", "unfinished"),
        *("not-modified", "empty-feed", "not-a-feed", "no-links"),  # of listings, which are asked every round
    }
)

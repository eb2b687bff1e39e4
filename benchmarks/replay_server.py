"""All the outlets of a replay in one process: every answer made beforehand, each given after the latency.

    python -m benchmarks.replay_server --hosts 200 --pages 30 --latency 0.2 --seed 1 [--misbehaving | --ways]

Prints a line of JSON when it listens (the ports), and another when its standard input ends: the processor time it
took, and how polite its visitor was.
"""

import argparse
import asyncio
import json
import socket
import struct
import sys
import time
from dataclasses import dataclass

from benchmarks.replay_replies import Reply
from benchmarks.replay_sites import ROBOTS, Site, at_port, one_site_a_way, sites
from benchmarks.replay_ways import warm

_TLS_GREETING = b"\x16\x03"


@dataclass(slots=True)
class Manners:
    """How one outlet was visited. `least_gap` is between two requests' arrivals, robots.txt and retries apart."""

    requests: int = 0
    at_once: int = 0
    most_at_once: int = 0
    least_gap: float = float("inf")
    last: float = float("-inf")

    def arrived(self, path: str) -> None:
        """Count a request."""
        self.requests += 1
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        if path != ROBOTS:
            now = time.monotonic()
            self.least_gap, self.last = min(self.least_gap, now - self.last), now


class Connection(asyncio.Protocol):
    """One connection to one outlet; requests come one after the other."""

    def __init__(self, site: Site, manners: Manners, latency: float) -> None:
        self._site = site
        self._manners = manners
        self._latency = latency
        self._loop = asyncio.get_running_loop()
        self._got = b""
        self._waits = False
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A visitor came."""
        if isinstance(transport, asyncio.Transport):
            self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        """A visitor went, whether answered or not."""
        self._transport = None
        self._done()

    def data_received(self, data: bytes) -> None:
        """Answer once the request is whole."""
        self._got += data
        if self._got.startswith(_TLS_GREETING) and self._transport is not None:
            self._transport.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
            self._transport.close()
        elif b"\r\n\r\n" in self._got:
            path = self._got.split(b" ", 2)[1].decode("latin-1")
            self._got = b""
            self._manners.arrived(path)
            self._waits = True
            self._loop.call_later(self._latency, self._answer, self._site.reply(path))

    def _done(self) -> None:
        if self._waits:
            self._waits = False
            self._manners.at_once -= 1

    def _answer(self, reply: Reply) -> None:
        if self._transport is None:
            return
        if reply.pause:
            self._trickle(reply, 0)
            return
        self._transport.write(reply.data)
        self._end(reply)

    def _trickle(self, reply: Reply, sent: int) -> None:
        if self._transport is None:
            return
        self._transport.write(reply.data[sent : sent + 1])
        if sent + 1 < len(reply.data):
            self._loop.call_later(reply.pause, self._trickle, reply, sent + 1)
        else:
            self._end(reply)

    def _end(self, reply: Reply) -> None:
        if reply.then == "hang" or self._transport is None:
            return
        self._done()
        if reply.then == "close":
            self._transport.close()
        elif reply.then == "reset":
            self._loop.call_later(0.05, self._reset)  # what was written must have left

    def _reset(self) -> None:
        if self._transport is None:
            return
        plug: socket.socket = self._transport.get_extra_info("socket")
        plug.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._transport.abort()


async def serve(wanted: list[Site], latency: float) -> None:
    """Until standard input ends."""
    warm()
    manners = [Manners() for _ in wanted]
    loop = asyncio.get_running_loop()
    plugs, ports = [], []
    for unplaced, visit in zip(wanted, manners, strict=True):
        plug = socket.create_server(("127.0.0.1", 0)) if not is_deaf(unplaced) else deaf_plug()
        site = at_port(unplaced, plug.getsockname()[1])
        site.prepare()
        ports.append(site.port)
        plugs.append(plug)
        if not is_deaf(site):
            await loop.create_server(lambda site=site, visit=visit: Connection(site, visit, latency), sock=plug)
    print(json.dumps({"ports": ports}), flush=True)
    spent = time.process_time()
    await loop.run_in_executor(None, sys.stdin.read)
    gaps = [visit.least_gap for visit in manners if visit.least_gap < float("inf")]
    told = {
        "cpu_seconds": time.process_time() - spent,
        "requests": [visit.requests for visit in manners],
        "most_at_once": max(visit.most_at_once for visit in manners),
        "least_gap": min(gaps, default=None),
    }
    print(json.dumps(told), flush=True)


def is_deaf(site: Site) -> bool:
    return site.way is not None and site.way.deaf


def deaf_plug() -> socket.socket:
    """A port that is taken, and where nobody listens."""
    plug = socket.socket()
    plug.bind(("127.0.0.1", 0))
    return plug


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--hosts", type=int, default=200)
    parser.add_argument("--pages", type=int, default=30)
    parser.add_argument("--latency", type=float, default=0.2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misbehaving", action="store_true", help="every third outlet misbehaves")
    parser.add_argument("--ways", action="store_true", help="one outlet for each way to misbehave")
    asked = parser.parse_args()
    if asked.ways:
        wanted = one_site_a_way(pages=asked.pages, seed=asked.seed)
    else:
        wanted = sites(asked.hosts, pages=asked.pages, seed=asked.seed, misbehaving=asked.misbehaving)
    asyncio.run(serve(wanted, asked.latency))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""A zip file opened under a cap: what it unpacks to is counted while it is read, never believed."""

import io
import zipfile
from dataclasses import dataclass

from digest.archives import UNREADABLE
from digest.errors import ExtractError

MEGABYTE = 1024 * 1024
_MOST_MEMBERS = 5_000
_CHUNK = 64 * 1024


@dataclass(slots=True)
class Package:
    """The parts of a zip file by name. `room` is how many bytes may still be unpacked from it."""

    url: str
    archive: zipfile.ZipFile
    room: int

    def read(self, name: str) -> bytes | None:
        """A part's bytes; None where there is none of that name. ExtractError: "too-large", "encrypted", "damaged"."""
        try:
            part = self.archive.getinfo(name)
        except KeyError:
            return None
        if part.flag_bits & 1:
            raise ExtractError(self.url, "encrypted", "its parts are locked with a password; ask for an open copy")
        try:
            return self._unpacked(part)
        except UNREADABLE as error:
            raise ExtractError(self.url, "damaged", f"{name} cannot be unpacked; fetch the file again") from error

    def _unpacked(self, part: zipfile.ZipInfo) -> bytes:
        pieces: list[bytes] = []
        with self.archive.open(part) as stream:
            while piece := stream.read(_CHUNK):
                self.room -= len(piece)
                if self.room < 0:
                    raise ExtractError(self.url, "too-large", "it unpacks to more than a document may hold")
                pieces.append(piece)
        return b"".join(pieces)


def open_package(body: bytes, *, url: str, most: int) -> Package:
    """The zip file in these bytes, of which at most `most` bytes may be unpacked. ExtractError: "damaged", "too-large"."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(body))
    except UNREADABLE as error:
        raise ExtractError(url, "damaged", "it is no whole Word file; fetch it again") from error
    if len(archive.filelist) > _MOST_MEMBERS:
        raise ExtractError(url, "too-large", f"it is packed of more than {_MOST_MEMBERS:,} parts")
    return Package(url=url, archive=archive, room=most)

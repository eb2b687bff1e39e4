"""What Python's zipfile raises of an archive that is damaged, locked or hostile, beside its own error."""

import zipfile
import zlib

UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)

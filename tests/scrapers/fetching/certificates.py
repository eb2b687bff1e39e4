"""Certificates made while the tests run, and servers that show them."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from tests.scrapers.fetching.fakes import HTML

# A certificate is judged by the machine's own clock.
NOW = datetime.now(UTC)  # noqa: TID251
HOST = "baolua.example"
OTHER = "baokhac.example"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
SHORT_KEY = rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505 - what is to be refused


@dataclass(frozen=True)
class Certified:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey

    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)


def certified(
    name: str,
    by: Certified | None = None,
    *,
    key: rsa.RSAPrivateKey = KEY,
    is_authority: bool = False,
    days: int = 30,
) -> Certified:
    """A certificate for a host or an authority, signed by another or by itself."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    issuer = by.certificate.subject if by else subject
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=400))
        .not_valid_after(NOW + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
    )
    return Certified(made.sign(by.key if by else key, hashes.SHA256()), key)


ROOT_KEY, MIDDLE_KEY = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
ROOT = certified("goc-thu.example", key=ROOT_KEY, is_authority=True)
MIDDLE = certified("trung-gian.example", ROOT, key=MIDDLE_KEY, is_authority=True)


def trusting(folder: Path, *which: Certified) -> str:
    """The path of a file that holds these certificates."""
    folder.mkdir(exist_ok=True)
    file = folder / "tin-cay.pem"
    file.write_bytes(b"".join(one.pem() for one in which))
    return str(file)


@contextlib.contextmanager
def a_tls_server(folder: Path, shown: Certified, *, ciphers: str = "DEFAULT@SECLEVEL=0") -> Iterator[str]:
    """The address of a server that shows this certificate alone, without those it was signed by."""
    file = folder / "may-chu.pem"
    private = shown.key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(shown.pem() + private)
    judge = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    judge.set_ciphers(ciphers)
    judge.maximum_version = ssl.TLSVersion.TLSv1_2  # the last whose key exchange the ciphers name
    judge.load_cert_chain(file)
    is_over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.02)
        thread = threading.Thread(target=_serve, args=(listener, judge, is_over))
        thread.start()
        try:
            yield f"https://{HOST}:{listener.getsockname()[1]}/a.html"
        finally:
            is_over.set()
            thread.join()


def _serve(listener: socket.socket, judge: ssl.SSLContext, is_over: threading.Event) -> None:
    while not is_over.is_set():
        with contextlib.suppress(OSError):  # nobody came, or the handshake failed, which is what is wanted
            line, _ = listener.accept()
            line.settimeout(5.0)
            with line, judge.wrap_socket(line, server_side=True) as secure:
                _answer(secure)


def _answer(line: ssl.SSLSocket) -> None:
    request = line.recv(65536)
    status, body = (b"404 Not Found", b"") if b"/robots.txt" in request else (b"200 OK", HTML.encode())
    line.sendall(b"HTTP/1.1 %s\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s" % (status, len(body), body))

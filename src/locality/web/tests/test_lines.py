"""What travels to another machine is encrypted, and to a machine whose certificate is its own."""

import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import override_settings
from psycopg.conninfo import conninfo_to_dict

from locality.kit.errors import Refused
from locality.web.outbound import Outbound
from locality.web.running.lines import is_closed, require_closed_lines
from locality.web.tests.test_serving import locality

HERE = ["/var/run/postgresql", "127.0.0.1", "127.8.9.1", "localhost", "::1", "/a,127.0.0.1"]
ELSEWHERE = [
    "db.example.org", "10.0.0.7", "192.0.2.1", "localhost.example.org", "127.0.0.1,db.example.org",
    "0.0.0.0", "fe80::1",
]  # fmt: skip


def database(uri: str) -> dict[str, object]:
    given = conninfo_to_dict(uri)
    return {"HOST": given.pop("host", ""), "OPTIONS": given}


@pytest.mark.parametrize("host", HERE)
def test_a_database_on_this_machine_needs_no_certificate(host: str):
    assert is_closed(database(f"user=a host={host}"))


@pytest.mark.parametrize("host", ELSEWHERE)
@pytest.mark.parametrize("mode", ["", "disable", "allow", "prefer", "require", "verify-ca"])
def test_a_database_elsewhere_needs_a_certificate_that_is_checked(host: str, mode: str):
    said = f"user=a host={host}" + (f" sslmode={mode}" if mode else "")
    assert not is_closed(database(said))
    assert is_closed(database(f"user=a host={host} sslmode=verify-full"))


def test_what_the_environment_adds_counts_too(monkeypatch):
    monkeypatch.setenv("PGSSLMODE", "verify-full")
    assert is_closed(database("user=a host=db.example.org"))
    monkeypatch.setenv("PGSSLMODE", "prefer")
    monkeypatch.setenv("PGHOSTADDR", "10.0.0.7")
    assert not is_closed(database("user=a host=localhost"))
    monkeypatch.delenv("PGHOSTADDR")
    assert not is_closed(database("user=a service=elsewhere"))


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ({"EMAIL_HOST": "mail.example.org", "EMAIL_PORT": 25}, "LOCALITY_EMAIL_PORT is 25"),
        ({"OIDC_URL": "http://id.example.org"}, "LOCALITY_OIDC_URL"),
    ],
)
def test_mail_and_provider_are_spoken_to_encrypted(setting: dict[str, object], says: str):
    with override_settings(**setting), pytest.raises(Refused, match=says):
        require_closed_lines()


@pytest.mark.parametrize(
    "setting",
    [
        {}, {"EMAIL_HOST": "mail.example.org", "EMAIL_USE_TLS": True},
        {"EMAIL_HOST": "mail.example.org", "EMAIL_USE_SSL": True}, {"EMAIL_HOST": "localhost"},
        {"OIDC_URL": "https://id.example.org"}, {"OIDC_URL": "http://127.0.0.1:9000"},
    ],
)  # fmt: skip
def test_what_is_encrypted_or_stays_here_is_let_be(setting: dict[str, object]):
    with override_settings(**setting):
        require_closed_lines()


@pytest.mark.parametrize("command", ["serve", "worker", "migrate", "check"])
def test_nothing_starts_on_an_open_line(tmp_path: Path, command: str):
    elsewhere = "postgresql://locality_login@db.example.org/locality"
    refused = locality(tmp_path, command, LOCALITY_DATABASE_URL=elsewhere)
    assert refused.returncode == 3
    assert "LOCALITY_DATABASE_URL names a database on another machine" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_passwords_of_roles_are_not_made_over_an_open_line(tmp_path: Path):
    elsewhere = "postgresql://postgres@db.example.org/postgres"
    refused = locality(tmp_path, "database", "prepare", elsewhere)
    assert refused.returncode == 3 and "add sslmode=verify-full" in refused.stderr


def certificate(folder: Path, name: str) -> Path:
    """A certificate for a name, with its key, that nobody vouches for but itself."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    called = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder().subject_name(called).issuer_name(called)
        .public_key(key.public_key()).serial_number(7)
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem, shut = serialization.Encoding.PEM, serialization.NoEncryption()
    file = folder / f"{name}.pem"
    file.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, shut) + made.public_bytes(pem)
    )
    return file


@pytest.fixture(params=["localhost", "elsewhere.example"])
def speaking(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, Path, str]]:
    """A machine at localhost that speaks TLS with a certificate for a name."""
    file = certificate(tmp_path, request.param)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Well)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"https://localhost:{server.server_port}", file, request.param
    server.shutdown()
    server.server_close()
    thread.join()


class Well(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "4")
        self.end_headers()
        self.wfile.write(b"well")

    def log_message(self, *_: object) -> None:
        pass


def test_a_machine_with_a_wrong_certificate_is_not_asked(speaking: tuple[str, Path, str]):
    address, file, name = speaking
    with override_settings(OUTBOUND={address}, OUTBOUND_PRIVATE=True), Outbound() as session:
        with pytest.raises(requests.exceptions.SSLError):
            session.get(address)
        session.verify = str(file)  # somebody vouches for it: then only its name can be wrong
        if name == "localhost":
            assert session.get(address).text == "well"
        else:
            with pytest.raises(requests.exceptions.SSLError):
                session.get(address)

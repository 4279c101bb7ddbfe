"""A small identity provider on 127.0.0.1 that lets everybody in, and lies when told to."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256


def new_key() -> RSAPrivateKey:
    """A key to sign with."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


KEY = new_key()


@dataclass
class Provider:
    """Whom it vouches for, and what is wrong with its tokens, if anything."""

    address: str = ""
    says: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)  # put over the right ones
    header: dict[str, Any] = field(default_factory=dict)
    published: dict[str, Any] = field(default_factory=dict)  # put over what it says of itself
    signs_with: RSAPrivateKey = KEY
    asked: dict[str, dict[str, str]] = field(default_factory=dict)  # by code
    paths: list[str] = field(default_factory=list)

    def configuration(self) -> dict[str, Any]:
        """What it publishes about itself."""
        at = self.address
        return {
            "issuer": at, "authorization_endpoint": f"{at}/authorize",
            "token_endpoint": f"{at}/token", "userinfo_endpoint": f"{at}/userinfo",
            "jwks_uri": f"{at}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"], **self.published,
        }  # fmt: skip

    def keys(self) -> dict[str, Any]:
        """Its public key."""
        numbers = KEY.public_key().public_numbers()
        n, e = (_base64(v.to_bytes((v.bit_length() + 7) // 8)) for v in (numbers.n, numbers.e))
        return {"keys": [{"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "1", "n": n, "e": e}]}

    def consent(self, asked: dict[str, str]) -> str:
        """Say yes at once, and where to send the browser back to."""
        code = secrets.token_urlsafe(8)
        self.asked[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, given: dict[str, str]) -> dict[str, Any]:
        """Give the token for a code, to whoever began with that code's challenge."""
        asked = self.asked.pop(given["code"])
        hashed = _base64(hashlib.sha256(given["code_verifier"].encode()).digest())
        assert hashed == asked["code_challenge"]
        now = int(time.time())
        claims = {
            "iss": self.address, "aud": asked["client_id"], "nonce": asked.get("nonce"),
            "iat": now, "exp": now + 60, **self.says, **self.claims,
        }  # fmt: skip
        return {
            "access_token": "opens-userinfo", "token_type": "Bearer",
            "id_token": self.sign({k: v for k, v in claims.items() if v is not None}),
        }  # fmt: skip

    def sign(self, claims: dict[str, Any]) -> str:
        """Sign a token with RS256, by hand: no code of the program under test."""
        header = {"alg": "RS256", "kid": "1", "typ": "JWT", **self.header}
        body = ".".join(_base64(json.dumps(part).encode()) for part in (header, claims))
        signature = self.signs_with.sign(body.encode(), padding.PKCS1v15(), SHA256())
        return f"{body}.{'' if header['alg'] == 'none' else _base64(signature)}"


@contextmanager
def listening() -> Iterator[Provider]:
    """Start a provider, and stop it at the end."""
    provider = Provider()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _answering(provider))
    provider.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _answering(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            provider.paths.append(asked.path)
            if asked.path == "/authorize":
                self.send_response(302)
                self.send_header("Location", provider.consent(_flat(asked.query)))
                self.end_headers()
                return
            self._say(
                {
                    "/.well-known/openid-configuration": provider.configuration,
                    "/keys": provider.keys,
                    "/userinfo": lambda: provider.userinfo,
                }[asked.path]()
            )

        def do_POST(self) -> None:
            provider.paths.append(self.path)
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._say(provider.token(_flat(body)))

        def log_message(self, *_: object) -> None:
            pass

        def _say(self, what: dict[str, Any]) -> None:
            text = json.dumps(what).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

    return Handler


def _flat(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

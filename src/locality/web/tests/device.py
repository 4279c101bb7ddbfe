"""A device that holds passkeys, for tests: what it signs is what a real one would sign.

Everything about it can be bent: whom it signs for, where it believes to be, what it counts.
"""

import hashlib
import json
import os
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

ORIGIN, HOST = "http://localhost:8000", "localhost"
PRESENT, VERIFIED, NEW = 0x01, 0x04, 0x40


@dataclass
class Device:
    """One passkey and the device that holds it. `counts` is False for one that is synchronised."""

    origin: str = ORIGIN
    host: str = HOST
    verifies: bool = True
    counts: bool = True
    count: int = 0
    id: bytes = field(default_factory=lambda: os.urandom(32))
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1()), repr=False
    )
    user: bytes = b""

    def make(self, options: dict[str, Any], **bent: Any) -> str:
        """Answer the question to make a passkey."""
        self.user = base64url_to_bytes(options["user"]["id"])
        client = self._client("webauthn.create", options["challenge"], bent)
        kept = bytes(16) + len(self.id).to_bytes(2) + self.id + self._public()
        data = self._data(NEW, bent) + kept
        attested = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._json(bent, clientDataJSON=client, attestationObject=attested)

    def prove(self, options: dict[str, Any], **bent: Any) -> str:
        """Answer the question to prove that it holds its passkey."""
        client = self._client("webauthn.get", options["challenge"], bent)
        data = self._data(0, bent)
        signed = data + hashlib.sha256(client).digest()
        signature = bent.get("key", self.key).sign(signed, ec.ECDSA(hashes.SHA256()))
        return self._json(
            bent, clientDataJSON=client, authenticatorData=data, signature=signature,
            userHandle=bent.get("user", self.user),
        )  # fmt: skip

    def _client(self, kind: str, challenge: str, bent: dict[str, Any]) -> bytes:
        said = {
            "type": bent.get("kind", kind), "challenge": bent.get("challenge", challenge),
            "origin": bent.get("origin", self.origin),
            "crossOrigin": bent.get("within_another", False),
        }  # fmt: skip
        return json.dumps(said).encode()

    def _data(self, flags: int, bent: dict[str, Any]) -> bytes:
        self.count = bent.get("count", self.count + int(self.counts))
        verified = VERIFIED if bent.get("verifies", self.verifies) else 0
        host = hashlib.sha256(bent.get("host", self.host).encode()).digest()
        return host + bytes([flags | PRESENT | verified]) + self.count.to_bytes(4)

    def _public(self) -> bytes:
        point = self.key.public_key().public_numbers()
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32), -3: point.y.to_bytes(32)})

    def _json(self, bent: dict[str, Any], **response: bytes) -> str:
        key_id = bytes_to_base64url(bent.get("id", self.id))
        texts = {name: bytes_to_base64url(value) for name, value in response.items()}
        return json.dumps({"id": key_id, "rawId": key_id, "type": "public-key", "response": texts})

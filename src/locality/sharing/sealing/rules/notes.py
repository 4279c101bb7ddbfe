"""Checkpoints as signed notes: text that anybody can check with one public key.

Source: C2SP signed-note and tlog-checkpoint; keys are written as Go's sumdb/note writes them.
"""

import base64
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
DASH = "\u2014"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How large a log is, the root of its tree, and what else the note says of it."""

    origin: str
    size: int
    root: bytes
    upto: int  # transactions below this number are in it, and no other will ever be
    at: str  # when, in UTC
    before: str = ""  # SHA-256 of the note before it

    def text(self) -> str:
        """The lines that are signed."""
        lines = [self.origin, str(self.size), base64.b64encode(self.root).decode()]
        lines += [f"upto {self.upto}", f"at {self.at}"]
        lines += [f"before {self.before}"] if self.before else []
        return "".join(f"{line}\n" for line in lines)


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key and the name of the log it signs for."""

    name: str
    seed: bytes

    def sign(self, checkpoint: Checkpoint) -> str:
        """Make the note of a checkpoint."""
        text = checkpoint.text()
        signature = self._key().sign(text.encode())
        signed = base64.b64encode(key_number(self.name, self.public()) + signature).decode()
        return f"{text}\n{DASH} {self.name} {signed}\n"

    def public(self) -> bytes:
        """The public half of the key."""
        return self._key().public_key().public_bytes_raw()

    def verifier(self) -> str:
        """The public key as one line, to be handed to whoever checks."""
        return _line(self.name, self.public())

    def secret(self) -> str:
        """The private key as one line, to be kept in a file."""
        number = key_number(self.name, self.public()).hex()
        return f"PRIVATE+KEY+{self.name}+{number}+{_encoded(self.seed)}"

    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


def signer(line: str) -> Signer:
    """Read a private key from its line. Raises ValueError when it is not one."""
    _, _, name, _, key = line.strip().split("+", 4)
    return Signer(name, _decoded(key))


def verified(note: str, verifier: str) -> Checkpoint | None:
    """Read a note that this key signed; None when it did not, or when it is no checkpoint."""
    text = signed_text(note, verifier)
    try:
        return read(text) if text is not None else None
    except ValueError:
        return None


def signed_text(note: str, verifier: str) -> str | None:
    """The lines of a note that this key signed; None when it did not."""
    try:
        name, number, key = verifier.strip().split("+", 2)
        public = _decoded(key)
        text, signatures = note.split("\n\n", 1)
        for line in signatures.splitlines():
            dash, by, signed = line.split(" ")
            raw = base64.b64decode(signed, validate=True)
            if (dash, by, raw[:4].hex()) == (DASH, name, number):
                lines = f"{text}\n"
                Ed25519PublicKey.from_public_bytes(public).verify(raw[4:], lines.encode())
                return lines
    except (ValueError, InvalidSignature):
        return None
    return None


def read(text: str) -> Checkpoint:
    """Read a checkpoint's lines, unchecked. Raises ValueError when they are not a checkpoint."""
    origin, size, encoded, *more = text.partition("\n\n")[0].splitlines()
    said = dict(line.split(" ", 1) for line in more)
    root = base64.b64decode(encoded, validate=True)
    if not size.isdecimal() or len(root) != 32 or not {"upto", "at"} <= said.keys():
        raise ValueError("not a checkpoint")
    return Checkpoint(
        origin, int(size), root, int(said["upto"]), said["at"], said.get("before", "")
    )


def key_number(name: str, public: bytes) -> bytes:
    """The four bytes by which a note says which key signed it."""
    return sha256(name.encode() + b"\n" + ED25519 + public).digest()[:4]


def _line(name: str, public: bytes) -> str:
    return f"{name}+{key_number(name, public).hex()}+{_encoded(public)}"


def _encoded(key: bytes) -> str:
    return base64.b64encode(ED25519 + key).decode()


def _decoded(written: str) -> bytes:
    """Read a key whose first byte says that it is of our algorithm; else ValueError."""
    raw = base64.b64decode(written, validate=True)
    if raw[:1] != ED25519:
        raise ValueError("a key of another algorithm")
    return raw[1:]

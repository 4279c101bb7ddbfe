"""Check a proof that `locality audit prove` printed, with nothing of Locality.

Usage: python check_proof.py PROOF.json NOTE
NOTE is a checkpoint as an outside party holds it. Needs Python and the package cryptography.
"""

import base64
import hashlib
import json
import sys
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def digest(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


proof = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
note = Path(sys.argv[2]).read_text(encoding="utf-8")
assert note == proof["checkpoint"], "the proof is for another checkpoint than this note"

text, signature = note.split("\n\n", 1)
key = base64.b64decode(proof["key"].split("+", 2)[2])[1:]
signed = base64.b64decode(signature.split(" ")[2])[4:]
Ed25519PublicKey.from_public_bytes(key).verify(signed, f"{text}\n".encode())

hidden = bytes.fromhex(proof.get("detail_hash", ""))
if "detail" in proof:
    hidden = digest(bytes.fromhex(proof["salt"]), proof["detail"].encode())
row = f"{proof['said']}\n{proof['stamp']}\n".encode()
found = digest(b"\x00", row, hidden, bytes.fromhex(proof["mac"]))

size, here = int(text.split("\n")[1]), proof["position"]
last = size - 1
for beside in map(bytes.fromhex, proof["path"]):
    while 0 < here == last and not here & 1:  # an odd last node moves up as it is
        here, last = here >> 1, last >> 1
    found = digest(b"\x01", beside, found) if here & 1 else digest(b"\x01", found, beside)
    here, last = here >> 1, last >> 1
assert last == 0 and found == base64.b64decode(text.split("\n")[2]), (
    "the row is not under this checkpoint"
)
print(f"Row {proof['position']} of {size} is in the log:", proof["said"])

"""A note can be read by anybody and made by nobody but the holder of its key."""

from base64 import b64decode, b64encode
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from locality.sharing.sealing.rules import notes

# The example of golang.org/x/mod/sumdb/note: its key, and the note that key signed.
VERIFIER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
NOTE = """If you think cryptography is the answer to your problem,
then you don't know what your problem is.

\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
"""  # noqa: E501
SEEDS = st.binary(min_size=32, max_size=32)
CHECKPOINTS = st.builds(
    notes.Checkpoint,
    origin=st.just("locality/x"),
    size=st.integers(0, 2**62),
    root=SEEDS,
    upto=st.integers(0, 2**62),
    at=st.just("2026-11-26T10:00:00Z"),
    before=st.sampled_from(["", "ab" * 32]),
)


def test_a_key_has_the_number_that_others_give_it():
    name, number, key = VERIFIER.split("+")
    assert notes.key_number(name, notes.base64.b64decode(key)[1:]).hex() == number


def test_a_note_signed_elsewhere_is_read():
    assert notes.signed_text(NOTE, VERIFIER).startswith("If you think cryptography")
    assert notes.signed_text(NOTE.replace("your problem is", "it is"), VERIFIER) is None


@given(CHECKPOINTS, SEEDS)
def test_a_signed_checkpoint_says_what_was_signed(checkpoint, seed):
    signer = notes.Signer("locality/x", seed)
    assert notes.verified(signer.sign(checkpoint), signer.verifier()) == checkpoint
    assert notes.signer(signer.secret()) == signer


@given(CHECKPOINTS, SEEDS, st.data())
def test_a_note_with_any_letter_changed_is_refused(checkpoint, seed, data):
    signer = notes.Signer("locality/x", seed)
    note = signer.sign(checkpoint)
    at = data.draw(st.integers(0, len(note) - 2))
    other = data.draw(st.characters(codec="ascii").filter(lambda letter: letter != note[at]))
    spoilt = note[:at] + other + note[at + 1 :]
    assert notes.verified(spoilt, signer.verifier()) is None


@given(CHECKPOINTS, SEEDS, st.integers(0, 255).filter(lambda kind: kind != 1))
def test_a_key_says_its_algorithm_and_is_taken_for_no_other(checkpoint, seed, kind):
    signer = notes.Signer("locality/x", seed)
    note = signer.sign(checkpoint)

    def of_another_kind(line: str, before: int) -> str:
        *head, key = line.split("+", before)
        return "+".join([*head, b64encode(bytes([kind]) + b64decode(key)[1:]).decode()])

    assert notes.verified(note, signer.verifier()) == checkpoint
    assert notes.verified(note, of_another_kind(signer.verifier(), 2)) is None
    with pytest.raises(ValueError, match="another algorithm"):
        notes.signer(of_another_kind(signer.secret(), 4))


@given(CHECKPOINTS, SEEDS, st.binary(min_size=8, max_size=3000), st.booleans())
def test_a_signature_of_another_algorithm_may_stand_beside_ours(checkpoint, seed, theirs, first):
    signer = notes.Signer("locality/x", seed)
    text, ours = signer.sign(checkpoint).split("\n\n")
    assume(theirs[:4] != notes.key_number(signer.name, signer.public()))
    other = f"{notes.DASH} {signer.name} {b64encode(theirs).decode()}\n"
    both = f"{text}\n\n{other}{ours}" if first else f"{text}\n\n{ours}{other}"
    assert notes.verified(both, signer.verifier()) == checkpoint


@given(CHECKPOINTS, SEEDS, SEEDS)
def test_another_key_of_the_same_name_signs_nothing(checkpoint, seed, other):
    mine, theirs = notes.Signer("locality/x", seed), notes.Signer("locality/x", other)
    assert (notes.verified(theirs.sign(checkpoint), mine.verifier()) is None) == (seed != other)


@given(st.text(), st.text())
def test_nonsense_is_refused_and_never_an_error(note, verifier):
    assert notes.verified(note, verifier) is None


@pytest.mark.parametrize("spoil", [{"size": -1}, {"root": b"short"}, {"upto": "x"}])
def test_what_is_no_checkpoint_is_refused_though_signed(spoil):
    signer = notes.Signer("locality/x", bytes(32))
    good = notes.Checkpoint("locality/x", 3, bytes(32), 7, "2026-11-26T10:00:00Z")
    assert notes.verified(signer.sign(replace(good, **spoil)), signer.verifier()) is None

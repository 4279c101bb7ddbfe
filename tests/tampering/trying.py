"""Make one attack on a trail, hear what the auditor says, and undo it."""

from random import Random

from locality.sharing.sealing import evidence
from locality.sharing.sealing.words import Report
from tests.tampering import trail as trails
from tests.tampering.attacks import Attack, Attacker
from tests.tampering.trail import Trail


def after(trail: Trail, attack: Attack, seed: int) -> Report:
    """What the auditor says after one attack, which is then undone."""
    with trails.every_power(trail) as sql:
        everything = list(evidence.all_rows())
        *_, witnessed, last = evidence.checkpoints()
        attack(Attacker(sql, Random(seed), everything, last.upto, witnessed.upto))
        return trail.audit()

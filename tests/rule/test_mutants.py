"""The judge is judged: a rule made wrong in one place must be caught by the oracle's worlds.

Functions take longest, so they are in two files, which two workers go through at once.
"""

from tests.rule.breaking import broken_policies, surviving_policies
from tests.rule.test_oracle import admin  # noqa: F401 (a fixture)


def test_every_broken_policy_is_caught(admin):  # noqa: F811
    made = broken_policies(admin[0])
    assert len(made) > 250
    left = surviving_policies(admin, made)
    assert not left, "\n".join(f"{one.kinds}: {one.says}" for one in left)

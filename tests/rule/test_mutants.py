"""The judge is judged: a rule made wrong in one place must be caught by the oracle's worlds."""

from tests.rule.breaking import broken_policies, surviving_functions, surviving_policies
from tests.rule.mutants import function_mutants
from tests.rule.test_oracle import admin  # noqa: F401 (a fixture)


def test_every_broken_policy_is_caught(admin):  # noqa: F811
    made = broken_policies(admin[0])
    assert len(made) > 250
    left = surviving_policies(admin, made)
    assert not left, "\n".join(f"{one.kinds}: {one.says}" for one in left)


def test_every_broken_function_is_caught(admin):  # noqa: F811
    left = surviving_functions(admin, function_mutants(admin[0]))
    assert not left, "\n".join(one.says for one in left)

"""The first half of the functions made wrong: each must be caught (see test_mutants)."""

from tests.rule.breaking import surviving_functions
from tests.rule.mutants import function_mutants
from tests.rule.test_oracle import admin  # noqa: F401 (a fixture)


def test_every_broken_function_of_the_first_half_is_caught(admin):  # noqa: F811
    made = function_mutants(admin[0])[0::2]
    assert len(made) > 60
    left = surviving_functions(admin, made)
    assert not left, "\n".join(one.says for one in left)

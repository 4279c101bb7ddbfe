"""The tree is that of Certificate Transparency, and no tampered proof passes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locality.sharing.sealing.rules import tree

# The inputs and roots of the reference tests of RFC 6962's own implementation
# (certificate-transparency, merkletree/merkle_tree_test.cc).
INPUTS = [
    bytes.fromhex(one)
    for one in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657",
                "606162636465666768696a6b6c6d6e6f")
]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
some_leaves = st.lists(st.binary(min_size=0, max_size=4).map(tree.leaf), min_size=1, max_size=70)


@pytest.mark.parametrize("size", range(1, 9))
def test_the_published_roots_come_out(size):
    assert tree.root(map(tree.leaf, INPUTS[:size])).hex() == ROOTS[size - 1]


def test_the_empty_tree_has_the_published_root():
    assert tree.root([]).hex().startswith("e3b0c44298fc1c14")


@given(some_leaves, st.integers(0, 70))
def test_growing_may_stop_and_go_on_anywhere(leaves, at):
    first = tree.Range()
    for one in leaves[:at]:
        first.add(one)
    on = tree.Range(first.size, first.roots)
    for one in leaves[at:]:
        on.add(one)
    assert on.root() == tree.root(leaves) == tree.levels(leaves)[-1][0]


def test_parts_that_do_not_fit_the_size_are_refused():
    with pytest.raises(ValueError, match="full parts"):
        tree.Range(3, [tree.EMPTY])


@given(some_leaves, st.data())
def test_what_is_in_it_is_proved_and_nothing_else(leaves, data):
    at = data.draw(st.integers(0, len(leaves) - 1))
    path, root = tree.inclusion(at, tree.levels(leaves)), tree.root(leaves)
    size = len(leaves)
    assert tree.is_included(leaves[at], at, size, path, root)
    assert not tree.is_included(tree.leaf(b"other leaf"), at, size, path, root)
    assert not tree.is_included(leaves[at], at, size, [*path, tree.EMPTY], root)
    assert not tree.is_included(leaves[at], at, size, path, tree.EMPTY)
    assert not tree.is_included(leaves[at], at, at, path, root)
    if path:
        assert not tree.is_included(leaves[at], at, size, path[1:], root)
        spoilt = data.draw(st.integers(0, len(path) - 1))
        path[spoilt] = tree.node(path[spoilt], path[spoilt])
        assert not tree.is_included(leaves[at], at, size, path, root)


@given(some_leaves, st.data())
def test_a_leaf_is_proved_at_no_other_place(leaves, data):
    distinct = [tree.leaf(bytes([place])) for place, _ in enumerate(leaves)]
    at, other = (data.draw(st.integers(0, len(leaves) - 1)) for _ in range(2))
    path = tree.inclusion(at, tree.levels(distinct))
    included = tree.is_included(distinct[at], other, len(distinct), path, tree.root(distinct))
    assert included == (at == other)


@given(some_leaves, st.data())
def test_that_it_only_grew_is_proved_and_nothing_else(leaves, data):
    old = data.draw(st.integers(0, len(leaves)))
    before, after, new = tree.root(leaves[:old]), tree.root(leaves), len(leaves)
    path = tree.consistency(old, leaves)
    assert tree.is_consistent(old, new, before, after, path)
    assert not tree.is_consistent(old, new, tree.leaf(b"x"), after, path)
    assert not tree.is_consistent(old, new, before, after, [*path, tree.EMPTY])
    assert not tree.is_consistent(new + 1, new, before, after, path)
    if 0 < old < new:
        assert not tree.is_consistent(old, new, before, tree.EMPTY, path)
        assert not tree.is_consistent(old, new, before, after, path[:-1])
        spoilt = data.draw(st.integers(0, len(path) - 1))
        path[spoilt] = tree.node(path[spoilt], path[spoilt])
        assert not tree.is_consistent(old, new, before, after, path)


@given(some_leaves, st.data())
def test_a_tree_changed_before_it_grew_is_not_its_own_sequel(leaves, data):
    old = data.draw(st.integers(1, len(leaves)))
    changed = [*leaves]
    changed[data.draw(st.integers(0, old - 1))] = tree.leaf(b"another leaf")
    path = tree.consistency(old, changed)
    assert not tree.is_consistent(
        old, len(leaves), tree.root(leaves[:old]), tree.root(changed), path
    )

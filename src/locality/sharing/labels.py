"""Make the label columns of a sensitive row."""

from locality.sharing.words import Category, Marking, label


def labelled(owner: int, category: Category, marking: Marking) -> dict[str, int]:
    """Say who owns a new row, what kind of information it is and how closely it is held."""
    return {
        "owner_id": owner,
        "category": int(category),
        "marking": int(marking),
        "label_id": label(owner, category, marking),
    }


def as_labelled(row: object) -> dict[str, int]:
    """Give a new row the label of another, such as a goal that of its case."""
    return {name: getattr(row, name) for name in ("owner_id", "category", "marking", "label_id")}

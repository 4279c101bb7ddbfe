"""One domain may knock on another only at its front doors: its words, reads and services."""

import grimp

# The shells may be used freely; the demo fills everybody's tables, as the owner, and so is one.
SHELLS = {"kit", "ui", "sharing", "web", "cli", "demo"}
DOORS = {"words", "reads", "services", "catalogue"}
ALSO_RULES = {"scrutiny", "impact"}  # may ask another domain's rules, too


def test_domains_use_only_each_others_front_doors():
    graph = grimp.build_graph("locality", exclude_type_checking_imports=True)
    wrong = []
    for importer in graph.modules:
        if ".tests" in importer:
            continue
        for imported in graph.find_modules_directly_imported_by(importer):
            _, here, *_ = [*importer.split("."), ""]
            _, there, room, *_ = [*imported.split("."), "", ""]
            doors = DOORS | ({"rules"} if here in ALSO_RULES else set())
            if here != there and {here, there}.isdisjoint(SHELLS) and room not in doors:
                wrong.append(f"{importer} -> {imported}")
    assert not wrong

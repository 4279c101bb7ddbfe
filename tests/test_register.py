"""The register says what is configured: nothing is left out, and nothing stands there for show."""

from datetime import date
from pathlib import Path

import pytest
from django.apps import apps

from locality.kit.errors import BadInput
from locality.sharing.register import reads
from tests.world import World


def test_every_kind_of_record_about_people_is_told_with_what_in_it_is_about_them():
    personal = {
        (str(model._meta.app_config.verbose_name), len(model.Handling.personal))
        for model in apps.get_models()
        if model.__module__.startswith("locality.") and model.Handling.personal
    }
    told = {(domain, len(one.personal)) for domain, kept in reads.kinds_of_record() for one in kept}
    assert told == personal


def test_every_tool_says_all_of_itself_in_sentences():
    assert len(reads.tools()) >= 4
    for _, tool in reads.tools():
        for name in tool.__slots__:
            said = getattr(tool, name)
            assert isinstance(said, date) or said.strip(), f"{tool.name}: {name} is empty"
        for name in ("says", "why", "works", "data", "shows", "decides", "limits", "appeal"):
            assert getattr(tool, name).endswith("."), f"{tool.name}: {name} is no sentence"


def test_a_tool_that_leaves_something_out_is_named(tmp_path):
    (tmp_path / "algorithms.toml").write_text('[[tools]]\nname = "Half a tool"\n')

    class Domain:
        path = str(tmp_path)

    with pytest.raises(BadInput, match=r"algorithms.toml does not say all of a tool.*says"):
        list(reads._tools(Domain()))


def test_a_domain_that_computes_about_people_or_places_has_an_entry():
    """Kernels are where numbers are worked out: whoever has some says what they are for."""
    told = {domain for domain, _ in reads.tools()}
    for domain in reads._domains():
        if list(Path(domain.path).glob("kernels/[a-z]*.py")):
            assert str(domain.verbose_name) in told or domain.label == "demo", domain.label


def test_everybody_who_signs_in_can_read_both_pages(world: World):
    client = world.client("teacher")
    processing = client.get("/partners/processing/").content.decode()
    assert "Children Act 1989 sections 17 and 47" in processing
    assert "Early help" in processing and "domestic abuse safety" in processing.lower()
    tools = client.get("/partners/algorithms/").content.decode()
    assert "Search for a person" in tools and "There is no score." in tools

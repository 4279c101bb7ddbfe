"""Every table says how it is handled, points down, and is guarded by the database."""

import pytest
from django.apps import apps
from django.db import connections

ORDER = ["sharing", "people", "places", "pathways", "directory", "intake", "cases", "referrals",
         "panels", "community", "deployments", "triage", "scrutiny", "impact", "demo"]  # fmt: skip
MODELS = [m for m in apps.get_models() if m.__module__.startswith("locality.")]


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_every_field_is_declared_personal_or_plain(model):
    fields = {
        f.name for f in model._meta.concrete_fields if not f.primary_key and not f.is_relation
    }
    assert model.Handling.personal.isdisjoint(model.Handling.plain)
    assert model.Handling.personal | model.Handling.plain == fields
    assert model.Handling.keep


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_foreign_keys_point_down_and_cannot_be_followed_back(model):
    for field in model._meta.concrete_fields:
        if field.is_relation and field.related_model._meta.app_label != model._meta.app_label:
            here, there = model._meta.app_label, field.related_model._meta.app_label
            assert ORDER.index(there) < ORDER.index(here)
            assert field.remote_field.related_name == "+"


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_every_table_has_forced_row_level_security(model):
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT relrowsecurity, relforcerowsecurity,"
            " (SELECT count(*) FROM pg_policy WHERE polrelid = c.oid AND polname <> 'owner_all')"
            " FROM pg_class c WHERE c.oid = %s::regclass",
            [model._meta.db_table],
        )
        enabled, forced, policies = cursor.fetchone()
    assert (enabled, forced) == (True, True) and policies > 0

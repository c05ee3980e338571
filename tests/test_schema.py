import json

import pytest

from verify import schema, terms


@pytest.mark.parametrize("name", schema.TABLES)
def test_every_table_is_described(name):
    table = schema.load(name)
    assert table.title
    assert table.description.endswith(".")
    for column in table:
        assert column.description.endswith("."), column.name
        assert column.name.isidentifier()
    assert len(set(table.names)) == len(table.names)
    assert set(table.primary_key) | set(table.sort_by) <= set(table.names)


def test_no_schema_is_left_out():
    files = {entry.name.removesuffix(".json") for entry in schema.folder().iterdir() if entry.name.endswith(".json")}
    assert files == set(schema.TABLES)


@pytest.mark.parametrize("name", schema.TABLES)
def test_references_lead_to_a_column_of_the_same_kind(name):
    table = schema.load(name)
    targets = [(r.column, r.table, r.target) for r in table.references]
    targets += [(c.name, *c.item_references) for c in table if c.item_references]
    for column, other, target in targets:
        assert target in schema.load(other).names, column


def test_same_name_same_type():
    kinds: dict[str, set[str]] = {}
    for table in schema.load_all().values():
        for column in table:
            kinds.setdefault(column.name, set()).add(column.kind)
    assert {name: found for name, found in kinds.items() if len(found) > 1} == {}


def test_categories_have_one_home():
    """No schema spells out a list of values: it names the vocabulary, and the descriptor carries its values."""
    for name in schema.TABLES:
        raw = json.loads((schema.folder() / f"{name}.json").read_text("utf-8"))
        for field, column, published in zip(
            raw["fields"], schema.load(name), schema.load(name).descriptor()["fields"], strict=True
        ):
            assert "enum" not in field.get("constraints", {})
            if "terms" in field:
                vocabulary = getattr(terms, field["terms"])
                assert column.vocabulary is vocabulary
                assert published["constraints"]["enum"] == [term.value for term in vocabulary]
                assert "terms" not in published


def test_names_follow_their_meaning():
    for table in schema.load_all().values():
        for column in table:
            assert column.name.startswith(("is_", "has_")) == (column.kind == "boolean"), column.name
            assert column.name.endswith(("_ids", "_spans")) <= (column.kind == "array"), column.name
            assert column.name.startswith("n_") <= (column.kind == "integer"), column.name


def test_arrow_types_stand_beside_pandas_ones():
    claims = schema.load("claims")
    arrow = claims.arrow()
    assert arrow.names == list(claims.names)
    assert str(arrow.field("time_start").type) == "date32[day]"
    assert not arrow.field("claim_id").nullable
    assert claims.dtypes["start"] == "int64"
    assert schema.load("articles").dtypes["row"] == "Int64"


def test_unknown_table_is_named():
    with pytest.raises(KeyError, match=r"no table 'claim'.*articles"):
        schema.load("claim")

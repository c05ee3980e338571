"""Rows of the things found in an article: attributions, times, mentions, hedges and quantities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from json.encoder import encode_basestring
from typing import Any

from verify import schema
from verify.models import AnalysedArticle, Attribution, Hedge, Mention, Quantity, Span, Time
from verify.tables.frame import Columns
from verify.tables.ids import ItemIds, attribution_cover, source_id

Row = dict[str, Any]


def cell(items: Iterable[str]) -> str:
    """Write texts as the JSON list of one cell."""
    return f"[{','.join(map(encode_basestring, items))}]"  # json.dumps makes a new encoder for each of a million cells


def spans_cell(spans: Iterable[Span]) -> str:
    """Write spans as the JSON text of one cell: [[start,end],...]."""
    return f"[{','.join([f'[{span.start},{span.end}]' for span in spans])}]"


def add_items(tables: Mapping[str, Columns], analysed: AnalysedArticle, ids: ItemIds) -> None:
    """Append the rows of one article to the tables of things found."""
    article_id, raw = analysed.article.article_id, analysed.analysis.text

    def add(table: str, key: str, row: Row) -> None:
        column = schema.load(table).primary_key[0]
        tables[table].add({column: key, "article_id": article_id} | row)

    for attribution, key in ids.attributions.items():
        add("attributions", key, _attribution(attribution, raw))
    for time, key in ids.times.items():
        add("times", key, _words(time) | _time(time))
    for mention, key in ids.mentions.items():
        add("mentions", key, _words(mention) | _mention(mention))
    for hedge, key in ids.hedges.items():
        add("hedges", key, _words(hedge) | _hedge(hedge))
    for quantity, key in ids.quantities.items():
        add("quantities", key, _words(quantity) | _quantity(quantity))


def _words(found: Time | Mention | Hedge | Quantity) -> Row:
    return {"start": found.span.start, "end": found.span.end, "text": found.text}


def _attribution(found: Attribution, raw: str) -> Row:
    covered = attribution_cover(found)
    return {
        "start": covered.start,
        "end": covered.end,
        "source_spans": spans_cell(found.source),
        "cue_spans": spans_cell(found.cue),
        "content_spans": spans_cell(found.content),
        "source_text": found.source_text,
        "cue_text": found.cue_text,
        "content_text": " ".join(raw[span.start : span.end] for span in found.content),
        "source_id": source_id(found),
        "source_name": found.source_name,
        "source_kind": found.source_kind,
        "cue_class": found.cue_class,
        "factivity": found.factivity,
        "is_hedge": found.is_hedge,
        "is_inferred": found.is_inferred,
        "is_direct": found.is_direct,
        "attribution_score": found.score,
    }


def _time(found: Time) -> Row:
    return {
        "timex_type": found.type,
        "timex_value": found.value,
        "timex_mod": found.mod,
        "time_edtf": found.edtf,
        "time_start": found.start,
        "time_end": found.end,
        "time_precision": found.precision,
        "time_anchor": found.anchor,
        "is_inferred": found.is_inferred,
        "is_ambiguous": found.is_ambiguous,
        "is_vague": found.is_vague,
    }


def _mention(found: Mention) -> Row:
    return {
        "label": found.label,
        "actor_id": found.actor_id,
        "is_inferred": found.is_inferred,
        "is_ambiguous": found.is_ambiguous,
    }


def _hedge(found: Hedge) -> Row:
    return {
        "hedge_class": found.hedge_class,
        "hedge_holder": found.holder,
        "scope": spans_cell(found.scope),
        "probability_low": found.low,
        "probability_high": found.high,
    }


def _quantity(found: Quantity) -> Row:
    return {
        "value": found.value,
        "value_high": found.value_high,
        "unit": found.unit,
        "counted": found.counted,
        "is_approximate": found.is_approximate,
    }

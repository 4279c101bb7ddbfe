"""Say a chart of months in Vega-Lite: a bar where there are figures, a marked gap where not."""

from collections.abc import Sequence
from typing import Any

from locality.kit.dates import NAMES, Period
from locality.places.words import MonthCount

# Two hues that stay apart for colour-blind readers and in grey; a gap is an outline and a word.
NOW, BEFORE, GAP, INK = "#00543c", "#c98a3b", "#6f777b", "#16201c"
SHORT = tuple(name[:3] for name in NAMES)


def months_chart(
    months: Sequence[MonthCount], period: Period, words: dict[str, str]
) -> dict[str, Any]:
    """Draw every month; those of `period` in one colour and those before it in another.

    `words` are the texts on it: now, before, gap, axis.
    """
    top = max((one.count or 0 for one in months), default=0) or 1
    values = [_value(one, period, words, top) for one in months]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 640,
        "height": 220,
        "background": "white",
        "config": CONFIG,
        "data": {"values": values},
        "encoding": {"x": _x(len(months))},
        "layer": [_bars(words), _gaps(), _gap_words(words)],
    }


def _value(one: MonthCount, period: Period, words: dict[str, str], top: int) -> dict[str, Any]:
    series = words["now"] if one.month in period else words["before"]
    label = SHORT[one.month.number - 1]
    return {
        "month": str(one.month),
        "label": f"{label} {one.month.year % 100:02}",
        "series": series,
        "count": one.count,
        "gap": top if one.count is None else None,
    }


def _x(many: int) -> dict[str, Any]:
    every = 1 if many <= 13 else 2 if many <= 26 else 3
    return {
        "field": "month",
        "type": "ordinal",
        "axis": {
            "title": None,
            "labelAngle": 0 if every > 1 or many <= 13 else -45,
            "labelExpr": _MONTH_LABEL.format(every=every),
            "labelOverlap": True,
            "grid": False,
        },
    }


_MONTH_LABEL = (
    "['Jan','Feb','Mar','Apr','May','Jun','Jul','Aug','Sep','Oct','Nov','Dec']"
    "[toNumber(slice(datum.value,5,7))-1] + ' ' + slice(datum.value,2,4)"
)


def _bars(words: dict[str, str]) -> dict[str, Any]:
    series = [words["before"], words["now"]]
    return {
        "mark": {"type": "bar", "stroke": INK, "strokeWidth": 0.5},
        "encoding": {
            "y": {
                "field": "count",
                "type": "quantitative",
                "axis": {"title": words["axis"], "tickMinStep": 1, "tickCount": 5},
            },
            "color": {
                "field": "series",
                "type": "nominal",
                "scale": {"domain": series, "range": [BEFORE, NOW]},
                "legend": {
                    "orient": "top",
                    "title": None,
                    "labelLimit": 500,
                    "direction": "vertical",
                },
            },
        },
    }


def _gaps() -> dict[str, Any]:
    return {
        "transform": [{"filter": "isValid(datum.gap)"}],
        "mark": {
            "type": "bar",
            "color": "#ffffff",
            "stroke": GAP,
            "strokeDash": [4, 3],
            "strokeWidth": 1.2,
        },
        "encoding": {"y": {"field": "gap", "type": "quantitative"}},
    }


def _gap_words(words: dict[str, str]) -> dict[str, Any]:
    return {
        "transform": [{"filter": "isValid(datum.gap)"}],
        "mark": {"type": "text", "angle": 270, "fontSize": 11, "color": INK, "align": "left"},
        "encoding": {"y": {"value": 212}, "text": {"value": words["gap"]}},
    }


CONFIG = {
    "font": "Liberation Sans, Arial, Helvetica, sans-serif",
    "padding": {"left": 4, "top": 8, "right": 8, "bottom": 4},
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelColor": INK,
        "titleColor": INK,
        "gridColor": "#dddddd",
        "domainColor": "#888888",
        "tickColor": "#888888",
    },
    "legend": {"labelFontSize": 12, "symbolStrokeWidth": 1},
}

"""Draw a chart once, the same for the page, the PDF and the Word file."""

import json
from base64 import b64encode
from functools import lru_cache
from typing import Any

import vl_convert

from locality.impact.words import Chart

# Two hues that stay apart for colour-blind readers and in grey; dashes and labels repeat them.
NOW, BEFORE, INK = "#00543c", "#b1680e", "#222222"
PIXELS_PER_POINT = 3


def svg(chart: Chart) -> str:
    """Draw a chart as SVG."""
    return _svg(_text(chart))


def png(chart: Chart) -> bytes:
    """Draw the same chart as PNG, for Word."""
    return _png(_text(chart))


def _text(chart: Chart) -> str:
    return json.dumps(spec(chart), sort_keys=True)


@lru_cache(maxsize=64)
def _svg(spec_text: str) -> str:
    return vl_convert.vegalite_to_svg(spec_text, vl_version="5.20")


@lru_cache(maxsize=64)
def _png(spec_text: str) -> bytes:
    return vl_convert.vegalite_to_png(spec_text, vl_version="5.20", scale=PIXELS_PER_POINT)


def spec(chart: Chart) -> dict[str, Any]:
    """Say a chart in Vega-Lite: one line a year, broken where a month is missing."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 560,
        "height": 210,
        "background": "white",
        "config": _CONFIG,
        "data": {"values": _values(chart)},
        **_lines(chart),
    }


def _values(chart: Chart) -> list[dict[str, Any]]:
    """Put both years on one axis: the place of a month in its period, then its short name."""
    seen: dict[str, int] = {}
    values = []
    for point in chart.points:
        at = seen[point.series] = seen.get(point.series, -1) + 1
        month = _SHORT[int(point.month[-2:]) - 1]
        values.append({"at": at, "month": month, "series": point.series, "offences": point.value})
    return values


def _lines(chart: Chart) -> dict[str, Any]:
    years = list(dict.fromkeys(point.series for point in chart.points))[::-1]
    series = {"field": "series", "type": "nominal", "legend": _LEGEND}
    colours, dashes = [NOW, BEFORE][: len(years)], [[1, 0], [5, 3]][: len(years)]
    return {
        "mark": {"type": "line", "point": {"size": 45, "filled": True}, "strokeWidth": 2.5},
        "encoding": {
            "x": {
                "field": "month",
                "type": "ordinal",
                "sort": {"field": "at"},
                "axis": {"title": None, "labelAngle": 0, "grid": False},
            },
            "y": {
                "field": "offences",
                "type": "quantitative",
                "scale": {"zero": True, "nice": True},
                "axis": {"title": f"{chart.unit.capitalize()} a month", "tickCount": 5},
            },
            "color": series | {"scale": {"domain": years, "range": colours}},
            "strokeDash": series | {"scale": {"domain": years, "range": dashes}},
        },
    }


_LEGEND = {
    "direction": "vertical",
    "orient": "top",
    "title": None,
    "labelFontSize": 12,
    "symbolSize": 400,
    "symbolStrokeWidth": 2.5,
    "symbolType": "stroke",
    "labelLimit": 400,
}
_SHORT = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
_CONFIG = {
    "font": _FONT,
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
}


def address(chart: Chart) -> str:
    """Draw a chart as a data address, so that a page needs no second request for it."""
    return f"data:image/svg+xml;base64,{b64encode(svg(chart).encode()).decode()}"

"""Draw charts on the server, so that they show without JavaScript and print."""

import json
from functools import lru_cache
from typing import Any

import vl_convert


def svg(spec: dict[str, Any]) -> str:
    """Draw a chart as SVG; the same chart is drawn once a process."""
    return _svg(json.dumps(spec, sort_keys=True))


@lru_cache(maxsize=128)
def _svg(spec: str) -> str:
    return vl_convert.vegalite_to_svg(spec, vl_version="5.20")

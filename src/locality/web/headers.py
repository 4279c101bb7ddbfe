"""What every answer tells the browser: keep nothing, lend nothing to other sites."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# What a page may ask of the device: nothing. Each is off until a page needs it and says why.
NOT_USED = (
    "accelerometer", "autoplay", "bluetooth", "browsing-topics", "camera", "display-capture",
    "encrypted-media", "fullscreen", "gamepad", "geolocation", "gyroscope", "hid", "idle-detection",
    "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "screen-wake-lock",
    "serial", "usb", "web-share", "xr-spatial-tracking",
)  # fmt: skip
HEADERS = {
    "Permissions-Policy": ", ".join(f"{name}=()" for name in NOT_USED),
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}
TEXT = re.compile(r"(text/[^;]+|application/xml|[^;]+\+xml)")  # and nothing said of its letters


class Guarded:
    """Add the headers to every answer. A page is not kept unless it says itself how it may be."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store")
        if TEXT.fullmatch(kind := response.get("Content-Type", "")):
            response["Content-Type"] = f"{kind}; charset=utf-8"
        if clears := getattr(request, "clears", ""):
            response["Clear-Site-Data"] = clears
        return response

"""Hand hostile files to whatever reads or takes files, and see whether any has an effect."""

import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from urllib.parse import quote

from locality.kit.errors import BadInput
from locality.kit.uploads import Kind, judge
from locality.places.runs import files as places
from locality.web.area import file as area
from tests.hostile.files import SOUND_TABLES, for_import, hostile
from tests.hostile.requests import Request
from tests.hostile.sending import Attack
from tests.hostile.workbooks import packed, sound

CRIME = ("Crime ID", "Month")
LOGIN = "/account/login/"
PATIENCE = 10.0  # seconds that judging one file may take


@dataclass
class Handed:
    """What became of the files."""

    kinds: Counter[str] = field(default_factory=Counter)
    effects: list[str] = field(default_factory=list)
    slowest: float = 0.0

    def judged(self, kind: str, name: str, content: bytes) -> None:
        """Judge one, which must be refused, in time."""
        began = time.perf_counter()
        try:
            judge(name, content, takes=frozenset(Kind))
            self.effects.append(f"{kind}: {name!r} was taken ({content[:60]!r})")
        except BadInput:
            pass
        except Exception as wrong:
            self.effects.append(f"{kind}: {name!r} broke the judge: {wrong!r}")
        took = time.perf_counter() - began
        self.slowest = max(self.slowest, took)
        if took > PATIENCE:
            self.effects.append(f"{kind}: {name!r} took {took:.1f} s")


def hand_over(attack: Attack, random: Random, times: int) -> Handed:
    """Judge so many, send every one of them to a page, and load some more as an operator would."""
    handed, people = Handed(), [who for who in attack.callers if who]
    kept_before = _temporary(attack)
    for kind, name, content in hostile(random, times):
        handed.kinds[kind] += 1
        handed.judged(kind, name, content)
        _send(attack, handed, random.choice(["", *people]), name, content)
    for number in range(times // 10):
        _load(handed, *for_import(Random(random.random() + number)))
    if left := _temporary(attack) - kept_before:
        handed.effects.append(f"files were left: {sorted(left)[:5]}")
    _require_sound_taken(handed)
    return handed


def _send(attack: Attack, handed: Handed, who: str, name: str, content: bytes) -> None:
    """Send it with a form that asks for no file: to sign in, or as somebody who works."""
    token = attack.callers[who].cookies["csrftoken"]
    shown = quote(name, safe=" ./\\:=@|~+-").encode()
    body = (
        b'--b\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n' + token.encode()
        + b'\r\n--b\r\nContent-Disposition: form-data; name="f"; filename="' + shown
        + b'"\r\nContent-Type: text/csv\r\n\r\n' + content + b"\r\n--b--\r\n"
    )  # fmt: skip
    path = "/people/" if who else LOGIN
    headers = [(b"Content-Type", b"multipart/form-data; boundary=b")]
    status = attack.send(who, Request("POST", path.encode(), headers, body), "a file")
    if name and not 400 <= status < 500:  # a part without a name is no file, but a field
        handed.effects.append(f"{path} answered {status} to {name!r}")


def _load(handed: Handed, name: str, content: bytes) -> None:
    """Read it as a command does: the same functions, nothing written."""
    handed.kinds["loaded by an operator"] += 1
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(content)
        began = time.perf_counter()
        try:
            if name.endswith(".toml"):
                area.read(file)
            elif "geojson" in name:
                places.features(file)
            else:
                sum(1 for _ in places.lines(file, CRIME))
        except BadInput:
            pass
        except Exception as wrong:
            handed.effects.append(f"{name} ({content[:40]!r}) broke its reader: {wrong!r}")
        if time.perf_counter() - began > PATIENCE:
            handed.effects.append(f"{name} took too long")
        if [one.name for one in Path(folder).iterdir()] != [name]:
            handed.effects.append(f"{name} left something beside it")


def _require_sound_taken(handed: Handed) -> None:
    """Whoever refuses everything lets nothing have an effect: what is sound must be taken."""
    for content in (*SOUND_TABLES, packed(sound())):
        try:
            judge("a.csv", content, takes=frozenset(Kind))
        except BadInput as refused:
            handed.effects.append(f"a sound file was refused: {refused} ({content[:40]!r})")


def _temporary(attack: Attack) -> set[str]:
    return {str(one) for one in (attack.site.folder / "tmp").rglob("*")}

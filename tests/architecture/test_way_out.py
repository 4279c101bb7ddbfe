"""Only one module speaks to other machines; the rest has it done there."""

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "locality"
SPEAKING = {
    "requests", "urllib3", "urllib.request", "http.client", "httpx", "aiohttp", "socket", "smtplib",
    "ftplib", "telnetlib", "websockets", "paramiko",
}  # fmt: skip
MAY = {
    "web/outbound.py",  # the way out
    "web/running/serving.py",  # asks the site on this machine whether it is up
}


def speaking(tree: ast.AST) -> Iterator[str]:
    """What a module imports that speaks over the network."""
    for node in ast.walk(tree):
        names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{one.name}" for one in node.names)]
        for name in names:
            if name in SPEAKING or name.split(".")[0] in SPEAKING:
                yield name


def test_only_the_way_out_speaks_to_other_machines():
    files = [file for file in SOURCE.rglob("*.py") if "/tests/" not in file.as_posix()]
    found = {
        file.relative_to(SOURCE).as_posix()
        for file in files if any(speaking(ast.parse(file.read_text(encoding="utf-8"))))
    }  # fmt: skip
    assert found == MAY


def test_it_would_notice():
    for line in ("import requests", "from urllib import request", "import http.client as c",
                 "from socket import socket", "from urllib3.util import retry"):  # fmt: skip
        assert list(speaking(ast.parse(line))), line
    assert not list(speaking(ast.parse("from urllib.parse import urlsplit\nimport http")))

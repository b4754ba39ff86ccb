"""Serving the dashboard: one process, loaded before the first visitor comes, its page declared French."""

import os
import socket
from functools import cache
from pathlib import Path

import duckdb  # noqa: F401  (loaded before the first visitor: tabs that reconnect must not race an import)
import pandas as pd  # noqa: F401
import plotly.graph_objects as go  # noqa: F401
import streamlit as st
import streamlit.emojis
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime.pages_manager import PagesManager

from dashboard.charts import attention, cloud, multiples, tension, tilemap, timelines  # noqa: F401
from dashboard.errors import InputRefused
from dashboard.settings import CORPUS_VARIABLE


def run(app: Path, folder: Path, *, address: str, port: int) -> None:
    """Serve the script `app` over the corpus of `folder` until stopped."""
    os.environ[CORPUS_VARIABLE] = str(folder.resolve())
    os.chdir(app.parent)  # Streamlit reads .streamlit/config.toml there
    # Otherwise the first deep link to a fresh server runs the file in pages/ alone, without the frame.
    PagesManager.uses_pages_directory = False
    served = st.App(app, middleware=[Middleware(InFrench)])
    served.run(config={"server.address": address, "server.port": port, "server.headless": True})


def refuse_a_taken_port(address: str, port: int) -> None:
    """Raise InputRefused when nothing can be served at that address."""
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((address, port))
        except OSError as error:
            raise InputRefused(
                f"L’adresse {address}:{port} est prise, ou n’est pas à cette machine\u00a0: essayez --port.",
                detail=str(error),
            ) from error


class InFrench:
    """The page that comes before any script has run: French for screen readers and browsers, named Vigie.

    It also asks for the code of the charts at once, five megabytes that would otherwise wait for the first
    figure.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        held: list[Message] = []

        async def translate(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_page(message):
                held.append(message)
                return
            if held:
                start = held.pop()
                if message["type"] == "http.response.body":
                    message = _translated(start, message)
                await send(start)
            await send(message)

        if scope["type"] != "http":
            await self.app(scope, receive, send)
        else:
            await self.app(_uncompressed(scope), receive, translate)


def _uncompressed(scope: Scope) -> Scope:
    """The request for a page without leave to compress it: the eight kilobytes are to be read here."""
    headers = MutableHeaders(raw=list(scope["headers"]))
    if "text/html" in headers.get("accept", ""):
        del headers["accept-encoding"]
    return {**scope, "headers": headers.raw}


def _is_page(start: Message) -> bool:
    return Headers(raw=start["headers"]).get("content-type", "").startswith("text/html")


def _translated(start: Message, message: Message) -> Message:
    """The body of a page in French; the length that `start` announces follows."""
    body: bytes = message.get("body", b"")
    french = body
    for there, here in ((b'<html lang="en">', b'<html lang="fr">'), (b"<title>Streamlit</title>", _head())):
        french = french.replace(there, here, 1)
    headers = MutableHeaders(raw=start["headers"])
    if not body:
        del headers["content-length"]  # what a question for the headers alone cannot tell
    elif "content-length" in headers:
        headers["content-length"] = str(int(headers["content-length"]) + len(french) - len(body))
    start["headers"] = headers.raw
    return {**message, "body": french}


@cache
def _head() -> bytes:
    """The title of the page and, where Streamlit has such a file, the link to the code of the charts."""
    found = (Path(st.__file__).parent / "static/static/js").glob("PlotlyChart.*.js")
    links = (f'<link rel="modulepreload" crossorigin href="./static/js/{file.name}">' for file in found)
    return "".join(["<title>Vigie</title>", *links]).encode()

"""Serving the dashboard: one process, loaded before the first visitor comes, its page declared French."""

import os
import socket
from pathlib import Path

import duckdb  # noqa: F401  (loaded before the first visitor: tabs that reconnect must not race an import)
import pandas as pd  # noqa: F401
import plotly.graph_objects as go  # noqa: F401
import streamlit as st
import streamlit.emojis
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime.pages_manager import PagesManager

from dashboard.charts import attention, cloud, multiples, tension, tilemap, timelines  # noqa: F401
from dashboard.errors import InputRefused
from dashboard.settings import CORPUS_VARIABLE


def run(app: Path, folder: Path, *, address: str, port: int) -> None:
    """Serve the script `app` over the corpus of `folder` until stopped."""
    _refuse_a_taken_port(address, port)
    os.environ[CORPUS_VARIABLE] = str(folder.resolve())
    os.chdir(app.parent)  # Streamlit reads .streamlit/config.toml there
    # Otherwise the first deep link to a fresh server runs the file in pages/ alone, without the frame.
    PagesManager.uses_pages_directory = False
    served = st.App(app, middleware=[Middleware(InFrench)])
    served.run(config={"server.address": address, "server.port": port, "server.headless": True})


def _refuse_a_taken_port(address: str, port: int) -> None:
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
    """The first page says `lang="fr"`, so that screen readers and browsers know before any script has run."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def translate(message: Message) -> None:
            body = message.get("body", b"")
            if message["type"] == "http.response.body" and b'<html lang="en">' in body:
                # Same length, so that the announced content length stays true.
                message["body"] = body.replace(b'<html lang="en">', b'<html lang="fr">', 1)
            await send(message)

        await self.app(scope, receive, translate if scope["type"] == "http" else send)

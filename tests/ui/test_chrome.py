"""What Streamlit says in English of its own accord, and what stands in its place."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from streamlit.proto.BackMsg_pb2 import BackendOperationRequest
from streamlit.runtime.backend_operation_handler import DeferredFileHandler
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from dashboard.errors import QueryRefused
from dashboard.ui.chrome import WORDS


def too_much() -> bytes:
    raise QueryRefused("La question demande trop de calcul.")


@pytest.mark.parametrize("made", [too_much, lambda: 1 / 0])
def test_a_download_that_cannot_be_made_is_told_in_french_and_not_as_a_page_that_broke(made):
    files = MediaFileManager(MemoryMediaFileStorage("/media"))
    number = files.add_deferred(made, "text/csv", "1.2", file_name="vigie.csv")
    request = BackendOperationRequest(request_id="1")
    request.deferred_file.file_id = number
    # In a thread of its own: a browser that another test drives may hold this one's event loop.
    with ThreadPoolExecutor(1) as thread:
        asked = DeferredFileHandler(lambda: files).handle(request, "visit")
        answer = thread.submit(asyncio.run, asked).result()
    assert "resserrez les filtres" in WORDS[answer.error_msg]

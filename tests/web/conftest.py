"""A client that speaks to the app as a browser does, without a network."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from starlette.testclient import TestClient

from web.app import make_app
from web.config import WebConfig

HERE = "http://127.0.0.1:8642"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with TestClient(make_app(WebConfig(tmp_path)), base_url=HERE, follow_redirects=False) as made:
        yield made


@pytest.fixture
def key(client: TestClient) -> str:
    """The value that the app's own forms carry."""
    found = re.search(r'name="form_key" value="([^"]+)"', client.get("/write").text)
    assert found is not None
    return found.group(1)


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    listening = socket.create_server(("127.0.0.1", 0))
    app = make_app(WebConfig(tmp_path_factory.mktemp("web")))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join()

"""Stores for archive files: a second folder, memory, and moto's S3 on loopback."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import boto3
import fsspec
import pytest
from moto.server import ThreadedMotoServer

_numbers = itertools.count(1)


@contextmanager
def s3_server(patch: pytest.MonkeyPatch, port: int = 0) -> Iterator[tuple[ThreadedMotoServer, int]]:
    """A running server and its port; what speaks S3 in this process finds it by the environment."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        patch.setenv(name, value)
    fsspec.get_filesystem_class("s3").clear_instance_cache()
    try:
        yield server, port
    finally:
        server.stop()
        fsspec.get_filesystem_class("s3").clear_instance_cache()


def new_bucket() -> str:
    """Make a bucket; its name."""
    name = f"evidence-{next(_numbers)}"
    boto3.client("s3").create_bucket(Bucket=name)
    return name


@contextmanager
def a_store(kind: str, folder: Path, patch: pytest.MonkeyPatch) -> Iterator[str]:
    """Address of an empty store of this kind."""
    if kind == "folder":
        (folder / "second disk").mkdir()
        yield str(folder / "second disk")
    elif kind == "memory":
        yield f"memory://store-{next(_numbers)}"
    else:
        with s3_server(patch):
            yield f"s3://{new_bucket()}/archive"

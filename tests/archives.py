"""Web archives made for tests with warcio, another's writer, so that our reader is not tested against itself."""

import io
from collections.abc import Iterable
from typing import NamedTuple

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter


class Answer(NamedTuple):
    """One archived HTTP response."""

    url: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),)
    status: str = "200 OK"
    kind: str = "response"


def warc(answers: Iterable[Answer], *, gzipped: bool = True) -> bytes:
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=gzipped)
    writer.write_record(writer.create_warcinfo_record("test.warc", {"software": "test"}))
    for answer in answers:
        headers = StatusAndHeaders(answer.status, list(answer.headers), protocol="HTTP/1.1")
        record = writer.create_warc_record(answer.url, answer.kind, io.BytesIO(answer.body), http_headers=headers)
        writer.write_record(record)
    return file.getvalue()

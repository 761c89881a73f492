"""A small HTTP/1.1 client for benchmarks: one kept connection, JSON, bodies with a length or in chunks."""

import asyncio
import json


class Connection:
    def __init__(self, host, port, key=None):
        self.host, self.port = host, port
        self.auth = f"Authorization: Bearer {key}\r\n" if key else ""

    async def open(self):
        self.reader, self.writer = await asyncio.open_connection(self.host, self.port)
        return self

    def close(self):
        self.writer.close()

    async def send(self, method, path, body=None):
        data = b"" if body is None else json.dumps(body).encode()
        head = f"{method} {path} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\n{self.auth}"
        if body is not None:
            head += f"Content-Type: application/json\r\nContent-Length: {len(data)}\r\n"
        self.writer.write(head.encode() + b"\r\n" + data)
        lines = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
        return int(lines[0].split()[1]), headers

    async def pieces(self, headers):
        """The body as it comes."""
        if "content-length" in headers:
            yield await self.reader.readexactly(int(headers["content-length"]))
            return
        while size := int(await self.reader.readline(), 16):
            yield (await self.reader.readexactly(size + 2))[:-2]
        await self.reader.readline()

    async def ask(self, method, path, body=None):
        status, headers = await self.send(method, path, body)
        data = b"".join([piece async for piece in self.pieces(headers)])
        return status, json.loads(data) if data else None

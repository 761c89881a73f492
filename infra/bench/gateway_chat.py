"""Measures what /v1/chat/completions adds to the model itself: the same chat asked of the model and through Hone.

    gateway_chat.py --url http://127.0.0.1:8080 --hone PATH [--key KEY] [--count 300] [--runs 3] [--out FILE]

Starts a model of its own that answers at once with twenty tokens, 2 ms apart, makes it an agent's (`hone apply`), and
asks one chat after the other, by turns directly and through Hone. What is added is the difference of the two. An answer
in one piece takes the model as long as a streamed one. Each chat is scored and reviewed while the next is asked.
"""

import argparse
import asyncio
import json
import multiprocessing
import pathlib
import socket
import statistics
import subprocess
import tempfile
import time
import urllib.parse

from http11 import Connection

WORDS = [f"word{number} " for number in range(20)]
SPACING = 0.002
AGENT = """
kind: Model
id: bench-chat
provider: openai
base_url: http://127.0.0.1:{port}/v1
model: bench
concurrency: 64
---
kind: Agent
id: bench-chat
type: llm
roles: [worker]
specialization: [chat]
model: bench-chat
capacity: 64
prompt: {{user: "{{{{ input }}}}"}}
"""


def plainest(schema):
    """A value that fits a JSON schema of the kind that judges are given."""
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object":
        return {name: plainest(member) for name, member in schema.get("properties", {}).items()}
    if kind == "array":
        return [plainest(schema["items"])] if "items" in schema else []
    return {"integer": schema.get("minimum", 0), "number": schema.get("minimum", 0), "boolean": True, "null": None}.get(kind, "fine")


async def answer(reader, writer):
    """One connection of the model: whoever asks gets the same words; who judges them, a verdict at once."""
    writer.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    while True:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
        except (asyncio.IncompleteReadError, ConnectionError):
            return writer.close()
        length = int(head.split(b"content-length:")[1].split()[0])
        asked = json.loads(await reader.readexactly(length))
        start = time.monotonic()
        form = (asked.get("response_format") or {}).get("json_schema", {}).get("schema")
        words, spacing = ([json.dumps(plainest(form))], 0) if form else (WORDS, SPACING)
        usage = {"prompt_tokens": 5, "completion_tokens": 20, "total_tokens": 25}
        if not asked.get("stream"):
            await until(start + spacing * (len(words) - 1))
            message = {"role": "assistant", "content": "".join(words)}
            body = json.dumps({"id": "x", "object": "chat.completion", "created": 1, "model": "bench", "usage": usage,
                               "choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}).encode()
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
            continue
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
        for number, word in enumerate(words):
            if number:
                await until(start + spacing * number)
            piece(writer, {"choices": [{"index": 0, "delta": {"content": word}}]})
        piece(writer, {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
        piece(writer, {"choices": [], "usage": usage})
        data = b"data: [DONE]\n\n"
        writer.write(b"%x\r\n%s\r\n0\r\n\r\n" % (len(data), data))


async def until(moment):
    await asyncio.sleep(max(0, moment - time.monotonic()))


def piece(writer, chunk):
    data = b"data: " + json.dumps({"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "bench", **chunk}).encode() + b"\n\n"
    writer.write(b"%x\r\n%s\r\n" % (len(data), data))


def serve(port):
    async def run():
        server = await asyncio.start_server(answer, "127.0.0.1", port)
        await server.serve_forever()

    asyncio.run(run())


async def chat(connection, model, stream):
    """Milliseconds to the first text, and to the end."""
    start = time.monotonic()
    body = {"model": model, "messages": [{"role": "user", "content": "Say it."}], "stream": stream}
    status, headers = await connection.send("POST", "/v1/chat/completions", body)
    first, text = None, b""
    async for data in connection.pieces(headers):
        text += data
        if first is None and b"word0" in text:
            first = time.monotonic()
    assert status == 200 and b"word19" in text, (status, text)
    return (first - start) * 1000, (time.monotonic() - start) * 1000


async def added(options, model, hone, stream):
    """How much later the first text and the end come through Hone, at the median and the 99th percentile."""
    direct, through = [], []
    for _ in range(options.count):
        direct.append(await chat(model, "bench", stream))
        through.append(await chat(hone, "hone/bench-chat", stream))

    def at(times, index, share):
        return sorted(one[index] for one in times)[int(len(times) * share)]

    return [at(through, index, share) - at(direct, index, share) for index in (0, 1) for share in (0.5, 0.99)]


async def measure(options, port):
    model = await Connection("127.0.0.1", port).open()
    hone = await Connection(options.host, options.port, options.key).open()
    for _ in range(20):
        await chat(hone, "hone/bench-chat", True)
    for stream in (False, True):
        found = [await added(options, model, hone, stream) for _ in range(options.runs)]
        for index, what in enumerate(["first text, p50", "first text, p99", "end, p50", "end, p99"]):
            if stream or index > 1:
                yield f"{'stream' if stream else 'whole'}, {what}", [one[index] for one in found]


async def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--url", required=True)
    parser.add_argument("--hone", required=True)
    parser.add_argument("--key")
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--out")
    options = parser.parse_args()
    url = urllib.parse.urlsplit(options.url)
    options.host, options.port = url.hostname, url.port
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    server = multiprocessing.Process(target=serve, args=(port,), daemon=True)
    server.start()
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
        file.write(AGENT.format(port=port))
        file.flush()
        subprocess.run([options.hone, "apply", "-f", file.name], check=True, stdout=subprocess.DEVNULL)
    await asyncio.sleep(5)  # until every service knows them
    rows = []
    async for what, values in measure(options, port):
        print(f"  added by /v1/chat/completions, {what:<24} {statistics.median(values):.2f} [{min(values):.2f}-{max(values):.2f}] ms")
        rows.append({"what": f"gateway, added to a chat: {what}", "subject": "hone", "unit": "ms", "values": values,
                     "config": {"chats": options.count, "tokens": len(WORDS)}})
    server.terminate()
    if options.out:
        pathlib.Path(options.out).write_text(json.dumps(rows, indent=1) + "\n")


asyncio.run(main())

"""The peers: servers.py picows|websockets PORT, told on standard input what to send to everybody.

    paced RATE COUNT    COUNT frames, RATE a second
    flood COUNT         COUNT frames, one after the other

A frame is 300 bytes: `@`, the nanosecond at which it is sent, and filling. uvloop, no compression, no pings.
"""

import asyncio
import sys
import time

import uvloop


def frame():
    return f"@{time.time_ns():019d}".ljust(300, "x")


async def websockets_server(port):
    from websockets.asyncio.server import broadcast, serve

    sockets = set()

    async def hold(socket):
        sockets.add(socket)
        try:
            await socket.wait_closed()
        finally:
            sockets.discard(socket)

    await serve(hold, "127.0.0.1", port, compression=None, ping_interval=None)
    return lambda text: broadcast(sockets, text)


async def picows_server(port):
    from picows import WSListener, WSMsgType, ws_create_server

    sockets = set()

    class Listener(WSListener):
        def on_ws_connected(self, transport):
            sockets.add(transport)

        def on_ws_disconnected(self, transport):
            sockets.discard(transport)

    def send(text):
        data = text.encode()
        for socket in sockets:
            socket.send(WSMsgType.TEXT, data)

    server = await ws_create_server(lambda request: Listener(), "127.0.0.1", port, enable_auto_ping=False)
    asyncio.get_running_loop().create_task(server.serve_forever())
    return send


async def main(kind, port):
    send = await {"picows": picows_server, "websockets": websockets_server}[kind](port)
    orders = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(orders), sys.stdin)
    print("ready", flush=True)
    while order := (await orders.readline()).split():
        if order[0] == b"paced":
            await paced(send, float(order[1]), int(order[2]))
        else:
            for _ in range(int(order[1])):
                send(frame())
                await asyncio.sleep(0)


async def paced(send, rate, count):
    start = time.perf_counter()
    for number in range(count):
        await asyncio.sleep(max(0, start + number / rate - time.perf_counter()))
        send(frame())


uvloop.run(main(sys.argv[1], int(sys.argv[2])))

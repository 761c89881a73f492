"""Measures WebSocket fan-out of the gateway and of peers in turn, with the same client.

    fanout.py --gateway HONE_GATEWAY --client CLIENT --python PYTHON --out FILE [--runs 5] [--flood 1200000] [--idle 10000]

The gateway runs on DATABASE_URL and REDIS_URL of the environment, which nobody else may use meanwhile, and is sent its
events through `hone:progress` as in life; the peers make theirs in their own process. Frames have 300 bytes.
FILE gets a list of rows, see ../table.py.
"""

import argparse
import json
import os
import pathlib
import socket
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
from resp import Redis

PACE = 20_000
TICKS = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A process that serves WebSockets, and how to make it send."""

    def __init__(self, command, port, path, **more):
        self.port, self.path = port, path
        self.process = subprocess.Popen(command, text=True, **more)

    def seconds(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def kilobytes(self):
        lines = pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))

    def stop(self):
        self.process.kill()
        self.process.wait()


class Peer(Server):
    def __init__(self, kind, python):
        port = free_port()
        program = str(pathlib.Path(__file__).with_name("servers.py"))
        super().__init__([python, program, kind, str(port)], port, "/", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        if self.process.stdout.readline().strip() != "ready":
            raise SystemExit(f"fanout: {kind} did not start")

    def order(self, *words):
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        self.process.stdin.flush()

    def paced(self, rate, count):
        self.order("paced", rate, count)

    def flood(self, count):
        self.order("flood", count)


class Gateway(Server):
    def __init__(self, program):
        port = free_port()
        own = {"HONE_GATEWAY_PORT": str(port), "HONE_LOG_LEVEL": "warning"}
        super().__init__([program], port, "/ws/tasks", env=os.environ | own)
        self.redis = Redis(os.environ["REDIS_URL"])
        self.key = os.environ.get("HONE_NAMESPACE", "hone") + ":progress"
        self.wait()

    def wait(self):
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                time.sleep(0.5)
                return
            except OSError:
                time.sleep(0.05)
        raise SystemExit("fanout: the gateway did not start")

    def entry(self):
        """An entry whose frame has 300 bytes: id, type and time take 92 of them."""
        data = {"agent_id": "ada", "kind": "metric", "message": f"@{time.time_ns():019d}", "subject": "task",
                "subject_id": "0198c0de-0000-7000-8000-000000000000"}
        length = len(json.dumps(data, separators=(",", ":")))
        data["message"] += "x" * (208 - length)
        return ("XADD", self.key, "MAXLEN", "~", "100000", "*", "time", "2026-11-21T08:30:00.125Z",
                "data", json.dumps(data, separators=(",", ":")))

    def paced(self, rate, count):
        start = time.perf_counter()
        for number in range(count):
            time.sleep(max(0, start + number / rate - time.perf_counter()))
            self.redis.pipeline([self.entry()])

    def flood(self, count):
        for start in range(0, count, 50):
            self.redis.pipeline([self.entry() for _ in range(min(50, count - start))])


class Bench:
    def __init__(self, options):
        self.options = options
        self.rows = {}

    def note(self, what, subject, unit, value, **config):
        row = self.rows.setdefault(
            (what, subject, unit), {"what": what, "subject": subject, "unit": unit, "values": [], "config": config})
        row["values"].append(value)

    def clients(self, server, sockets, frames, **more):
        command = [self.options.client, str(server.port), server.path, str(sockets), str(frames)]
        client = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **more)
        if client.stdout.readline().strip() != "ready":
            raise SystemExit("fanout: the clients could not connect")
        time.sleep(0.5)
        return client

    def figures(self, client, sockets, frames):
        figures = json.loads(client.communicate(timeout=120)[0])
        if figures["delivered"] != sockets * frames:
            raise SystemExit(f"fanout: {figures['delivered']} deliveries of {sockets * frames}")
        return figures

    def deliveries(self, name, server, sockets):
        what = f"WebSocket fan-out, {sockets:,} sockets"
        frames = self.options.flood // sockets
        client = self.clients(server, sockets, frames)
        before = server.seconds()
        server.flood(frames)
        figures = self.figures(client, sockets, frames)
        cost = (server.seconds() - before) / figures["delivered"] * 1e6
        self.note(f"{what}, flood", name, "deliveries/s", figures["rate"], frames=frames, bytes=300)
        self.note(f"{what}, flood", name, "CPU µs/delivery", cost, frames=frames, bytes=300)

        frames = PACE * 4 // sockets
        client = self.clients(server, sockets, frames)
        before = server.seconds()
        server.paced(PACE / sockets, frames)
        figures = self.figures(client, sockets, frames)
        cost = (server.seconds() - before) / figures["delivered"] * 1e6
        for share in ("p50", "p99"):
            self.note(f"{what}, {PACE:,}/s, {share}", name, "ms", figures[share], frames=frames, bytes=300)
        self.note(f"{what}, {PACE:,}/s", name, "CPU µs/delivery", cost, frames=frames, bytes=300)

    def idle(self, name, server):
        sockets = self.options.idle
        before = server.kilobytes()
        client = self.clients(server, sockets, 0, stdin=subprocess.PIPE)
        time.sleep(2)
        self.note(f"{sockets:,} idle WebSockets", name, "KB/socket", (server.kilobytes() - before) / sockets)
        client.stdin.close()
        if json.loads(client.stdout.read())["open"] != sockets:
            raise SystemExit("fanout: idle sockets were closed")
        client.wait()

    def servers(self):
        yield "hone", lambda: Gateway(self.options.gateway)
        for kind in ("picows", "websockets"):
            yield kind, lambda kind=kind: Peer(kind, self.options.python)

    def run(self):
        for _ in range(self.options.runs):
            for name, start in self.servers():
                server = start()
                try:
                    for sockets in (200, 1_000):
                        self.deliveries(name, server, sockets)
                finally:
                    server.stop()
        for name, start in self.servers():
            server = start()
            try:
                self.idle(name, server)
            finally:
                server.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gateway", required=True)
    parser.add_argument("--client", required=True)
    parser.add_argument("--python", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--flood", type=int, default=1_200_000)
    parser.add_argument("--idle", type=int, default=10_000)
    options = parser.parse_args()
    bench = Bench(options)
    bench.run()
    pathlib.Path(options.out).write_text(json.dumps(list(bench.rows.values()), indent=1) + "\n")


if __name__ == "__main__":
    main()

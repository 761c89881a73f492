"""Just enough of RESP2 to talk to Redis from the benchmarks without a package."""

import socket
import urllib.parse


class Redis:
    """One connection."""

    def __init__(self, url):
        parts = urllib.parse.urlsplit(url)
        self.socket = socket.create_connection((parts.hostname, parts.port or 6379))
        self.file = self.socket.makefile("rb")
        if parts.password:
            self.call("AUTH", *([parts.username] if parts.username else []), parts.password)

    @staticmethod
    def encode(words):
        words = [word if isinstance(word, bytes) else str(word).encode() for word in words]
        return b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%s\r\n" % (len(word), word) for word in words)

    def pipeline(self, commands):
        self.socket.sendall(b"".join(map(self.encode, commands)))
        return [self.read() for _ in commands]

    def call(self, *words):
        return self.pipeline([words])[0]

    def read(self):
        line = self.file.readline()
        kind, rest = line[:1], line[1:-2]
        if kind == b"-":
            raise RuntimeError(rest.decode())
        if kind in b"+":
            return rest.decode()
        if kind == b":":
            return int(rest)
        if kind == b"$":
            return None if rest == b"-1" else self.file.read(int(rest) + 2)[:-2].decode()
        return None if rest == b"-1" else [self.read() for _ in range(int(rest))]

    def info(self, section):
        lines = [line.split(":", 1) for line in self.call("INFO", section).splitlines() if ":" in line]
        return dict(lines)

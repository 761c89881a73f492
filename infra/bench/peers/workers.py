"""The processes of a peer's workers: started, watched, ended."""

import contextlib
import signal
import subprocess
import tempfile

import psutil

import subjects


class Workers:
    def __init__(self, subject, environment):
        self.log = tempfile.TemporaryFile("w+")
        self.started = [
            psutil.Popen(
                command, cwd=subjects.HERE, env=environment, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
            for command in subject.workers
        ]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        everybody = self.tree()
        for process in self.started:
            process.send_signal(signal.SIGTERM)
        for process in self.started:
            with contextlib.suppress(psutil.TimeoutExpired):
                process.wait(8)
        for process in everybody:
            with contextlib.suppress(psutil.Error):
                process.kill()

    def tree(self):
        found = []
        for process in self.started:
            with contextlib.suppress(psutil.Error):
                found += [process, *process.children(recursive=True)]
        return found

    def cpu(self):
        """Seconds that all living ones have used."""
        total = 0.0
        for process in self.tree():
            with contextlib.suppress(psutil.Error):
                times = process.cpu_times()
                total += times.user + times.system
        return total

    def resident(self):
        """MiB; pages that processes share count for each."""
        total = 0
        for process in self.tree():
            with contextlib.suppress(psutil.Error):
                total += process.memory_info().rss
        return total / 2**20

    def complaint(self):
        self.log.seek(0)
        return self.log.read()[-2000:]

"""Models as both sides of the comparison reach them: over HTTP, and where asked with answers kept on disk."""

import concurrent.futures
import hashlib
import http.client
import json
import pathlib
import threading
import urllib.parse


class Model:
    """One OpenAI-compatible endpoint. With `cache`, an answer at temperature 0 is paid for once, whoever asks."""

    def __init__(self, url, model, cache=None, **parameters):
        self.url, self.model, self.parameters = urllib.parse.urlsplit(url), model, parameters
        self.cache = pathlib.Path(cache) if cache else None
        self.local = threading.local()

    def ask(self, messages, **more):
        body = {"model": self.model, "messages": messages, **self.parameters, **more}
        text = json.dumps(body, sort_keys=True)
        file = self.cache and self.cache / hashlib.sha256(text.encode()).hexdigest()
        if file and file.exists():
            return file.read_text(encoding="utf-8")
        answer = self.post(text)
        if file:
            file.write_text(answer, encoding="utf-8")
        return answer

    def ask_all(self, questions, at_once=4):
        """`questions` are (messages, more) pairs; the answers come in their order."""
        if len(questions) < 2 or at_once == 1:
            return [self.ask(messages, **more) for messages, more in questions]
        with concurrent.futures.ThreadPoolExecutor(at_once) as pool:
            return list(pool.map(lambda question: self.ask(question[0], **question[1]), questions))

    def post(self, text):
        try:
            response = self.send(text)
        except (BrokenPipeError, ConnectionResetError, http.client.RemoteDisconnected):
            # A server closes connections that were idle for a while.
            self.local.connection.close()
            response = self.send(text)
        answer = response.read()
        if response.status != 200:
            raise RuntimeError(f"the model answered {response.status}: {answer[:200]!r}")
        return json.loads(answer)["choices"][0]["message"]["content"] or ""

    def send(self, text):
        connection = getattr(self.local, "connection", None)
        if connection is None:
            connection = self.local.connection = http.client.HTTPConnection(self.url.netloc, timeout=120)
        connection.request("POST", f"{self.url.path}/chat/completions", text, {"Content-Type": "application/json"})
        return connection.getresponse()


def messages(prompt, text):
    """A prompt of Hone's as messages: instruction, examples as turns, input; and what else the endpoint is told."""
    words = prompt.get("labels") or {}
    found = [{"role": "system", "content": prompt["system"]}] if prompt.get("system") else []
    for shown in prompt.get("demonstrations") or []:
        found += [{"role": "user", "content": shown["user"]},
                  {"role": "assistant", "content": words.get(shown["assistant"], shown["assistant"])}]
    found.append({"role": "user", "content": prompt["user"].replace("{{ input }}", text)})
    more = {key: value for key, value in (prompt.get("parameters") or {}).items()}
    if "choices" in (prompt.get("answer") or {}):
        choices = [words.get(label, label) for label in prompt["answer"]["choices"]]
        more["response_format"] = {"type": "json_schema", "json_schema": {"name": "answer", "schema": {"enum": choices}}}
    return found, more

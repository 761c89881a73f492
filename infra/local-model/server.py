"""Serves a small instruct model on loopback over the OpenAI wire protocol.

The weights are those that install.sh put into this environment. Options come from the environment:

    LLM_PORT     port on 127.0.0.1                                    18080
    LLM_SLOTS    requests answered at once, 2,048 tokens for each     4
    LLM_THREADS  processor threads                                    all cores, at most 4
    LLM_API_KEY  bearer token that callers must send                  none
    LLM_EMBED    1: answer /v1/embeddings instead of completions      off

`GET /health` answers 200 once the model is loaded; SIGTERM and SIGINT end the process. Logs go to stderr.
"""

import os
import pathlib
import signal
import sys

import xllamacpp

CONTEXT_PER_SLOT = 2048
MODEL_ALIAS = "smollm2-135m"
PROMPT_CACHE_MIB = 512  # what agents' prompts cost to read again; the engine's own limit is 8 GiB


def whole_number(name, default, lowest, highest):
    """The option's value, or the end of the program with one line that says what was wrong with it."""
    text = os.environ.get(name) or str(default)
    if not text.isascii() or not text.isdigit() or not lowest <= int(text) <= highest:
        sys.exit(f"{name} must be a whole number from {lowest} to {highest}, found {text!r}")
    return int(text)


def weights():
    found = sorted(pathlib.Path(sys.prefix).rglob("*.gguf"))
    if not found:
        sys.exit(f"no model file under {sys.prefix}: run install.sh and start this with the Python it made")
    return found[0]


def parameters():
    slots = whole_number("LLM_SLOTS", 4, 1, 64)
    threads = whole_number("LLM_THREADS", min(4, os.cpu_count() or 1), 1, 256)
    params = xllamacpp.CommonParams()
    params.model.path = str(weights())
    params.model_alias = {MODEL_ALIAS}
    params.hostnames = ["127.0.0.1"]
    params.port = whole_number("LLM_PORT", 18080, 1, 65535)
    params.n_parallel = slots
    params.n_ctx = CONTEXT_PER_SLOT * slots  # the server splits it evenly
    params.cpuparams.n_threads = threads
    params.cpuparams_batch.n_threads = threads
    params.cache_ram_mib = PROMPT_CACHE_MIB
    params.endpoint_metrics = True
    params.ui = False
    params.offline = True
    if os.environ.get("LLM_API_KEY"):
        params.api_keys = [os.environ["LLM_API_KEY"]]
    if os.environ.get("LLM_EMBED") == "1":
        params.embedding = True
        params.pooling_type = xllamacpp.llama_pooling_type.LLAMA_POOLING_TYPE_MEAN
    return params


def main():
    stops = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, stops)  # before the server's threads exist, so that they inherit it
    try:
        server = xllamacpp.Server(parameters())
    except RuntimeError as error:
        sys.exit(f"the model's server did not start (is its port taken?): {error}")
    print("ready", server.listening_address, flush=True)
    signal.sigwait(stops)
    os._exit(0)  # the engine's threads would hold up an orderly exit, and there is nothing to save


if __name__ == "__main__":
    main()

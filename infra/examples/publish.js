// Publishes one task and waits for its result: node publish.js "the input" [seconds]
//
// Needs Node 18 or later and REDIS_URL; no package. Prints the output, or fails with the reason.
"use strict";

const net = require("node:net");
const { randomUUID } = require("node:crypto");

/** One connection to Redis that answers one command after the other: RESP, version 2. */
class Redis {
  constructor(url) {
    const { hostname, port, username, password, pathname } = new URL(url);
    this.socket = net.connect(Number(port || 6379), hostname.replace(/[[\]]/g, ""));
    this.bytes = Buffer.alloc(0);
    this.waiting = [];
    this.socket.on("data", (bytes) => this.receive(bytes));
    this.socket.on("error", (error) => fail(`no connection to Redis: ${error.message}`));
    this.socket.on("close", () => this.waiting.length && fail("Redis hung up"));
    if (password) this.call("AUTH", ...[username, password].filter(Boolean).map(decodeURIComponent));
    if (pathname.length > 1) this.call("SELECT", pathname.slice(1));
  }

  call(...words) {
    const parts = words.map((word) => `$${Buffer.byteLength(String(word))}\r\n${word}\r\n`);
    this.socket.write(`*${words.length}\r\n${parts.join("")}`);
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  receive(bytes) {
    this.bytes = Buffer.concat([this.bytes, bytes]);
    for (let reply; this.waiting.length && (reply = this.parse(0)); ) {
      this.bytes = this.bytes.subarray(reply.end);
      this.waiting.shift()(reply.value);
    }
  }

  /** The reply that begins at `start`, and where it ends; nothing while some of it is still on its way. */
  parse(start) {
    const line = this.bytes.indexOf("\r\n", start);
    if (line < 0) return undefined;
    const [kind, rest, next] = [this.bytes[start], this.bytes.toString("utf8", start + 1, line), line + 2];
    switch (String.fromCharCode(kind)) {
      case "-": return fail(rest);
      case "+": return { value: rest, end: next };
      case ":": return { value: Number(rest), end: next };
      case "$": return this.bulk(Number(rest), next);
      default: return this.array(Number(rest), next);
    }
  }

  bulk(length, start) {
    if (length < 0) return { value: null, end: start };
    const end = start + length + 2;
    return this.bytes.length < end ? undefined : { value: this.bytes.toString("utf8", start, end - 2), end };
  }

  array(count, end) {
    if (count < 0) return { value: null, end };
    const value = [];
    while (value.length < count) {
      const element = this.parse(end);
      if (!element) return undefined;
      value.push(element.value);
      end = element.end;
    }
    return { value, end };
  }
}

function fail(reason) {
  console.error(reason);
  process.exit(1);
}

async function main([text, seconds = "60"]) {
  setTimeout(() => fail(`no answer within ${seconds} s`), (Number(seconds) + 1) * 1000).unref();
  const redis = new Redis(process.env.REDIS_URL);
  const replyTo = `hone:replies.${randomUUID()}`;
  const task = JSON.stringify({ input: text, category: "sentiment", reply_to: replyTo });
  await redis.call("XADD", "hone:tasks.submitted", "*", "data", task);
  const answer = await redis.call("XREAD", "COUNT", 1, "BLOCK", Number(seconds) * 1000, "STREAMS", replyTo, "0");
  await redis.call("DEL", replyTo);
  redis.socket.end();
  if (!answer) fail(`no answer within ${seconds} s`);
  const fields = answer[0][1][0][1];
  const reply = JSON.parse(fields[fields.indexOf("data") + 1]);
  if (reply.status !== "completed") fail(`${reply.error.code}: ${reply.error.message}`);
  console.log(reply.output);
}

main(process.argv.slice(2));

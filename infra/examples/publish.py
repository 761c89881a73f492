"""Publishes one task and waits for its result: python publish.py "the input" [seconds]

Needs redis-py and REDIS_URL. Prints the output, or fails with the reason.
"""

import json
import os
import sys
import uuid

import redis

text, seconds = sys.argv[1], int((sys.argv[2:] or [60])[0])
client = redis.Redis.from_url(os.environ["REDIS_URL"], decode_responses=True)
reply_to = f"hone:replies.{uuid.uuid4()}"
client.xadd(
    "hone:tasks.submitted",
    {"data": json.dumps({"input": text, "category": "sentiment", "reply_to": reply_to})},
)
answer = client.xread({reply_to: "0"}, count=1, block=seconds * 1000)
client.delete(reply_to)
if not answer:
    sys.exit(f"no answer within {seconds} s")
reply = json.loads(answer[0][1][0][1]["data"])
if reply["status"] != "completed":
    sys.exit(f"{reply['error']['code']}: {reply['error']['message']}")
print(reply["output"])

"""Publishes one task and waits for its result: python publish.py "the input"   (needs redis-py and REDIS_URL)"""

import json
import os
import sys
import uuid

import redis

client = redis.Redis.from_url(os.environ["REDIS_URL"], decode_responses=True)
reply_to = f"hone:replies.{uuid.uuid4()}"
client.xadd(
    "hone:tasks.submitted",
    {"data": json.dumps({"input": sys.argv[1], "category": "sentiment", "reply_to": reply_to})},
)
answer = client.xread({reply_to: "0"}, count=1, block=60_000)
client.delete(reply_to)
if not answer:
    sys.exit("no answer within 60 s")
reply = json.loads(answer[0][1][0][1]["data"])
print(reply["status"], reply.get("output"), reply.get("error", ""))
sys.exit(0 if reply["status"] == "completed" else 1)

from taskiq_redis import RedisStreamBroker

import payload

broker = RedisStreamBroker(url=payload.URL, xread_count=100)


@broker.task(task_name="noop")
async def noop(task: dict) -> None:
    return None


@broker.task(task_name="timed")
async def timed(task: dict) -> None:
    payload.record(task)


async def main():
    await broker.startup()
    await payload.produce_async(noop.kiq, timed.kiq)
    await broker.shutdown()


if __name__ == "__main__":
    import uvloop

    uvloop.run(main())

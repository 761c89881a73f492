from arq import create_pool
from arq.connections import RedisSettings

import payload

SETTINGS = RedisSettings.from_dsn(payload.URL)
QUIET = {"version": 1, "disable_existing_loggers": True}


async def noop(context, task):
    return None


async def timed(context, task):
    payload.record(task)


class WorkerSettings:
    functions = [noop, timed]
    redis_settings = SETTINGS
    keep_result = 0
    max_jobs = 100
    poll_delay = 0.01
    log_results = False


async def main():
    pool = await create_pool(SETTINGS)
    await payload.produce_async(
        lambda task: pool.enqueue_job("noop", task), lambda task: pool.enqueue_job("timed", task)
    )


if __name__ == "__main__":
    import uvloop

    uvloop.run(main())

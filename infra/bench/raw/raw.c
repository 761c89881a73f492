/* What Redis gives one hiredis connection: the measure for everything above it.

     raw HOST PORT publish|consume COUNT BATCH PLAIN|EVENT

   publish: XADD of a 500-byte payload; PLAIN entries have that one field, EVENT entries the attributes that the bus adds.
   consume: XREADGROUP COUNT BATCH and one XACK for all it brought.
   Both keep one pipeline of BATCH in flight ahead of the replies they read. Prints one line of JSON. */
#include <hiredis/hiredis.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { PAYLOAD = 500, MOST = 4096 };
static redisContext *redis;
static char payload[PAYLOAD + 1];

static void fail(const char *reason) {
    fprintf(stderr, "raw: %s\n", reason);
    exit(1);
}

static redisReply *reply(void) {
    void *answer;
    if (redisGetReply(redis, &answer) != REDIS_OK) fail(redis->errstr);
    redisReply *found = answer;
    if (found->type == REDIS_REPLY_ERROR) fail(found->str);
    return found;
}

static void discard(long count) {
    while (count-- > 0) freeReplyObject(reply());
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec + now.tv_nsec / 1e9;
}

static double processor(void) {
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return used.ru_utime.tv_sec + used.ru_stime.tv_sec + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

static void add(int event, long number) {
    if (!event) {
        redisAppendCommand(redis, "XADD raw * data %b", payload, (size_t)PAYLOAD);
        return;
    }
    redisAppendCommand(redis,
        "XADD raw * id 9d1c4f8e-62b7-5a3d-8e41-%012ld type hone.bench.sample.v1 source /hone "
        "time 2026-11-21T08:30:00.125Z "
        "traceparent 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 data %b",
        number, payload, (size_t)PAYLOAD);
}

static long publish(long count, long batch, int event) {
    long sent = 0, ahead = 0;
    while (sent < count) {
        long now = count - sent < batch ? count - sent : batch;
        for (long i = 0; i < now; i++) add(event, sent + i);
        int done = 0;
        while (!done)
            if (redisBufferWrite(redis, &done) != REDIS_OK) fail(redis->errstr);
        discard(ahead);
        ahead = now;
        sent += now;
    }
    discard(ahead);
    return sent;
}

static void ask(long batch) {
    redisAppendCommand(redis, "XREADGROUP GROUP raw raw-1 COUNT %ld STREAMS raw >", batch);
}

static void acknowledge(const redisReply *entries) {
    const char *words[MOST + 3] = {"XACK", "raw", "raw"};
    size_t lengths[MOST + 3] = {4, 3, 3};
    for (size_t i = 0; i < entries->elements; i++) {
        words[i + 3] = entries->element[i]->element[0]->str;
        lengths[i + 3] = entries->element[i]->element[0]->len;
    }
    redisAppendCommandArgv(redis, (int)entries->elements + 3, words, lengths);
}

static long consume(long count, long batch) {
    long taken = 0;
    ask(batch);
    while (taken < count) {
        redisReply *found = reply();
        if (found->type != REDIS_REPLY_ARRAY || found->elements == 0) fail("fewer entries than asked for");
        const redisReply *entries = found->element[0]->element[1];
        acknowledge(entries);
        taken += entries->elements;
        if (taken < count) ask(batch);
        freeReplyObject(found);
        discard(1);
    }
    return taken;
}

int main(int argc, char **argv) {
    if (argc != 7) fail("usage: raw HOST PORT publish|consume COUNT BATCH PLAIN|EVENT");
    long count = atol(argv[4]), batch = atol(argv[5]);
    if (batch < 1 || batch > MOST) fail("the batch is too large");
    redis = redisConnect(argv[1], atoi(argv[2]));
    if (!redis || redis->err) fail(redis ? redis->errstr : "out of memory");
    memset(payload, 'x', PAYLOAD);
    redisReply *made = redisCommand(redis, "XGROUP CREATE raw raw 0 MKSTREAM");
    if (made) freeReplyObject(made);

    double start = seconds(), used = processor();
    int publishing = strcmp(argv[3], "publish") == 0;
    long done = publishing ? publish(count, batch, strcmp(argv[6], "EVENT") == 0) : consume(count, batch);
    double wall = seconds() - start;
    printf("{\"rate\":%.1f,\"cpu_us\":%.3f}\n", done / wall, (processor() - used) / done * 1e6);
    redisFree(redis);
    return 0;
}

/// hiredis for Swift, with the few calls whose errno Swift could not read in time.
#include <errno.h>
#include <hiredis/hiredis.h>

/// Why a context failed. Valid until the context is freed.
static inline const char *redisReason(const redisContext *context) { return context->errstr; }

/// redisBufferWrite, and the errno it ended with.
static inline int redisWriteSome(redisContext *context, int *done, int *code) {
    errno = 0;
    int result = redisBufferWrite(context, done);
    *code = errno;
    return result;
}

/// redisBufferRead, and the errno it ended with.
static inline int redisReadSome(redisContext *context, int *code) {
    errno = 0;
    int result = redisBufferRead(context);
    *code = errno;
    return result;
}

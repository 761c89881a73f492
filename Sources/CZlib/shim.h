// Whole messages through zlib in one call: zlib keeps the address of its stream, which Swift may move.
#ifndef CZLIB_SHIM_H
#define CZLIB_SHIM_H

#define ZLIB_CONST
#include <stddef.h>
#include <stdint.h>
#include <zlib.h>

/// How a flush ends; messages go without it (RFC 7692 §7.2.1).
static const uint8_t czlib_tail[] = {0x00, 0x00, 0xFF, 0xFF};

/// Writes `count` bytes as raw DEFLATE, without the tail of the flush, and returns how many they became; 0 when they do not fit.
static inline size_t czlib_deflate(const uint8_t *in, size_t count, uint8_t *out, size_t room, int level, int window_bits) {
    z_stream stream = {0};
    if (deflateInit2(&stream, level, Z_DEFLATED, -window_bits, 5, Z_DEFAULT_STRATEGY) != Z_OK) return 0;
    stream.next_in = in;
    stream.avail_in = (uInt)count;
    stream.next_out = out;
    stream.avail_out = (uInt)room;
    int result = deflate(&stream, Z_SYNC_FLUSH);
    // With room left, the flush is complete.
    int fits = result == Z_OK && stream.avail_in == 0 && stream.avail_out > 0;
    size_t written = room - stream.avail_out;
    deflateEnd(&stream);
    return fits && written > sizeof czlib_tail ? written - sizeof czlib_tail : 0;
}

/// Reads raw DEFLATE without the tail of its flush. Z_OK, Z_BUF_ERROR when `room` is filled, Z_DATA_ERROR when it is none.
static inline int czlib_inflate(const uint8_t *in, size_t count, uint8_t *out, size_t room, size_t *written) {
    z_stream stream = {0};
    int result = inflateInit2(&stream, -MAX_WBITS);
    if (result != Z_OK) return result;
    stream.next_out = out;
    stream.avail_out = (uInt)room;
    for (int part = 0; part < 2; part++) {
        stream.next_in = part == 0 ? in : czlib_tail;
        stream.avail_in = part == 0 ? (uInt)count : sizeof czlib_tail;
        while (result == Z_OK && stream.avail_in > 0 && stream.avail_out > 0) {
            result = inflate(&stream, Z_SYNC_FLUSH);
            // A final block may end within a message; what follows is read anew.
            if (result == Z_STREAM_END) result = inflateReset(&stream);
        }
    }
    *written = room - stream.avail_out;
    // 128: between two blocks, where a flush ends.
    int is_whole = result == Z_OK && stream.avail_in == 0 && (stream.data_type & 128);
    int is_full = stream.avail_out == 0;
    inflateEnd(&stream);
    return is_full ? Z_BUF_ERROR : is_whole ? Z_OK : Z_DATA_ERROR;
}

#endif

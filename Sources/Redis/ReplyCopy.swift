import CHiredis

extension RedisValue {
    /// Copies a reply, once, out of the memory of hiredis.
    init(copying reply: redisReply) {
        switch unsafe reply.type {
        case REDIS_REPLY_INTEGER: self = unsafe .integer(reply.integer)
        case REDIS_REPLY_STRING: self = unsafe .bulk(Array(Self.bytes(of: reply)))
        case REDIS_REPLY_STATUS: self = unsafe .simple(String(decoding: Self.bytes(of: reply), as: UTF8.self))
        case REDIS_REPLY_ERROR: self = unsafe .error(String(decoding: Self.bytes(of: reply), as: UTF8.self))
        case REDIS_REPLY_ARRAY: self = unsafe .array(Self.elements(of: reply))
        default: self = .null
        }
    }

    private static func bytes(of reply: redisReply) -> UnsafeRawBufferPointer {
        unsafe UnsafeRawBufferPointer(start: reply.str, count: reply.len)
    }

    private static func elements(of reply: redisReply) -> [RedisValue] {
        unsafe UnsafeBufferPointer(start: reply.element, count: reply.elements).map { element in
            guard let element = unsafe element else { return .null }
            return unsafe RedisValue(copying: element.pointee)
        }
    }
}

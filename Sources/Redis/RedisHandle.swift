import CHiredis
import Glibc

/// What went wrong between us and the server, at the level of the socket.
enum RedisFault: Error {
    case timedOut
    case broken(String)
}

/// The only owner of one `redisContext`. Neither copyable nor `Sendable`: hiredis never meets two callers at once.
@safe struct RedisHandle: ~Copyable {
    private let context: UnsafeMutablePointer<redisContext>
    private let builder = ReplyBuilder()

    init(connectingTo endpoint: RedisEndpoint, timeout: Duration) throws(RedisFault) {
        let opened = unsafe redisConnectWithTimeout(endpoint.host, Int32(endpoint.port), timeval(timeout))
        guard let context = unsafe opened else { throw .broken("out of memory") }
        guard unsafe context.pointee.err == 0 else {
            defer { unsafe redisFree(context) }
            throw .broken(unsafe String(cString: redisReason(context)))
        }
        unsafe self.context = context
        _ = unsafe redisEnableKeepAlive(context)
        unsafe ReplyPieces.go(to: builder, from: context.pointee.reader)
    }

    deinit { unsafe redisFree(context) }

    /// The socket, for one who wants to shut it down from another thread.
    var descriptor: Int32 { unsafe context.pointee.fd }

    /// Whether the other side has hung up, or sent what nobody asked for, since the last reply.
    var isStale: Bool {
        var byte: UInt8 = 0
        let count = unsafe recv(descriptor, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT))
        return count >= 0 || errno != EAGAIN
    }

    /// How long one read or write may wait from now on.
    func limitWaiting(to timeout: Duration) { _ = unsafe redisSetTimeout(context, timeval(timeout)) }

    /// Puts encoded commands behind those that wait to be written.
    func append(_ bytes: [UInt8]) throws(RedisFault) {
        let result = unsafe bytes.withUnsafeBytes { raw in
            unsafe redisAppendFormattedCommand(context, raw.baseAddress?.assumingMemoryBound(to: CChar.self), raw.count)
        }
        guard result == REDIS_OK else { throw .broken("out of memory") }
    }

    /// Writes all that was appended.
    func flush() throws(RedisFault) {
        var done: Int32 = 0
        var code: Int32 = 0
        while done == 0 {
            guard unsafe redisWriteSome(context, &done, &code) == REDIS_OK else { throw fault(code) }
        }
    }

    /// Waits for bytes and takes in those that are there.
    func fill() throws(RedisFault) {
        var code: Int32 = 0
        guard unsafe redisReadSome(context, &code) == REDIS_OK else { throw fault(code) }
    }

    /// The next reply among the bytes taken in, nil when it is not complete yet.
    func nextReply() throws(RedisFault) -> RedisValue? {
        var reply: UnsafeMutableRawPointer?
        guard unsafe redisGetReplyFromReader(context, &reply) == REDIS_OK else { throw fault(0) }
        return unsafe reply == nil ? nil : builder.finish()
    }

    private func fault(_ code: Int32) -> RedisFault {
        let isTimeout = unsafe context.pointee.err == REDIS_ERR_IO && (code == EAGAIN || code == ETIMEDOUT)
        return isTimeout ? .timedOut : .broken(unsafe String(cString: redisReason(context)))
    }
}

extension timeval {
    fileprivate init(_ duration: Duration) {
        let (seconds, attoseconds) = max(duration, .milliseconds(1)).components
        self.init(tv_sec: Int(seconds), tv_usec: Int(attoseconds / 1_000_000_000_000))
    }
}

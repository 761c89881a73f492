import Hummingbird
import NIOCore
import Synchronization

extension Response {
    /// The whole body, which stays sendable. Only for answers that end.
    mutating func collectBody() async throws -> ByteBuffer {
        let collector = BodyCollector()
        try await body.write(collector)
        let buffer = collector.bytes
        body = ResponseBody(byteBuffer: buffer)
        return buffer
    }
}

/// Keeps what is written to it.
private final class BodyCollector: ResponseBodyWriter, Sendable {
    private let collected = Mutex(ByteBuffer())

    var bytes: ByteBuffer { collected.withLock { $0 } }

    func write(_ buffer: ByteBuffer) async throws {
        collected.withLock { _ = $0.writeImmutableBuffer(buffer) }
    }

    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

import Glibc
import Synchronization

/// Ends a blocking read from another thread by shutting its socket down.
final class SocketCutoff: Sendable {
    private let descriptor = Mutex<Int32?>(nil)

    /// From now on ``cut()`` means this socket; nil before its owner closes it.
    func guarding(_ socket: Int32?) { descriptor.withLock { $0 = socket } }

    /// Both directions end at once: the reader sees the end of the stream, the server a client that hung up.
    func cut() {
        descriptor.withLock { descriptor in
            if let descriptor { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }
        }
    }
}

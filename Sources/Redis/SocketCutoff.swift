import Glibc
import Synchronization

/// How others reach a connection that is blocked: its socket, which can be shut down, and its number at the server.
final class SocketCutoff: Sendable {
    private struct Connection {
        var descriptor: Int32?
        var number: Int?
    }

    private let connection = Mutex(Connection())

    /// What the server calls the connection (`CLIENT ID`), once it has said so.
    var connectionNumber: Int? { connection.withLock { $0.number } }

    /// From now on ``cut()`` means this socket; nil before its owner closes it.
    func guarding(_ socket: Int32?) { connection.withLock { $0 = Connection(descriptor: socket) } }

    func isNumbered(_ number: Int?) { connection.withLock { $0.number = number } }

    /// Both directions end at once: the reader sees the end of the stream, the server a client that hung up.
    func cut() {
        connection.withLock { connection in
            if let descriptor = connection.descriptor { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }
        }
    }
}

import Foundation

/// What somebody told a channel with NOTIFY.
public struct PostgresNotification: Sendable, Hashable {
    public let channel: String
    public let payload: String
    /// The server process of the connection that sent it.
    public let processID: Int
}

extension PostgresConnection {
    /// Gives this connection over to listening: it must not be used for anything else.
    ///
    /// The server listens when this returns. The stream ends with ``DatabaseError/connectionLost(server:reason:)`` when
    /// the connection breaks: what was told since is lost, so look at the tables after listening again.
    func notifications(on channel: String) async throws -> AsyncThrowingStream<PostgresNotification, any Error> {
        let bell = try Bell()
        try await run("listen \(identifier: channel)")
        return AsyncThrowingStream { continuation in
            let listening = Task {
                do {
                    while !Task.isCancelled {
                        for notification in try self.nextNotifications(or: bell) {
                            continuation.yield(notification)
                        }
                    }
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
                self.close()
            }
            continuation.onTermination = { _ in
                listening.cancel()
                bell.ring()
            }
        }
    }

    /// Blocks this thread until something arrives or the bell rings.
    private func nextNotifications(or bell: Bell) throws -> [PostgresNotification] {
        var arrived = takeNotifications()
        while arrived.isEmpty, !Task.isCancelled {
            bell.wait(orReadable: handle.socket)
            try handle.takeInput()
            arrived = takeNotifications()
        }
        return arrived
    }

    private func takeNotifications() -> [PostgresNotification] {
        var notifications: [PostgresNotification] = []
        while let notification = handle.nextNotification() { notifications.append(notification) }
        return notifications
    }
}

/// Wakes a thread that waits for a socket.
private final class Bell: Sendable {
    private let pipe: (reading: Int32, writing: Int32)

    init() throws {
        var ends: [Int32] = [-1, -1]
        guard unsafe Foundation.pipe(&ends) == 0 else {
            throw DatabaseError.unavailable(reason: "no file descriptors left")
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        pipe = (ends[0], ends[1])
    }

    deinit {
        close(pipe.reading)
        close(pipe.writing)
    }

    func ring() {
        var byte: UInt8 = 1
        _ = unsafe write(pipe.writing, &byte, 1)
    }

    func wait(orReadable socket: Int32) {
        var entries = [
            pollfd(fd: socket, events: Int16(POLLIN), revents: 0),
            pollfd(fd: pipe.reading, events: Int16(POLLIN), revents: 0),
        ]
        _ = unsafe poll(&entries, 2, -1)
    }
}

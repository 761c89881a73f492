import Foundation
import Synchronization

/// Two sockets whose bytes go from one to the other, both ways.
final class Line: Sendable {
    private struct Ends {
        var isOpen = true
        var running = 2
    }

    private let client: Int32
    private let server: Int32
    private let ends = Mutex(Ends())

    init(_ client: Int32, _ server: Int32) {
        self.client = client
        self.server = server
    }

    /// Copies until either side ends, on threads of its own; calls `finished` before the sockets are closed.
    func carry(finished: @escaping @Sendable () -> Void) {
        for (source, sink) in [(client, server), (server, client)] {
            Sockets.thread {
                Sockets.copy(from: source, to: sink)
                self.cut()
                guard self.isLast() else { return }
                finished()
                self.ends.withLock { $0.isOpen = false }
                close(self.client)
                close(self.server)
            }
        }
    }

    /// Ends both ways at once.
    func cut() {
        ends.withLock { ends in
            guard ends.isOpen else { return }
            shutdown(client, Int32(SHUT_RDWR))
            shutdown(server, Int32(SHUT_RDWR))
        }
    }

    private func isLast() -> Bool {
        ends.withLock { ends in
            ends.running -= 1
            return ends.running == 0
        }
    }
}

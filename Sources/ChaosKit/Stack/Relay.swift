import Foundation
import Synchronization
import TestServers

/// A stretch of network in front of a server on loopback, which can be cut and healed.
///
/// Two threads per connection copy bytes; nothing of it runs on the cooperative pool.
public final class Relay: Sendable {
    public let port: Int
    private let target: Int
    private let state = Mutex(State())

    private struct State {
        var listener: Int32 = -1
        var lines: [Int: Line] = [:]
        var count = 0
    }

    public init(to target: Int) throws {
        self.target = target
        port = try freePort()
        try heal()
    }

    deinit { cut() }

    /// Drops every connection, and refuses new ones until ``heal()``.
    public func cut() {
        let (listener, lines) = state.withLock { state in
            defer { (state.listener, state.lines) = (-1, [:]) }
            return (state.listener, state.lines)
        }
        // The thread that accepts, and those that copy, wake up and close what is theirs.
        if listener >= 0 { shutdown(listener, Int32(SHUT_RDWR)) }
        for line in lines.values { line.cut() }
    }

    /// Accepts connections again.
    public func heal() throws {
        guard state.withLock({ $0.listener < 0 }) else { return }
        let listener = try Sockets.listen(port)
        state.withLock { $0.listener = listener }
        Sockets.thread { [weak self, target] in
            while let client = Sockets.accept(listener) {
                guard let self, let server = Sockets.connect(target) else {
                    close(client)
                    continue
                }
                self.join(client, server)
            }
            close(listener)
        }
    }

    private func join(_ client: Int32, _ server: Int32) {
        let line = Line(client, server)
        let number = state.withLock { state -> Int? in
            guard state.listener >= 0 else { return nil }
            state.count += 1
            state.lines[state.count] = line
            return state.count
        }
        line.carry { [weak self] in
            if let number { self?.state.withLock { state in state.lines[number] = nil } }
        }
        if number == nil { line.cut() }
    }
}

import Foundation

/// A line to a Redis server on loopback, for what a rig of servers must be told: one command at a time.
///
/// An error reply is thrown, and so is a silence of five seconds.
final class RedisLine {
    indirect enum Reply: Sendable {
        case none
        case text(String)
        case list([Reply])

        var text: String { if case .text(let text) = self { text } else { "" } }
        var list: [Reply] { if case .list(let list) = self { list } else { [] } }
    }

    private let socket: Int32
    private let port: Int
    private var buffer: [UInt8] = []

    private init(port: Int) throws {
        self.port = port
        socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var limit = timeval(tv_sec: 5, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        let connected = withLoopbackAddress(port) { connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        guard connected == 0 else { throw ServerFailure("nobody listens on port \(port)") }
    }

    deinit { close(socket) }

    /// Asks a server once, on a thread of its own: a queue's threads are the ones that all tests share.
    @discardableResult
    static func ask(_ port: Int, _ words: String...) async throws -> Reply { try await ask(port, words) }

    @discardableResult
    static func ask(
        _ port: Int, _ words: [String], password: String? = nil, holding lock: NSLock? = nil
    ) async throws -> Reply {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                lock?.lock()
                let reply = Result {
                    let line = try RedisLine(port: port)
                    if let password { _ = try line.ask(["AUTH", password]) }
                    return try line.ask(words)
                }
                lock?.unlock()
                continuation.resume(with: reply)
            }
        }
    }

    private func ask(_ words: [String]) throws -> Reply {
        let parts = words.map { "$\($0.utf8.count)\r\n\($0)\r\n" }
        let command = "*\(words.count)\r\n" + parts.joined()
        guard send(socket, command, command.utf8.count, Int32(MSG_NOSIGNAL)) == command.utf8.count else {
            throw ServerFailure("port \(port) took no command")
        }
        return try reply(to: words)
    }

    private func reply(to words: [String]) throws -> Reply {
        let line = try line()
        let rest = String(line.dropFirst())
        switch line.first {
        case "-": throw ServerFailure("port \(port), \(words.joined(separator: " ")): \(rest)")
        case "$":
            guard let count = Int(rest), count >= 0 else { return .none }
            return .text(String(decoding: try take(count + 2).dropLast(2), as: UTF8.self))
        case "*":
            guard let count = Int(rest), count >= 0 else { return .none }
            return .list(try (0..<count).map { _ in try reply(to: words) })
        default: return .text(rest)
        }
    }

    private func line() throws -> String {
        while true {
            if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
                return String(decoding: try take(end + 1).dropLast(2), as: UTF8.self)
            }
            try fill()
        }
    }

    private func take(_ count: Int) throws -> [UInt8] {
        while buffer.count < count { try fill() }
        defer { buffer.removeFirst(count) }
        return Array(buffer.prefix(count))
    }

    private func fill() throws {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = recv(socket, &bytes, bytes.count, 0)
        guard count > 0 else { throw ServerFailure("port \(port) did not answer") }
        buffer += bytes.prefix(count)
    }
}

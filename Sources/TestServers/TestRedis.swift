import Foundation
import Synchronization

/// A Redis server of our own: on a free port, with nothing on disk unless asked for, gone when this process is.
public final class TestRedis: Sendable {
    public let port: Int
    private let arguments: [String]
    private let folder: String
    private let process: Mutex<ServerProcess>

    deinit {
        process.withLock { $0.stop() }
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// `redis://127.0.0.1:port`.
    public var url: String { "redis://127.0.0.1:\(port)" }

    private static let common = Task { try await TestRedis.start() }

    /// The one server that the tests of this process share: use keys of your own, never `FLUSHALL`.
    public static func shared() async throws -> TestRedis { try await common.value }

    /// A server for one test. `arguments` are appended to the command line, such as `["--appendonly", "yes"]`.
    public static func start(arguments: [String] = []) async throws -> TestRedis {
        for _ in 0..<2 {
            if let server = try await startUnlessTaken(freePort(), arguments) { return server }
        }
        let server = try TestRedis(port: freePort(), arguments: arguments)
        try await server.waitUntilReady()
        return server
    }

    /// Nil when another process was faster at the port.
    private static func startUnlessTaken(_ port: Int, _ arguments: [String]) async throws -> TestRedis? {
        let server = try TestRedis(port: port, arguments: arguments)
        do {
            try await server.waitUntilReady()
            return server
        } catch let failure as ServerFailure where failure.description.contains("Failed listening") {
            return nil
        }
    }

    private init(port: Int, arguments: [String]) throws {
        self.port = port
        folder = FileManager.default.temporaryDirectory.path + "/test-redis-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        self.arguments =
            ["--port", "\(port)", "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--appendonly", "no"]
            + arguments
        process = Mutex(try Self.launch(self.arguments, in: folder))
    }

    private static func launch(_ arguments: [String], in folder: String) throws -> ServerProcess {
        try ServerProcess(
            ServerProcess.find("redis-server"), arguments, log: folder + "/redis.log", scratch: folder)
    }

    /// Ends the server. Its data on disk go too.
    public func stop() { process.withLock { $0.stop() } }

    /// Ends the server as a power cut would; ``restart()`` starts it again.
    public func kill() { process.withLock { $0.kill(keepingScratch: true) } }

    /// Stops the server if it runs, starts it again on the same port and folder, and waits until it answers.
    public func restart() async throws {
        try process.withLock { current in
            current.stop(keepingScratch: true)
            current = try Self.launch(arguments, in: folder)
        }
        try await waitUntilReady()
    }

    /// Freezes the server: connections stay open and nothing answers, until ``resume()``.
    public func freeze() { process.withLock { $0.signal(SIGSTOP) } }

    /// Lets a frozen server go on.
    public func resume() { process.withLock { $0.signal(SIGCONT) } }

    private func waitUntilReady() async throws {
        try await eventually("Redis answers on port \(port)") {
            let process = process.withLock { $0 }
            guard process.isRunning else { throw ServerFailure("Redis did not start: \(process.logTail)") }
            return answers(port, to: "PING\r\n", with: ["+PONG", "-NOAUTH"])
        }
    }
}

/// Whether a server on loopback answers a line with one of these beginnings, within a second.
private func answers(_ port: Int, to question: String, with beginnings: [String]) -> Bool {
    let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard socket >= 0 else { return false }
    defer { close(socket) }
    var limit = timeval(tv_sec: 1, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    let connected = withLoopbackAddress(port) { connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    guard connected == 0, send(socket, question, question.utf8.count, Int32(MSG_NOSIGNAL)) > 0 else {
        return false
    }
    var buffer = [UInt8](repeating: 0, count: 64)
    let received = recv(socket, &buffer, buffer.count, 0)
    let answer = String(decoding: buffer.prefix(max(0, received)), as: UTF8.self)
    return beginnings.contains { answer.hasPrefix($0) }
}

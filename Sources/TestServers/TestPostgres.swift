import Foundation
import Synchronization

/// A Postgres cluster of our own: on a free port of loopback, not durable, gone when this process is.
public final class TestPostgres: Sendable {
    public let port: Int
    private let arguments: [String]
    private let folder: String
    private let process: Mutex<ServerProcess>

    private static let databases = Mutex(0)
    private static let common = Task { try await TestPostgres.start() }

    /// The one cluster that the tests of this process share. Use databases of your own; do not stop it.
    public static func shared() async throws -> TestPostgres { try await common.value }

    /// A cluster for one test. `arguments` are appended to the server's command line, such as `["-c", "fsync=on"]`.
    public static func start(arguments: [String] = []) async throws -> TestPostgres {
        for _ in 0..<2 {
            // Another process may be faster at the port.
            do { return try await startOnce(arguments) } catch let failure as ServerFailure
                where failure.description.contains("could not bind")
            {}
        }
        return try await startOnce(arguments)
    }

    private static func startOnce(_ arguments: [String]) async throws -> TestPostgres {
        let folder = FileManager.default.temporaryDirectory.path + "/test-postgres-\(UUID().uuidString)"
        try await createCluster(in: folder)
        let server = try TestPostgres(port: freePort(), folder: folder, arguments: arguments)
        try await server.waitUntilReady()
        return server
    }

    private init(port: Int, folder: String, arguments: [String]) throws {
        self.port = port
        self.folder = folder
        self.arguments = Self.arguments(port: port, folder: folder) + arguments
        process = Mutex(try Self.launch(self.arguments, in: folder))
    }

    deinit {
        process.withLock { $0.stop() }
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// The address of a database of this cluster; `postgres` always exists.
    public func url(database: String = "postgres") -> String {
        "postgres://postgres@127.0.0.1:\(port)/\(database)"
    }

    /// Creates an empty database, or a copy of `template`, under a name nobody else uses, and returns its URL.
    public func createDatabase(template: String? = nil) async throws -> String {
        let number = Self.databases.withLock { count in
            count += 1
            return count
        }
        let name = "test_\(ProcessInfo.processInfo.processIdentifier)_\(number)"
        // Files are copied in a third of the time that it takes to write them to the log.
        try await tool("createdb", ["--strategy", "file_copy"] + (template.map { ["--template", $0] } ?? []) + [name])
        return url(database: name)
    }

    /// Drops a database made by ``createDatabase(template:)``, given by its URL, with all connections to it.
    public func dropDatabase(_ url: String) async throws {
        try await tool("dropdb", ["--force", "--if-exists", String(url.split(separator: "/").last ?? "")])
    }

    /// Ends the server; open connections break. Its data stay until this object goes.
    public func stop() { process.withLock { $0.stop(keepingScratch: true) } }

    /// Ends the server as a power cut would; ``restart()`` starts it again.
    public func kill() { process.withLock { $0.kill(keepingScratch: true) } }

    /// Stops the server if it runs, starts it again on the same port and data, and waits until it answers.
    public func restart() async throws {
        try process.withLock { current in
            current.stop(keepingScratch: true)
            current = try Self.launch(arguments, in: folder)
        }
        try await waitUntilReady()
    }

    private func waitUntilReady() async throws {
        try await eventually(within: .seconds(30), "Postgres answers on port \(port)") {
            let process = process.withLock { $0 }
            guard process.isRunning else { throw ServerFailure("Postgres did not start: \(process.logTail)") }
            return (try? await tool("psql", ["--command", "select 1", "postgres"])) != nil
        }
    }

    /// Runs one of Postgres' client programs against this cluster.
    private func tool(_ name: String, _ arguments: [String]) async throws {
        let server = ["--host", "127.0.0.1", "--port", "\(port)", "--username", "postgres", "--no-password"]
        try await execute([ServerProcess.find(name)] + server + arguments)
    }
}

extension TestPostgres {
    /// The account the server runs as: Postgres refuses to be root.
    private static var user: String? { geteuid() == 0 ? "postgres" : nil }

    private static func createCluster(in folder: String) async throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        if let user { try FileManager.default.setAttributes([.ownerAccountName: user], ofItemAtPath: folder) }
        let options = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync"]
        try await execute(
            ServerProcess.asUser(user) + [ServerProcess.find("initdb")] + options + ["--pgdata", folder + "/data"])
    }

    private static func arguments(port: Int, folder: String) -> [String] {
        let settings = [
            "listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off",
            "full_page_writes=off", "max_connections=600", "shared_buffers=32MB",
        ]
        return ["-D", folder + "/data", "-p", "\(port)"] + settings.flatMap { ["-c", $0] }
    }

    private static func launch(_ arguments: [String], in folder: String) throws -> ServerProcess {
        try ServerProcess(
            ServerProcess.find("postgres"), arguments, log: folder + "/postgres.log", user: user, stopSignal: "INT",
            scratch: folder)
    }
}

/// Runs a program to its end; a failure says what it wrote.
private func execute(_ command: [String]) async throws {
    let outcome = try await runProgram(command)
    guard outcome.status == 0 else {
        throw ServerFailure("\(command.joined(separator: " ")): \(outcome.output)\(outcome.complaints)")
    }
}

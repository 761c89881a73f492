import Foundation
import Postgres

/// A Postgres of our own: on loopback, with its data in the stack's folder, and never as root.
struct PrivatePostgres: PrivateServer {
    static let name = "postgres"

    let folder: StackFolder
    private var data: String { folder.data(Self.name) }

    static func url(port: Int) -> String { url(port: port, database: "hone") }

    private static func url(port: Int, database: String) -> String {
        "postgres://postgres@127.0.0.1:\(port)/\(database)"
    }

    /// Starts the server; the first time, creates its files.
    func start(port: Int) async throws -> ProcessIdentity {
        let account = ServerAccount()
        try account.makeFolder(data)
        let prefix = try await account.prefix(toReach: data)
        try await createFiles(prefix)
        let command = [try Programs.find("postgres"), "-D", data + "/data", "-p", "\(port)"]
        let process = DetachedProcess(
            command: prefix + command + Self.settings.flatMap { ["-c", $0] },
            environment: ProcessInfo.processInfo.environment, folder: "/", log: folder.log(Self.name))
        return try process.start()
    }

    /// With the server's own defaults the indexes of a few hundred thousand tasks outgrow its memory, and under load each
    /// checkpoint follows the last within half a minute, after which every page is logged whole again.
    private static let settings = [
        "listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=200", "logging_collector=off",
        "shared_buffers=\(sharedMegabytes)MB", "max_wal_size=4GB", "checkpoint_timeout=15min", "jit=off",
    ]

    /// A quarter of the machine's memory, as its manual has it, and no more than is of use here.
    private static let sharedMegabytes = min(1_024, max(32, ProcessInfo.processInfo.physicalMemory >> 22))

    /// Into a folder of another name first: a half-made one is never taken for a whole one.
    private func createFiles(_ prefix: [String]) async throws {
        let (final, draft) = (data + "/data", data + "/data.new")
        guard !FileManager.default.fileExists(atPath: final) else { return }
        try? FileManager.default.removeItem(atPath: draft)
        let options = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8"]
        let command = prefix + [try Programs.find("initdb")] + options + ["--pgdata", draft]
        guard try await Programs.run(command, log: folder.log(Self.name)) == 0, rename(draft, final) == 0 else {
            throw CommandFault(
                (["Postgres could not create its files in \(data)"] + folder.tail(of: Self.name, lines: 4))
                    .joined(separator: "; "))
        }
    }

    /// Waits until the server answers, and makes sure of Hone's database.
    func isReady(_ server: ProcessIdentity, port: Int) async throws {
        let pool = try PostgresPool(url: Self.url(port: port, database: "postgres"))
        do {
            try await Readiness(folder: folder, name: Self.name, process: server).wait {
                await Self.process(behind: pool) == server.pid
            }
            let known = try await pool.first("select 1 as one from pg_database where datname = 'hone'", as: Int.self)
            if known == nil { try await pool.run("create database hone") }
        } catch {
            await pool.close()
            throw error
        }
        await pool.close()
    }

    /// The first line of that file is the server's process id.
    private static func process(behind pool: PostgresPool) async -> Int32? {
        let line = try? await pool.first(
            "select split_part(pg_read_file('postmaster.pid'), chr(10), 1) as pid", as: String.self)
        return line.flatMap { Int32($0) }
    }
}

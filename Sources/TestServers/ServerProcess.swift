import Foundation
import Synchronization

/// A server that could not be found or did not start.
public struct ServerFailure: Error, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
}

/// One life of a server that must not outlive this process.
///
/// The server is the child of a small `sh` that holds a line to us. When that closes, by ``stop()`` or by our
/// own death, `kill -9` included, the shell ends the server and removes `scratch`.
public final class ServerProcess: Sendable {
    /// The server's own process id, fit for signals.
    public let pid: Int32
    /// Where the server's standard output and error go.
    public let log: String
    private let watchdog: Mutex<Watchdog?>

    /// Starts `executable` (an absolute path, see ``find(_:)``).
    ///
    /// `user` is the account to run as, nil for our own. `stopSignal` is what ``stop()`` sends, a name as `kill` knows
    /// it; after five seconds `KILL` follows. `scratch` is a directory to remove at the end, nil to remove nothing.
    public init(
        _ executable: String, _ arguments: [String], log: String, user: String? = nil, stopSignal: String = "TERM",
        scratch: String? = nil
    ) throws {
        let watchdog = try Watchdog(
            Self.asUser(user) + [executable] + arguments, log: log, stopSignal: stopSignal, scratch: scratch ?? "")
        pid = watchdog.server
        self.log = log
        self.watchdog = Mutex(watchdog)
    }

    deinit { stop() }

    /// Ends the server and waits until it is gone. Harmless when it is gone already.
    ///
    /// `keepingScratch` leaves the scratch directory for another life.
    public func stop(keepingScratch: Bool = false) {
        let watchdog = watchdog.withLock { current in
            defer { current = nil }
            return current
        }
        watchdog?.finish(keepingScratch: keepingScratch)
    }

    /// Ends the server as a power cut would, and waits until it is gone.
    public func kill(keepingScratch: Bool = false) {
        signal(SIGKILL)
        stop(keepingScratch: keepingScratch)
    }

    /// Sends a signal to the server alone, such as `SIGSTOP` and `SIGCONT`; nothing once it was stopped.
    public func signal(_ signal: Int32) {
        watchdog.withLock { current in
            if current != nil { _ = Foundation.kill(pid, signal) }
        }
    }

    /// Whether the server still runs.
    public var isRunning: Bool {
        watchdog.withLock { $0 != nil } && Self.state(of: pid) != nil
    }

    /// The last lines of the log, for an error message.
    public var logTail: String {
        let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").suffix(8).joined(separator: "\n")
    }

    /// The absolute path of a program in `/usr/lib/postgresql/*/bin`, newest version first, or on `PATH`: what Debian
    /// has on `PATH` for Postgres is a script that takes longer to find the program than that takes to run.
    public static func find(_ program: String) throws -> String {
        let path = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        guard let found = (postgresFolders() + path).map({ "\($0)/\(program)" }).first(where: isExecutable) else {
            throw ServerFailure("\(program) is not installed: neither in /usr/lib/postgresql/*/bin nor on PATH")
        }
        return found
    }

    /// The words to put before a command so that it runs as `user` without a process in between.
    public static func asUser(_ user: String?) throws -> [String] {
        guard let user else { return [] }
        return [try find("setpriv"), "--reuid=\(user)", "--regid=\(user)", "--init-groups"]
    }

    private static func isExecutable(_ path: String) -> Bool {
        FileManager.default.isExecutableFile(atPath: path)
    }

    private static func postgresFolders() -> [String] {
        let root = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        return versions.sorted { (Int($0) ?? 0) > (Int($1) ?? 0) }.map { "\(root)/\($0)/bin" }
    }

    /// The state letter of a process, nil when there is none or only its corpse.
    private static func state(of pid: Int32) -> Character? {
        guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8) else { return nil }
        let state = stat.split(separator: ")").last?.first { $0 != " " }
        return state == "Z" ? nil : state
    }
}

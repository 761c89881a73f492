import Foundation

/// Programs of the machine, and running them to their end.
enum Programs {
    /// The absolute path of a program on `PATH` or among those of Postgres, newest version first.
    static func find(_ name: String) throws -> String {
        let path = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        let folders = path + ["/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"] + postgresFolders()
        let places = folders.map { "\($0)/\(name)" }
        guard let found = places.first(where: FileManager.default.isExecutableFile) else {
            throw CommandFault("\(name) is not installed; `make setup` installs what Hone needs")
        }
        return found
    }

    private static func postgresFolders() -> [String] {
        let root = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        return versions.sorted { (Int($0) ?? 0) > (Int($1) ?? 0) }.map { "\(root)/\($0)/bin" }
    }

    /// Runs a command to its end, output appended to `log`; returns its exit status.
    static func run(_ command: [String], log: String = "/dev/null") async throws -> Int32 {
        let process = DetachedProcess(
            command: command, environment: ProcessInfo.processInfo.environment, folder: "/", log: log)
        return try await process.startAndWait()
    }
}

extension DetachedProcess {
    /// Runs to the end and returns the exit status; 255 for a death by signal.
    func startAndWait() async throws -> Int32 {
        let identity = try start()
        var status: Int32 = 0
        while waitpid(identity.pid, &status, WNOHANG) == 0 { try await Task.sleep(for: .milliseconds(10)) }
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : 255
    }
}

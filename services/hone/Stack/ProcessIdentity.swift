import Foundation

/// A process that we started, told apart from a later one that got the same id.
struct ProcessIdentity: Codable, Hashable, Sendable {
    let pid: Int32
    /// When it started, in clock ticks since the machine did (proc(5), field 22 of stat).
    let startedAt: UInt64

    /// Nil when there is no such process.
    init?(of pid: Int32) {
        guard let facts = Self.facts(of: pid) else { return nil }
        self.pid = pid
        startedAt = facts.startedAt
    }

    /// Whether it still runs; a corpse that nobody has collected does not.
    var isRunning: Bool {
        guard let facts = Self.facts(of: pid) else { return false }
        return facts.startedAt == startedAt && facts.state != "Z" && facts.state != "X"
    }

    /// Whether its program was replaced on disk since it started.
    var isOutdated: Bool {
        let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/exe")
        return path?.hasSuffix(" (deleted)") ?? false
    }

    /// Sends a signal, unless the process is gone already.
    func signal(_ signal: Int32) {
        if isRunning { kill(pid, signal) }
    }

    /// Waits until it is gone; false when it still runs at the deadline.
    func ends(within limit: Duration) async throws -> Bool {
        let deadline = ContinuousClock.now + limit
        while isRunning {
            guard ContinuousClock.now < deadline else { return false }
            try await Task.sleep(for: .milliseconds(20))
        }
        return true
    }

    private static func facts(of pid: Int32) -> (state: String, startedAt: UInt64)? {
        guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
            let name = stat.lastIndex(of: ")")
        else { return nil }
        let fields = stat[stat.index(after: name)...].split(separator: " ")
        guard fields.count > 19, let start = UInt64(fields[19]) else { return nil }
        return (String(fields[0]), start)
    }
}

import Foundation

/// What `up` started, as `down` and `status` find it again.
struct StackState: Codable, Sendable {
    struct Server: Codable, Sendable {
        /// Kept while the server is down, so that it comes back where it was.
        var port: Int
        var process: ProcessIdentity?

        var isRunning: Bool { process?.isRunning ?? false }
    }

    struct Service: Codable, Sendable {
        /// `router`, `executor`, …
        var name: String
        /// From 1.
        var instance: Int
        /// Of its keeper; the service's own is in its pid file.
        var process: ProcessIdentity
        var metricsPort: Int
        /// Where it serves the outside, if it does.
        var address: String?
        /// Tells whether the settings that it was started with still hold.
        var settings: String

        /// `executor`, `executor-2`, …: the name of its log.
        var id: String { Self.id(name, instance) }

        static func id(_ name: String, _ instance: Int) -> String { instance == 1 ? name : "\(name)-\(instance)" }
    }

    var redis: Server?
    var postgres: Server?
    var services: [Service] = []
    /// How many of each; one where nothing is said.
    var scale: [String: Int] = [:]
    /// What the services were started with.
    var memory = StackMemory()

    static func load(from folder: StackFolder) throws -> StackState {
        guard let data = FileManager.default.contents(atPath: folder.stateFile) else { return StackState() }
        do {
            return try JSONDecoder().decode(StackState.self, from: data)
        } catch {
            throw CommandFault("\(folder.stateFile) cannot be read; remove it if nothing of the stack runs any more")
        }
    }

    func save(to folder: StackFolder) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        try folder.writePrivately(encoder.encode(self), to: folder.stateFile)
    }
}

import ArgumentParser
import Foundation
import HoneAPI
import HoneBus
import HoneCore
import HoneMessages
import HoneRedis
import HoneStore

struct OptimizeWatch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Follow an agent's search until it is over.")

    @Argument(help: "The agent's id.") var agent: AgentID
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let connections = try await Connections.standard()
        let latest = try await connections.withStore { store in
            try await store.optimizations.list(of: agent, limit: 1).first?.id
        }
        guard let latest else { throw CommandFault("no optimization of \(agent)") }
        try await OptimizationViewer(latest, connections: connections, output: output).follow { _ in }
    }
}

/// Shows a search as it goes, and what it came to. Progress is lossy, so the record is looked at too.
struct OptimizationViewer {
    private static let interval: Duration = .seconds(1)

    private let id: OptimizationID
    private let connections: Connections
    private let output: OutputOptions

    init(_ id: OptimizationID, connections: Connections, output: OutputOptions) {
        self.id = id
        self.connections = connections
        self.output = output
    }

    /// `begin` is called when nothing can be missed any more. Throws where the search does not end well.
    func follow(_ begin: (RedisTransport) async throws -> Void) async throws {
        try await connections.withTransport { transport in
            try await begin(transport)
        }
        try await connections.withStore { store in
            var told: JSONValue?
            while true {
                guard let record = try await store.optimizations.load(id) else {
                    throw CommandFault("no optimization \(id)")
                }
                let body = OptimizationBody(record)
                guard record.completedAt == nil else { return try end(body) }
                if body.progress != told { try step(body) }
                told = body.progress
                try await Task.sleep(for: Self.interval)
            }
        }
    }

    private func step(_ body: OptimizationBody) throws {
        guard !output.json else { return try printJSON(JSONValue(encoding: body)) }
        let figures = body.progress ?? .null
        let (used, left) = (figures["rollouts_used"]?.int ?? 0, figures["rollouts_left"]?.int ?? 0)
        let bar = Self.bar(used, of: used + left)
        Terminal.say(
            """
            \(bar) \(used)/\(used + left) rollouts, generation \(Format.value(figures["generation"])), \
            best \(Format.score(figures["best_score"]?.double)) of \
            \(Format.score(figures["baseline_score"]?.double)) before, \(Format.dollars(body.spentUSD)), \
            \(Format.seconds(figures["eta_seconds"]?.double)) left
            """)
    }

    private func end(_ body: OptimizationBody) throws {
        try output.show(body: body, or: body.text)
        guard body.status == "completed" else {
            throw CommandFault("the optimization is \(body.status): \(Format.text(body.endReason))")
        }
    }

    private static func bar(_ done: Int, of all: Int) -> String {
        let filled = all == 0 ? 0 : min(20, done * 20 / all)
        return "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: 20 - filled) + "]"
    }
}

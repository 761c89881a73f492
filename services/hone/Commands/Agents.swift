import ArgumentParser
import HoneCore
import HoneStore

struct Agents: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the agents, and what they have in hand.")

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let (agents, inFlight) = try await Connections.standard().withStore { store in
            (try await store.agents.all(), try await store.routing.inFlight())
        }
        let rows = agents.map { stored in
            [
                stored.id.rawValue, stored.agent.nickname, stored.agent.lifecycle.rawValue,
                stored.agent.roles.map(\.rawValue).sorted().joined(separator: ","),
                Format.text(stored.agent.model), stored.agent.specialization.map(\.rawValue).joined(separator: ","),
                "\(inFlight[stored.id] ?? 0)", "\(stored.agent.capacity)",
            ]
        }
        let table = Table(
            .text("id"), .text("nickname"), .text("lifecycle"), .text("roles"), .text("model"), .text("categories"),
            .number("in hand"), .number("capacity"), rows: rows)
        try output.show(
            ["items": .array(agents.map { try $0.json(inFlight: inFlight[$0.id] ?? 0) })],
            or: table.text(orNothing: "no agents yet; `hone apply -f FILE` adds some"))
    }
}

extension StoredAgent {
    fileprivate func json(inFlight: Int) throws -> JSONValue {
        [
            "id": JSONValue(id), "nickname": .string(agent.nickname), "type": .string(agent.type.rawValue),
            "lifecycle": .string(agent.lifecycle.rawValue),
            "roles": .array(agent.roles.map(\.rawValue).sorted().map(JSONValue.string)),
            "specialization": .array(agent.specialization.map { JSONValue($0) }), "model": JSONValue(agent.model),
            "parameters": try JSONValue(encoding: agent.parameters),
            "tools": .array(agent.tools.map(JSONValue.string)), "capacity": JSONValue(agent.capacity),
            "in_flight": JSONValue(inFlight), "prompt_id": JSONValue(promptID), "created_at": JSONValue(createdAt),
            "updated_at": JSONValue(updatedAt),
        ]
    }
}

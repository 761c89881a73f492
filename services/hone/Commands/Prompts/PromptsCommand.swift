public import ArgumentParser
import HoneAPI
public import HoneCore
import HoneStore

struct PromptsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prompts", abstract: "Look into the registry of prompts: versions, families, evidence.",
        discussion: """
            A PROMPT is an id, an agent (its production prompt), or agent@version, such as remus@1.2.0.
            """,
        subcommands: [
            PromptsList.self, PromptsShow.self, PromptsDiff.self, PromptsLineage.self, PromptsTree.self,
            PromptsLabel.self, PromptsAblate.self, PromptsExport.self, PromptsVerify.self,
        ], defaultSubcommand: PromptsList.self)
}

/// A prompt as people name it.
struct PromptReference: ExpressibleByArgument {
    private let text: String

    init?(argument: String) {
        guard !argument.isEmpty else { return nil }
        text = argument
    }

    /// Throws ``CommandFault`` when it names none.
    func find(in store: Store) async throws -> PromptID {
        if let id = PromptID(text) {
            guard try await store.prompts.load(id) != nil else { throw CommandFault("no prompt \(text)") }
            return id
        }
        let parts = text.split(separator: "@", maxSplits: 1).map(String.init)
        guard let name = parts.first, let agent = AgentID(name), try await store.agents.load(agent) != nil else {
            throw CommandFault("no prompt \(text): it is an id, an agent, or agent@version")
        }
        return try await parts.count > 1 ? version(parts[1], of: agent, in: store) : production(of: agent, in: store)
    }

    private func production(of agent: AgentID, in store: Store) async throws -> PromptID {
        guard let prompt = try await store.prompts.production(of: agent) else {
            throw CommandFault("agent \(agent) has no prompt in production")
        }
        return prompt.prompt.id
    }

    private func version(_ version: String, of agent: AgentID, in store: Store) async throws -> PromptID {
        let known = try await store.prompts.all(of: agent)
        guard let prompt = known.first(where: { $0.prompt.version == version }) else {
            let versions = known.suffix(20).map(\.prompt.version).joined(separator: ", ")
            throw CommandFault(
                "agent \(agent) has no prompt \(version); it has \(versions.isEmpty ? "none" : versions)")
        }
        return prompt.prompt.id
    }
}

extension PromptLifecycle: ExpressibleByArgument {}

import Foundation
import HoneCore
import HoneIntelligence
import HoneStore

/// What each agent is made of now, with its work of the day on which its prompt came, told apart from that with the
/// prompt before. That day is read once and not again.
struct Changes {
    private struct Turn: Hashable {
        var agent: AgentID
        var prompt: PromptID
    }

    /// Older changes lie so far back that the days after them say enough.
    private static let memory: TimeInterval = 60 * 86_400
    /// So long after a change, scores of work with the old prompt still come in.
    private static let settling: TimeInterval = 300

    private var known: [Turn: [HoneCore.Category: QualitySample]] = [:]

    mutating func versions(of agents: some Collection<StoredAgent>, in store: Store) async throws -> [AgentID:
        AgentVersion]
    {
        let now = Date()
        let turns = agents.filter { agent in
            guard let turn = Self.turn(of: agent), let since = agent.promptSince else { return false }
            return now.timeIntervalSince(since) < Self.memory
                && (known[turn] == nil || now.timeIntervalSince(since) < Self.settling)
        }
        let superseded = try await store.routing.superseded(
            turns.compactMap { agent in agent.promptSince.map { (agent.id, $0, Day($0).start) } })
        for agent in turns { if let turn = Self.turn(of: agent) { known[turn] = superseded[agent.id] ?? [:] } }
        return Dictionary(
            agents.map { agent in
                let turn = Self.turn(of: agent)
                return (
                    agent.id,
                    AgentVersion(
                        model: agent.agent.model, promptDay: agent.promptSince.map(Day.init),
                        superseded: turn.flatMap { known[$0] } ?? [:])
                )
            }
        ) { first, _ in first }
    }

    private static func turn(of agent: StoredAgent) -> Turn? {
        agent.promptID.map { Turn(agent: agent.id, prompt: $0) }
    }
}

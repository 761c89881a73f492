import Foundation
public import HoneCore
public import HoneMessages
public import HoneStore

/// Why an agent cannot be improved now.
public enum OptimizationRefusal: Error, Hashable, Sendable {
    case unknownAgent(AgentID)
    /// The agent is there, and cannot be improved as it stands.
    case unfit(String)
    /// Another search of the agent is not over.
    case underWay(AgentID)

    /// One sentence.
    public var reason: String {
        switch self {
        case .unknownAgent(let agent): "There is no agent \(agent)."
        case .unfit(let reason): reason
        case .underWay(let agent): "An optimization of \(agent) is under way."
        }
    }

    /// As dead letters say it.
    public var fault: TaskFault {
        if case .unknownAgent = self { return TaskFault(.unknownAgent, "agent_id: \(reason)") }
        return TaskFault(.invalidMessage, "agent_id: \(reason)")
    }
}

/// Puts wanted searches on record, each once and only if it can begin.
public struct OptimizationIntake: Sendable {
    let store: Store

    /// `store` may be in a transaction.
    public init(_ store: Store) {
        self.store = store
    }

    /// The search on record, queued now or known before. With `alone` it is refused where another one of the agent is
    /// not over; else it waits for its turn. Throws an ``OptimizationRefusal``, or `InvalidValue` for what is wrong.
    public func queue(
        _ message: OptimizationRequested, as id: OptimizationID, by actor: String, alone: Bool
    ) async throws -> OptimizationRecord {
        if let known = try await store.optimizations.load(id) { return known }
        try await check(message)
        return try await store.transaction { store in
            if alone {
                guard try await store.locks.tryAcquire("optimize/\(message.agentID)"),
                    try await !store.optimizations.isUnderWay(for: message.agentID)
                else { throw OptimizationRefusal.underWay(message.agentID) }
            }
            try await store.optimizations.queue(NewOptimization(message, id: id, by: actor))
            try await store.audit.record(
                actor: actor, action: "optimization.start", subjectKind: "agent",
                subjectID: message.agentID.rawValue, details: ["optimization_id": .string(id.description)])
            guard let record = try await store.optimizations.load(id) else { throw Missing() }
            return record
        }
    }

    /// A row that was just written and is not there.
    private struct Missing: Error {}

    /// Whether such a search can begin: throws what ``queue(_:as:by:alone:)`` refuses it with, whatever is under way.
    public func check(_ message: OptimizationRequested) async throws {
        try message.validate()
        guard let agent = try await store.agents.load(message.agentID) else {
            throw OptimizationRefusal.unknownAgent(message.agentID)
        }
        let id = agent.id
        guard agent.agent.lifecycle != .retired else { throw OptimizationRefusal.unfit("The agent \(id) is retired.") }
        guard agent.promptID != nil else {
            throw OptimizationRefusal.unfit("The agent \(id) has no prompt to improve.")
        }
        guard agent.agent.type == .llm else {
            throw OptimizationRefusal.unfit(
                "The agent \(id) is of type \(agent.agent.type.rawValue), which has no prompt.")
        }
        guard try await store.benchmarks.load(message.benchmark) != nil else {
            throw InvalidValue(
                path: "benchmark", found: InvalidValue.summary(of: .string(message.benchmark)),
                expected: "a benchmark on record")
        }
        if let leak = try await store.benchmarks.duplicates(in: message.benchmark).first {
            throw InvalidValue(
                path: "benchmark",
                found: "the same words in case \(leak.firstID) (\(leak.firstSplit.rawValue)) and case \(leak.secondID) "
                    + "(\(leak.secondSplit.rawValue))", expected: "splits that share no case")
        }
    }
}

extension NewOptimization {
    init(_ message: OptimizationRequested, id: OptimizationID, by actor: String) throws {
        self.init(
            id: id, agentID: message.agentID, benchmarkID: message.benchmark, algorithm: message.algorithm.rawValue,
            auto: (message.auto ?? .medium).rawValue, params: message.params ?? .object([:]),
            budget: try message.budget.map(JSONValue.init(encoding:)) ?? .object([:]),
            // Made of the id where nobody chose one: the same request is the same search.
            seed: message.seed ?? id.seed,
            requestedBy: actor)
    }
}

extension OptimizationID {
    fileprivate var seed: Int64 {
        let bytes = withUnsafeBytes(of: uuid.derived("seed").uuid) { Array($0.prefix(7)) }
        return bytes.reduce(0) { $0 << 8 | Int64($1) }
    }
}

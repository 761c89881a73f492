import HoneCore
import HoneIntelligence
import Testing

@Suite("routing")
struct RoutingTests {
    static let context = RoutingContext(
        reference: EfficiencyReference(cost: MicroUSD(100), durationSeconds: 1),
        traffic: CategoryTraffic(turn: 100, routed: 100))

    static func candidate(
        _ name: String, quality: Double = 0.5, variance: Double = 0.01, probation: Bool = false,
        change: (inout RoutingCandidate) -> Void = { _ in }
    ) throws -> RoutingCandidate {
        var candidate = RoutingCandidate(
            agent: Agent(id: try agentID(name), specialization: [try category("reviews")]),
            quality: QualityEstimate(mean: quality, variance: variance), isOnProbation: probation)
        change(&candidate)
        return candidate
    }

    static func request(_ change: (inout RoutingRequest) throws -> Void = { _ in }) throws -> RoutingRequest {
        var request = RoutingRequest(category: try category("reviews"))
        try change(&request)
        return request
    }

    func refusal(_ request: RoutingRequest, _ agents: [RoutingCandidate]) throws -> RoutingRefusal {
        let result = RoutingPlan().decide(request, among: agents, in: Self.context, seed: 1)
        guard case .failure(let refusal) = result else { throw Unexpected() }
        return refusal
    }

    struct Unexpected: Error {}

    @Test("each agent that cannot take a task is excluded with its own reason")
    func exclusions() throws {
        let agents = [
            try Self.candidate("a-reviewer") { $0.agent.roles = [.reviewer] },
            try Self.candidate("b-retired") { $0.agent.lifecycle = .retired },
            try Self.candidate("c-poet") { $0.agent.specialization = [] },
            try Self.candidate("d-unarmed") { $0.agent.tools = ["search"] },
            try Self.candidate("e-down") {
                $0.agent.tools = ["search", "calc"]
                $0.isModelAvailable = false
            },
            try Self.candidate("f-able") { $0.agent.tools = ["search", "calc"] },
        ]
        let request = try Self.request { $0.requiredTools = ["search", "calc"] }
        let decision = try RoutingPlan().decide(request, among: agents, in: Self.context, seed: 1).get()
        #expect(decision.chosen.rawValue == "f-able")
        #expect(decision.candidates.count == 1)
        #expect(decision.propensities == [1])
        #expect(
            decision.excluded.map(\.why)
                == [
                    .notAWorker, .lifecycle(.retired), .otherSpecialization, .missingTools(["calc"]), .modelUnavailable,
                ])
    }

    @Test("a recommended agent needs no specialisation, and without a category none is asked for")
    func recommended() throws {
        let poet = try Self.candidate("poet") { $0.agent.specialization = [] }
        let request = try Self.request { $0.recommended = [poet.id] }
        #expect(try RoutingPlan().decide(request, among: [poet], in: Self.context, seed: 1).get().chosen == poet.id)
        let free = RoutingRequest(category: nil)
        #expect(try RoutingPlan().decide(free, among: [poet], in: Self.context, seed: 1).get().chosen == poet.id)
    }

    @Test("constraints exclude what usually costs or takes more, and are blamed when nobody is left")
    func constraints() throws {
        let dear = try Self.candidate("dear") { $0.likelyCost = MicroUSD(200_000) }
        let slow = try Self.candidate("slow") { $0.likelySeconds = 31 }
        let new = try Self.candidate("unknown")
        let request = try Self.request { $0.constraints = TaskConstraints(maxCost: 0.1, maxDuration: 30) }
        let decision = try RoutingPlan().decide(request, among: [dear, slow, new], in: Self.context, seed: 1).get()
        #expect(decision.chosen == new.id)
        let refusal = try refusal(request, [dear, slow])
        #expect(refusal.code == .constraintUnsatisfiable)
        #expect(refusal.excluded.map(\.why) == [.tooExpensive(likely: MicroUSD(200_000)), .tooSlow(likelySeconds: 31)])
        #expect(refusal.fault.message.contains("dear usually costs up to $0.200000"))
        #expect(!refusal.fault.retryable)
        let exact = try Self.request { $0.constraints.maxDuration = 31 }
        #expect(try RoutingPlan().decide(exact, among: [slow], in: Self.context, seed: 1).get().chosen == slow.id)
    }

    @Test("allow and exclude lists are kept")
    func lists() throws {
        let (a, b, c) = (try Self.candidate("a"), try Self.candidate("b"), try Self.candidate("c"))
        let request = try Self.request { $0.constraints = TaskConstraints(agents: [a.id, b.id], exclude: [a.id]) }
        #expect(try RoutingPlan().decide(request, among: [a, b, c], in: Self.context, seed: 1).get().chosen == b.id)
        let impossible = try Self.request { $0.constraints = TaskConstraints(agents: [a.id], exclude: [a.id]) }
        #expect(try refusal(impossible, [a, b]).code == .constraintUnsatisfiable)
    }

    @Test("no agent at all, or none that is capable, is its own refusal")
    func nobody() throws {
        #expect(try refusal(Self.request(), []).code == .noCapableAgent)
        let poet = try Self.candidate("poet") { $0.agent.specialization = [] }
        let refusal = try refusal(Self.request(), [poet])
        #expect(refusal.code == .noCapableAgent)
        #expect(refusal.fault.message == "no agent can take this task: poet does not do this category")
    }

    @Test("a pin or an allow-list that names nobody known is an unknown agent")
    func unknown() throws {
        let ghost = try agentID("ghost")
        let known = try Self.candidate("known")
        let pinned = try refusal(Self.request { $0.pinnedAgent = ghost }, [known])
        #expect(pinned.code == .unknownAgent)
        #expect(pinned.fault.message.contains("ghost"))
        #expect(try refusal(Self.request { $0.constraints.agents = [ghost] }, [known]).code == .unknownAgent)
        let mixed = try Self.request { $0.constraints.agents = [ghost, known.id] }
        #expect(try RoutingPlan().decide(mixed, among: [known], in: Self.context, seed: 1).get().chosen == known.id)
    }

    @Test("a pinned agent gets the task, in development too, but not when it is retired")
    func pinned() throws {
        let trial = try Self.candidate("trial", quality: 0.1) {
            $0.agent.lifecycle = .optimizing
            $0.agent.specialization = []
        }
        let other = try Self.candidate("other", quality: 0.9)
        let request = try Self.request { $0.pinnedAgent = trial.id }
        #expect(
            try RoutingPlan().decide(request, among: [other, trial], in: Self.context, seed: 1).get().chosen == trial.id
        )
        let retired = try Self.candidate("trial") { $0.agent.lifecycle = .retired }
        #expect(try refusal(request, [other, retired]).code == .noCapableAgent)
    }

    @Test("failover leaves out those that tried, and ends when all have")
    func failover() throws {
        let agents = [try Self.candidate("a", quality: 0.9), try Self.candidate("b", quality: 0.2)]
        let second = try Self.request { $0.tried = [agents[0].id] }
        #expect(try RoutingPlan().decide(second, among: agents, in: Self.context, seed: 1).get().chosen == agents[1].id)
        let third = try Self.request { $0.tried = Set(agents.map(\.id)) }
        #expect(try refusal(third, agents).code == .noCapableAgent)
        #expect(Failover.isWorthwhile(after: TaskFault(.modelError, ""), attempt: 2))
        #expect(!Failover.isWorthwhile(after: TaskFault(.modelError, ""), attempt: 3))
        #expect(!Failover.isWorthwhile(after: TaskFault(.cancelled, ""), attempt: 1))
    }

    @Test("a decision can be replayed from its seed, and does not depend on the order of the agents")
    func replay() throws {
        let agents = try (0..<20).map { try Self.candidate("agent-\($0)", quality: Double($0) / 40) }
        var generator = SeededGenerator(seed: UInt64(2))
        for seed in 0..<50 as Range<Int64> {
            let decision = RoutingPlan().decide(try Self.request(), among: agents, in: Self.context, seed: seed)
            let shuffled = agents.shuffled(using: &generator)
            #expect(decision == RoutingPlan().decide(try Self.request(), among: shuffled, in: Self.context, seed: seed))
        }
    }

    @Test("the decision says who was considered, how likely each was, and why")
    func log() throws {
        let agents = [
            try Self.candidate("b"), try Self.candidate("a"), try Self.candidate("c") { $0.agent.roles = [] },
        ]
        let decision = try RoutingPlan().decide(Self.request(), among: agents, in: Self.context, seed: 5).get()
        #expect(decision.candidates.map(\.rawValue) == ["a", "b"])
        #expect(decision.scores.count == 2)
        #expect(decision.propensities.allSatisfy { isClose($0, 0.5, within: 1e-6) })
        #expect(
            decision.reason.hasPrefix("thompson chose \(decision.chosen) of 2 candidates (chance 50 %), 1 excluded"))
        #expect(decision.seed == 5)
    }
}

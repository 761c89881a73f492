import Foundation
import HoneCore
import HoneIntelligence
import HoneStore
import Postgres
import Testing

@Suite("Statistics and the ledger", .timeLimit(.minutes(2)))
struct StatisticsTests {
    @Test("the same events any number of times, in any order, by several at once, count once; a recount agrees")
    func countsOnce() async throws {
        try await TestStore.run { store, _ in
            let tasks = try await scoredTasks(store, count: 20)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<5 {
                    let order = (tasks + tasks.prefix(7)).shuffled()
                    group.addTask { try await aggregate(store, order) }
                }
                try await group.waitForAll()
            }
            let table = try await store.statistics.table()
            #expect(table.total().count == 20 && table.total().scored == 20)
            #expect(try await table == store.statistics.recount(page: 7))
            let totals = try await store.rewards.totals()
            #expect(try await totals == store.rewards.recountedTotals())
            #expect((totals[ada]?.points ?? 0) > 0)
        }
    }

    @Test("feedback rewrites a task's row and moves the counters by the difference")
    func rewrites() async throws {
        try await TestStore.run { store, _ in
            let tasks = try await scoredTasks(store, count: 3)
            try await aggregate(store, tasks)
            let before = try #require(try await store.rewards.totals()[ada])
            _ = try await store.feedback.insert([FeedbackRecord(id: UUID(), taskID: tasks[0], rating: 5)])
            try await aggregate(store, [tasks[0]])
            try await aggregate(store, tasks)

            let total = try await store.statistics.table().total()
            #expect(total.count == 3 && total.ratings == 1 && total.ratingSum == 5)
            #expect(try await store.rewards.totals()[ada]?.points == before.points + 40)
            #expect(try await store.statistics.table() == store.statistics.recount())
            #expect(try await store.rewards.totals() == store.rewards.recountedTotals())
        }
    }

    @Test("a failed attempt is counted once, and a final failure has a ledger row")
    func failures() async throws {
        try await TestStore.run { store, _ in
            let id = try await store.routedTask()
            let failure = ExecutionRecord.sample(id, result: .failed(.broken, final: true))
            _ = try await store.executions.record([failure])
            let counted = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<4 { group.addTask { try await countFailure(store, failure.key) } }
                return try await group.reduce(0, +)
            }
            #expect(counted == 1)
            try await aggregate(store, [id])
            let table = try await store.statistics.table()
            #expect(table.total().failed == 1 && table.total().count == 1)
            #expect(try await table == store.statistics.recount())
            #expect(try await store.rewards.totals()[ada]?.points == -30)
        }
    }

    @Test("trials of experiments are not counted")
    func experiments() async throws {
        try await TestStore.run { store, _ in
            let id = try await store.completedTask()
            var score = ScoreRecord.sample(id)
            score.experimentID = .new()
            _ = try await store.scores.insert([score])
            try await aggregate(store, [id])
            #expect(try await store.statistics.table() == StatisticsTable())
            #expect(try await store.rewards.totals().isEmpty)
        }
    }

    @Test("a transaction that fails leaves no counter behind")
    func rollsBack() async throws {
        try await TestStore.run { store, _ in
            let tasks = try await scoredTasks(store, count: 2)
            await #expect(throws: CancellationError.self) {
                try await store.transaction { store in
                    try await aggregate(store, tasks)
                    throw CancellationError()
                }
            }
            #expect(try await store.statistics.table() == StatisticsTable())
            #expect(try await store.rewards.totals().isEmpty)
        }
    }

    @Test("effort is told per agent, per complexity and per category")
    func efforts() async throws {
        try await TestStore.run { store, _ in
            _ = try await scoredTasks(store, count: 4)
            let efforts = try await store.statistics.efforts(since: .now.addingTimeInterval(-3600))
            #expect(efforts.count == 3)
            let agent = try #require(efforts.first { $0.agentID == ada })
            #expect(agent.tasks == 4 && agent.medianCost == 42 && agent.durationP75 == 0.25)
            #expect(efforts.contains { $0.agentID == nil && $0.complexity == 2 && $0.priced == 4 })
            #expect(efforts.contains { $0.agentID == nil && $0.complexity == nil })
            #expect(try await store.statistics.efforts(since: .now.addingTimeInterval(3600)).isEmpty)
        }
    }

    @Test("the published board is what was published, and forgets who is not on it")
    func publishes() async throws {
        try await TestStore.run { store, _ in
            try await aggregate(store, try await scoredTasks(store, count: 4))
            let today = Day(Date.now)
            let table = try await store.statistics.table()
            let agents = [ada, bob].map {
                LeaderboardAgent(id: $0, nickname: $0.rawValue.uppercased(), createdOn: today, points: 77)
            }
            try await store.statistics.publish(Leaderboard(table, agents: agents, today: today), attainable: [ada: 440])
            try await store.statistics.publish(Leaderboard(table, agents: agents, today: today), attainable: [ada: 440])
            let standings = try await store.statistics.standings()
            #expect(standings.map(\.agentID) == [ada, bob])
            let first = try #require(standings.first)
            #expect(first.overallRank == 1 && first.totalTasks == 4 && first.successfulTasks == 4)
            #expect(first.points == 77 && first.attainable == 440 && first.badges.contains("gold"))
            #expect(first.categoryPerformance["analysis"]?.count == 4 && first.categoryRanks == ["analysis": 1])
            #expect(first.rankBandLow == 1 && first.rankBandHigh == 1 && first.unknownTasks == 0)
            #expect(first.costBandLow == 1 && first.categoryPerformance["analysis"]?.rankBandHigh == 1)
            #expect(first.modelPerformance["m1"]?.since.count == 10 && first.totalCost == MicroUSD(168))
            #expect(standings.last?.overallRank == nil && standings.last?.quality == nil)

            try await store.statistics.publish(Leaderboard(table, agents: [agents[0]], today: today))
            #expect(try await store.statistics.standings().map(\.agentID) == [ada])
        }
    }
}

/// Tasks of Ada's with scores that all differ.
func scoredTasks(_ store: Store, count: Int) async throws -> [TaskID] {
    var ids: [TaskID] = []
    for index in 0..<count {
        let id = try await store.completedTask()
        _ = try await store.scores.insert([.sample(id, overall: 0.5 + Double(index) / 41)])
        ids.append(id)
    }
    return ids
}

/// What the aggregator does with a batch.
func aggregate(_ store: Store, _ tasks: [TaskID]) async throws {
    try await store.transaction { store in
        let evidence = try await store.rewards.evidence(of: tasks)
        var changes = StatisticsTable()
        for task in evidence {
            if let counted = task.counted { changes.retract(counted) }
            if let observation = task.observation { changes.add(observation) }
        }
        try await store.rewards.write(evidence.map(\.entry))
        try await store.statistics.merge(changes)
    }
}

func countFailure(_ store: Store, _ attempt: AttemptKey) async throws -> Int {
    try await store.transaction { store in
        let failures = try await store.statistics.countFailures([attempt])
        try await store.statistics.merge(StatisticsTable(failures))
        return failures.count
    }
}

extension LedgerEvidence {
    fileprivate var entry: LedgerEntry {
        let reference = RewardReference(cost: MicroUSD(42))
        let reward = Reward(
            RewardEvidence(
                fault: errorCode, overall: overall, cost: cost, durationMilliseconds: durationMilliseconds,
                rating: rating),
            reference: reference)
        return LedgerEntry(self, reward: reward, reference: reference)
    }
}

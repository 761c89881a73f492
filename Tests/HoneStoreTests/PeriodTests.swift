import Foundation
import HoneCore
import HoneIntelligence
import HoneStore
import Postgres
import Testing

@Suite("Statistics of a period", .timeLimit(.minutes(2)))
struct PeriodTests {
    @Test("over all time they are what the aggregator has counted, bit for bit")
    func sameAsCells() async throws {
        try await TestStore.run { store, _ in
            let tasks = try await scoredTasks(store, count: 12)
            try await aggregate(store, tasks)
            let id = try await store.routedTask()
            let failure = ExecutionRecord.sample(id, result: .failed(.broken, final: true))
            _ = try await store.executions.record([failure])
            _ = try await countFailure(store, failure.key)
            let counted = try await store.statistics.table()
            #expect(counted.total().count == 13 && counted.total().failed == 1)
            #expect(try await store.statistics.table(in: PeriodFilter()) == counted)
            #expect(try await store.statistics.table(in: PeriodFilter(agentID: ada)) == counted)
            #expect(try await store.statistics.table(in: PeriodFilter(agentID: bob)) == StatisticsTable())
            #expect(try await store.statistics.table(in: PeriodFilter(to: .distantPast)) == StatisticsTable())
        }
    }

    @Test("a period's points are those of its work, penalties of failed tasks among them")
    func points() async throws {
        try await TestStore.run { store, _ in
            let scored = try await scoredTasks(store, count: 2)
            let failed = try await store.routedTask()
            _ = try await store.executions.record([.sample(failed, result: .failed(.broken, final: true))])
            try await aggregate(store, scored + [failed])
            let total = try #require(try await store.rewards.totals()[ada])
            func standing(_ filter: PeriodFilter) async throws -> Standing? {
                try await store.statistics.standings(in: filter, at: .now).first { $0.agentID == ada }
            }
            let model = ModelID.named("m1")
            for filter in [PeriodFilter(from: .now.addingTimeInterval(-60)), PeriodFilter(model: model)] {
                let found = try await standing(filter)
                #expect(found?.points == total.points && found?.attainable == total.attainable)
            }
            #expect(try await standing(PeriodFilter(to: .distantPast))?.points == 0)
        }
    }

    @Test("steps are told apart by name, and a failed one is counted")
    func nodes() async throws {
        try await TestStore.run { store, _ in
            let id = try await store.routedTask()
            _ = try await store.executions.record([.sample(id)])
            let nodes = try await store.statistics.nodes(in: PeriodFilter(agentID: ada))
            #expect(nodes.map(\.name) == ["model", "render"] && nodes.map(\.failed) == [1, 0])
            #expect(nodes[0].tokens == 12 && nodes[0].meanSeconds == 0.24)
        }
    }
}

@Suite("What an evaluation comes to")
struct VerdictTests {
    private func result(
        _ status: TaskStatus, passed: Bool? = nil, score: Double? = nil, _ code: ErrorCode? = nil
    ) -> CaseResult {
        CaseResult(
            caseID: "1", taskID: .new(), status: status, passed: passed, score: score, errorCode: code, isOver: true)
    }

    @Test("what an agent fails at counts against it, and what nobody could do or judge does not count")
    func passRate() {
        let verdict = EvaluationVerdict([
            result(.completed, passed: true, score: 1), result(.completed, passed: false, score: 0.5),
            result(.failed, .modelError), result(.failed, .modelUnavailable), result(.completed),
        ])
        #expect(verdict.status == .completed && verdict.passRate == 1.0 / 3 && verdict.meanScore == 0.75)
    }

    @Test("without a completed case it has failed, and says why; cancelled altogether it is cancelled")
    func endings() {
        let failed = EvaluationVerdict([result(.failed, .modelUnavailable), result(.cancelled, .cancelled)])
        #expect(failed.status == .failed && failed.passRate == nil)
        #expect(failed.reason == "no case was completed: cancelled, model_unavailable")
        #expect(EvaluationVerdict([result(.cancelled, .cancelled)]).status == .cancelled)
    }
}

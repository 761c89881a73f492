import HoneCore
import HoneMessages
import HoneService
import HoneStore
import Logging
import ServiceLifecycle
import Synchronization

/// Completes evaluations whose tasks are all over, whichever gateway started them, and tells those who watch how far they
/// are. Of several gateways one at a time works on an evaluation.
final class EvaluationClerk: Service {
    private static let interval: Duration = .seconds(1)

    private let store: Store
    private let progress: ProgressWriter
    private let logger: Logger
    /// How many cases were done when it was last told.
    private let told = Mutex<[EvaluationID: Int]>([:])

    init(store: Store, progress: ProgressWriter, logger: Logger) {
        self.store = store
        self.progress = progress
        self.logger = logger
    }

    func run() async throws {
        await repeatUntilShutdown(every: Self.interval, "completing evaluations", logger: logger) {
            try await self.pass()
        }
    }

    func pass() async throws {
        let running = try await store.evaluations.running()
        told.withLock { told in told = told.filter { known in running.contains { $0.id == known.key } } }
        for evaluation in running {
            if let news = try await look(at: evaluation) { progress.write([news]) }
        }
    }

    /// What there is to tell, once.
    private func look(at evaluation: EvaluationRecord) async throws -> ProgressMade? {
        guard let experiment = evaluation.experimentID else { return nil }
        return try await store.transaction { store in
            guard try await store.locks.tryAcquire("evaluation/\(evaluation.id)") else { return nil }
            let standing = try await store.evaluations.progress(of: experiment)
            guard standing.done >= standing.cases else { return self.step(evaluation, standing) }
            let results = try await store.evaluations.results(of: experiment)
            let verdict = EvaluationVerdict(results)
            guard try await store.evaluations.finish(evaluation, verdict, results: results) else { return nil }
            return ProgressMade(end: evaluation, verdict, standing)
        }
    }

    private func step(_ evaluation: EvaluationRecord, _ standing: EvaluationProgress) -> ProgressMade? {
        let isNews = told.withLock { $0.updateValue(standing.done, forKey: evaluation.id) != standing.done }
        return isNews ? ProgressMade(step: evaluation, standing) : nil
    }
}

extension ProgressMade {
    fileprivate init(step evaluation: EvaluationRecord, _ standing: EvaluationProgress) {
        self.init(
            subject: .evaluation, subjectID: evaluation.id.description, agentID: evaluation.agentID, kind: .metric,
            fraction: Double(standing.done) / Double(max(1, standing.cases)), data: standing.data)
    }

    fileprivate init(
        end evaluation: EvaluationRecord, _ verdict: EvaluationVerdict, _ standing: EvaluationProgress
    ) {
        var data = standing.data.object ?? [:]
        data["status"] = .string(verdict.status.rawValue)
        data["pass_rate"] = verdict.passRate.map(JSONValue.number) ?? .null
        data["avg_confidence"] = verdict.meanScore.map(JSONValue.number) ?? .null
        self.init(
            subject: .evaluation, subjectID: evaluation.id.description, agentID: evaluation.agentID, kind: .done,
            message: verdict.reason, fraction: 1, data: .object(data))
    }
}

extension EvaluationProgress {
    fileprivate var data: JSONValue {
        ["cases": .integer(Int64(cases)), "done": .integer(Int64(done)), "passed": .integer(Int64(passed))]
    }
}

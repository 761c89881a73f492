import Foundation
import HoneBus
import HoneCore
import HoneIntelligence
import HoneMessages
import HoneModels
import HoneService
import HoneStore
import Logging

/// Has one piece of work judged: for its score, or to see how well the judge agrees with a known answer or with itself.
struct JudgeTask: MessageHandler {
    let desk: ScoringDesk
    let judge: Judge
    let sampling: JudgeSampling
    let metrics: ScoreMetrics
    let progress: ProgressWriter

    func handle(_ message: Received<JudgementRequested>, in context: HandlerContext) async throws -> Outcome {
        guard let work = try await desk.store.scores.work(of: [message.body.taskID]).first else { return .done }
        if message.body.purpose == .score, let known = try await desk.store.scores.load([work.taskID]).first,
            !known.awaitsJudgement
        {
            return .done(publish: try followUps(of: known, work, after: message))
        }
        let answer: Assessor.Answer<JudgeVerdict>?
        do {
            // The message's id tells repeated judgements of one task apart, and is the same when it comes again.
            let caller = ModelCaller("judge", of: "\(work.taskID)/\(message.id.uuidString.lowercased())")
            answer = try await ModelCaller.$current.withValue(caller) {
                try await opinion(on: work, for: message.body.purpose)
            }
        } catch let fault as ModelFault where fault.taskFault.code == .costCapExceeded {
            context.logger.info("the judge waits for a budget", metadata: ["error": "\(fault.taskFault)"])
            return try await postpone(work, because: fault.taskFault, message, at: context.now)
        } catch let fault as ModelFault where fault.taskFault.retryable && message.deliveries < Self.patience {
            return .retry(because: fault.taskFault)
        } catch let fault as ModelFault {
            // A judge that cannot be had leaves the score unknown; it never holds up the publisher for ever.
            context.logger.warning("no judgement", metadata: ["error": "\(fault.taskFault)"])
            answer = nil
        }
        return try await keep(answer, work, message)
    }

    /// Deliveries after which work goes without a verdict.
    private static let patience = 3

    private func opinion(
        on work: FinishedWork, for purpose: JudgementRequested.Purpose
    ) async throws -> Assessor.Answer<JudgeVerdict>? {
        guard let model = try await model(for: work, purpose) else { return nil }
        let template = desk.template(work.category) ?? ObjectiveTemplate(category: work.category ?? .general)
        return try await judge.assess(work, template, on: model)
    }

    /// A repetition is for the model that judged before: another one's verdict would say nothing of its noise.
    private func model(for work: FinishedWork, _ purpose: JudgementRequested.Purpose) async throws -> ModelID? {
        guard purpose == .repeat else { return judge.model(for: work) }
        let first = try await desk.store.judgements.load([work.taskID]).first { $0.purpose == .score }?.model
        return first.flatMap { judge.directory.snapshot.models[$0]?.id }
    }

    private func keep(
        _ answer: Assessor.Answer<JudgeVerdict>?, _ work: FinishedWork, _ message: Received<JudgementRequested>
    ) async throws -> Outcome {
        let kept = try await desk.store.transaction { store -> Kept? in
            if let answer {
                _ = try await store.judgements.insert([JudgementRecord(answer, of: work, for: message)])
            }
            guard message.body.purpose == .score else { return nil }
            let fresh = desk.score(work, judge: answer?.verdict, judgeModel: answer?.model)
            let late = try await store.scores.judge(answer.map { [ScoreJudgement(fresh, by: $0.model)] } ?? [])
            let insertion = try await store.scores.insert([fresh])
            return insertion.stored[work.taskID].map {
                Kept(score: $0, isNew: insertion.inserted.contains(work.taskID), isLate: !late.isEmpty)
            }
        }
        guard let kept else { return .done }
        if kept.isNew { metrics.count(kept.score) }
        progress.write([kept.score.progress], traceparent: work.traceparent)
        // Who waited for the score has been answered long ago.
        if kept.isLate { return .done(publish: [try kept.score.announcement(traceparent: work.traceparent)]) }
        return .done(publish: try followUps(of: kept.score, work, after: message))
    }

    private struct Kept: Sendable {
        let score: ScoreRecord
        /// Nobody had scored the task.
        let isNew: Bool
        /// The task had a score that waited for this verdict.
        let isLate: Bool
    }

    /// What is announced, and for some the request to judge once more.
    private func followUps(
        of score: ScoreRecord, _ work: FinishedWork, after message: Received<JudgementRequested>
    ) throws -> [Publication] {
        let announced = try desk.announcements(of: score, work, after: message)
        let isJudged = score.evaluatorKind == .judge && score.scores.overall != nil
        guard isJudged, sampling.includes(work, for: .repeat) else { return announced }
        return announced + [try message.causes(JudgementRequested(taskID: work.taskID, purpose: .repeat))]
    }
}

extension JudgementRecord {
    init(
        _ answer: Assessor.Answer<JudgeVerdict>, of work: FinishedWork, for message: Received<JudgementRequested>
    ) {
        self.init(
            id: message.id.derived("judgement"), taskID: work.taskID, model: answer.model,
            purpose: Purpose(message.body.purpose), accuracy: answer.verdict?.accuracy,
            relevance: answer.verdict?.relevance, completeness: answer.verdict?.completeness,
            reason: answer.verdict?.feedback ?? "", usage: answer.usage, cost: answer.cost,
            durationSeconds: answer.duration / .seconds(1))
    }
}

extension JudgementRecord.Purpose {
    fileprivate init(_ purpose: JudgementRequested.Purpose) {
        switch purpose {
        case .score: self = .score
        case .calibration: self = .calibration
        case .repeat: self = .repeat
        }
    }
}

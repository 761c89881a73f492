import HoneBus
import HoneCore
import HoneMessages
import HoneService
import HoneStore
import Logging

/// Takes submitted tasks on record and gives each to an agent, all of a batch together.
struct RouteTasks: BatchHandler {
    static let delivery = DeliveryPolicy.together

    let store: Store
    let desk: RoutingDesk
    let replies: ReplyKeys
    let progress: ProgressWriter

    func handle(_ batch: [Received<TaskSubmitted>], in context: HandlerContext) async throws -> [Outcome] {
        var outcomes = batch.map { refusal(of: $0.body) }
        let open = batch.indices.filter { outcomes[$0] == nil }
        let submissions = open.map { Submission(batch[$0]) }
        let drafts = submissions.mapSharing(by: \.submissionID) { submission in
            desk.step(TaskRecord(accepted: submission, at: context.now), at: context.now)
        }
        let steps = try await accept(submissions, drafts, context)
        progress.write(steps.compactMap(\.progress))
        for (index, step) in zip(open, steps) {
            outcomes[index] = .done(publish: try step.publications(after: Cause(batch[index])))
        }
        return outcomes.map { $0 ?? .done }
    }

    private func refusal(of task: TaskSubmitted) -> Outcome? {
        do throws(InvalidValue) {
            try task.check(replies: replies)
            return nil
        } catch {
            return .reject(because: TaskFault(.invalidMessage, "\(error)"))
        }
    }

    /// `drafts` take every task for a new one, as nearly all are: those go on record together with their agents, in one
    /// statement. What is known already is dealt with as it stands, and so is a task that nobody can take: should this end
    /// in between, it is on record, and its message comes again.
    private func accept(
        _ submissions: [Submission], _ drafts: [RoutingStep], _ context: HandlerContext
    ) async throws -> [RoutingStep] {
        let routes = zip(submissions, drafts).compactMap { submission, draft in
            draft.route.map { (submission.submissionID, $0) }
        }
        let acceptances = try await store.tasks.accept(
            submissions, routed: Dictionary(routes) { first, _ in first })
        let drafted = zip(zip(submissions, drafts), acceptances)
        let steps = drafted.mapSharing(by: \.0.0.submissionID) { drafted, acceptance in
            step(for: drafted.0, drafted.1, acceptance, context)
        }
        return try await answerLatecomers(store.settle(steps))
    }

    private func step(
        for submission: Submission, _ draft: RoutingStep, _ acceptance: Acceptance, _ context: HandlerContext
    ) -> RoutingStep {
        if !acceptance.isNew, let route = draft.route { desk.takeBack(route) }
        switch acceptance {
        case .new:
            return draft.onRecord
        case .again(let record) where record.awaitsRouting && record.attempt == 0:
            return desk.step(record, at: context.now)
        case .again(let record):
            return .standing(record)
        case .known(let record, let differs):
            if differs {
                context.logger.warning(
                    "another message asks for something else under a known task id",
                    metadata: ["task_id": "\(record.id)"])
            }
            return .latecomer(record, replyTo: submission.replyTo, nil)
        }
    }

    /// A second publisher of a known task gets the first one's result when that is there.
    private func answerLatecomers(_ steps: [RoutingStep]) async throws -> [RoutingStep] {
        let waiting = steps.compactMap { step -> TaskID? in
            guard case .latecomer(let record, .some, _) = step, record.status.isTerminal else { return nil }
            return record.id
        }
        guard !waiting.isEmpty else { return steps }
        let results = try await store.tasks.results(waiting)
        return steps.map { step in
            guard case .latecomer(let record, let key, _) = step else { return step }
            return .latecomer(record, replyTo: key, results[record.id])
        }
    }

    /// A submission that cannot be read, or cannot be done, is answered where it says so.
    func refused(_ message: RefusedMessage, in context: HandlerContext) async throws -> [Publication] {
        guard let data = message.data, let body = try? WireFormat.decode(JSONValue.self, from: data),
            let key = body["reply_to"]?.string, (try? replies.check(key)) != nil
        else { return [] }
        let reply = Reply(
            taskID: body["task_id"]?.string.flatMap { TaskID($0) } ?? TaskID(message.id.derived("task")),
            status: .failed, error: message.fault, metadata: body["metadata"])
        return [
            try reply.publication(to: key, id: message.id.derived(Reply.type), traceparent: message.traceparent)
        ]
    }
}

extension Submission {
    fileprivate init(_ message: Received<TaskSubmitted>) {
        self.init(
            message.body, id: message.body.taskID ?? TaskID(message.id.derived("task")), message: message.id,
            traceparent: message.traceparent)
    }
}

import Foundation
import HoneCore
import HoneMessages
import HoneModels

/// What a task may use: time until its deadline, tokens, money. Work stops at the cap, never after it.
struct Allowance {
    let time: Duration?
    let tokens: Int?
    let cost: MicroUSD?

    /// Throws `deadline_exceeded` when there is no time left.
    init(_ task: TaskSubmitted, at now: Date) throws {
        let untilDeadline = task.deadline.map { $0.timeIntervalSince(now) }
        if let untilDeadline, untilDeadline <= 0 {
            throw TaskFault(.deadlineExceeded, "the deadline passed before the work began")
        }
        time = [untilDeadline, task.constraints?.maxDuration].compactMap(\.self).min().map { .seconds($0) }
        tokens = task.constraints?.maxTokens
        cost = task.constraints?.maxCost.map(MicroUSD.init(dollars:))
    }

    /// A request within the caps; what it may cost is kept where it is made.
    func request(_ messages: [ChatMessage], _ run: AgentRun, _ crew: Crew) -> ChatRequest {
        var parameters = crew.parameters
        parameters.maxTokens = [parameters.maxTokens, tokens].compactMap(\.self).min()
        var timeouts = ChatTimeouts()
        if let time { timeouts.total = min(timeouts.total, time) }
        return ChatRequest(
            messages, parameters: parameters, responseFormat: crew.prompt.template.responseFormat,
            traceparent: run.traceparent, timeouts: timeouts,
            payer: payer(run.assignment))
    }

    /// All attempts at a task share its `max_cost`.
    private func payer(_ assignment: TaskAssigned) -> CallPayer {
        CallPayer(
            .task, taskID: assignment.taskID, agentID: assignment.agentID, experimentID: assignment.task.experimentID,
            caps: cost.map { [SpendingCap(.task(assignment.taskID), limit: $0)] } ?? [],
            isPatient: assignment.lane != .interactive)
    }
}

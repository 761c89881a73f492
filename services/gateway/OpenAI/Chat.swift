import Foundation
import HTTPTypes
import HoneCore
import HoneMessages
import HoneStore
import Hummingbird
import Logging

/// One chat completion on its way. It is work for one client: when that goes away, its task is cancelled.
struct Chat {
    /// Seconds that an answer may take.
    static let longest: TimeInterval = 300
    /// The task's own deadline comes first.
    private static let patience: Duration = .seconds(longest + 10)

    let backend: Backend
    let id: TaskID
    let caller: Caller
    let isStream: Bool
    let includesUsage: Bool
    let label: ChatLabel
    private let end: Date
    private let context: GatewayContext

    init(_ asked: ChatCompletionRequest, in context: GatewayContext, backend: Backend, at time: Date) throws {
        self.backend = backend
        id = .new()
        caller = try context.knownCaller
        isStream = asked.isStream
        includesUsage = asked.includesUsage
        label = ChatLabel(task: id, model: asked.model, at: time)
        end = time + Self.longest
        self.context = context
    }

    /// What happens to the chat's task from now on. In a stream each beat is told, elsewhere it is a look at the connection.
    func steps() -> AsyncStream<TaskStep> {
        backend.watch.steps(of: id, for: Self.patience, beat: .seconds(isStream ? 15 : 2), outlastingDrain: true)
    }

    var hasTime: Bool { Date() < end && !Task.isCancelled }

    /// The answer in one piece.
    func whole(_ steps: AsyncStream<TaskStep>) async throws -> Answer<ChatCompletion> {
        let answer = try await answer(in: steps)
        return Answer(label.completion(answer), headers: headers(answer.agentID))
    }

    private func answer(in steps: AsyncStream<TaskStep>) async throws -> ChatAnswer {
        var joint = TokenJoint()
        for await step in steps {
            switch step {
            case .event(let event):
                _ = joint.text(of: event.progress)
                if event.progress.endsTask { return try await answer(from: joint, at: event.progress) }
            case .over: return try await answer(from: joint, at: nil)
            case .beat: guard await context.isAwaited else { throw await unanswered() }
            }
        }
        throw await unanswered()
    }

    /// Throws the problem that the task ended with. Whatever told of its end, it is on record.
    func answer(from joint: TokenJoint, at end: ProgressMade?) async throws -> ChatAnswer {
        if let answer = end.flatMap(joint.answer) { return answer }
        return try await backend.store.chatAnswer(to: id)
    }

    /// The answer as it is made. It begins with the first text, so that a task which fails before has a proper status.
    func stream(_ steps: AsyncStream<TaskStep>) async throws -> Response {
        var joint = TokenJoint()
        var agent: AgentID?
        for await step in steps {
            switch step {
            case .event(let event):
                agent = event.progress.agentID ?? agent
                if let text = joint.text(of: event.progress) { return response(agent, steps, joint, text) }
                if event.progress.endsTask { return try await ended(steps, joint, event.progress) }
            case .over: return try await ended(steps, joint, nil)
            case .beat:
                guard await context.isAwaited else { throw await unanswered() }
                return response(agent, steps, joint, nil)
            }
        }
        throw await unanswered()
    }

    private func ended(
        _ steps: AsyncStream<TaskStep>, _ joint: TokenJoint, _ end: ProgressMade?
    ) async throws -> Response {
        let answer = try await answer(from: joint, at: end)
        return response(answer.agentID, steps, joint, nil, isOver: true)
    }

    private func response(
        _ agent: AgentID?, _ steps: AsyncStream<TaskStep>, _ joint: TokenJoint, _ text: String?,
        isOver: Bool = false
    ) -> Response {
        let stream = ChatStream(chat: self, steps: steps, joint: joint, first: text, isOver: isOver)
        return .events(headers: headers(agent)) { writer in try await stream.write(to: &writer) }
    }

    private func headers(_ agent: AgentID?) -> HTTPFields {
        var headers = HTTPFields()
        headers.set("\(id)", named: "X-Hone-Task-ID")
        if let agent { headers.set("\(agent)", named: "X-Hone-Agent-ID") }
        return headers
    }

    /// Nobody will hear the answer: the work is stopped.
    func unanswered() async -> Problem {
        let fault =
            await context.isAwaited
            ? TaskFault(.timeout, "no answer came in \(Int(Self.longest)) seconds")
            : TaskFault(.cancelled, "its client went away")
        await cancel(fault.message)
        return Problem(chat: fault)
    }

    func cancel(_ reason: String) async {
        do {
            guard let task = try await backend.store.tasks.load(id), !task.status.isTerminal else { return }
            _ = try await TaskEnd(store: backend.store, transport: backend.transport).cancel(task, because: reason)
        } catch {
            backend.logger.warning(
                "the task of a chat could not be cancelled", metadata: ["task_id": "\(id)", "error": "\(error)"])
        }
    }
}

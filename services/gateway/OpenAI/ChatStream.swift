import Foundation
import HoneCore
import HoneMessages
import Hummingbird

/// The body of a streamed answer.
///
/// An attempt that fails after some of its text was sent ends the stream with an error: another agent's text would not
/// go on from there.
struct ChatStream {
    let chat: Chat
    /// What has not been read of it yet is what the answer goes on with.
    let steps: AsyncStream<TaskStep>
    let joint: TokenJoint
    let first: String?
    let isOver: Bool

    @concurrent func write(to writer: inout any ResponseBodyWriter) async throws {
        do {
            try await send(chat.label.chunk(.init(role: "assistant", content: first ?? "")), to: &writer)
            try await follow(steps, joint, to: &writer)
        } catch let problem as Problem {
            try await writer.write(ServerEvent(OpenAIError(problem)).bytes)
        } catch {
            await chat.cancel("its client went away")
            throw error
        }
    }

    @concurrent private func follow(
        _ steps: AsyncStream<TaskStep>, _ joint: TokenJoint, to writer: inout any ResponseBodyWriter
    ) async throws {
        var joint = joint
        if isOver { return try await finish(joint, at: nil, to: &writer) }
        for await step in steps {
            switch step {
            case .beat: try await writer.write(ServerEvent.ping)
            case .over: return try await finish(joint, at: nil, to: &writer)
            case .event(let event):
                if let text = joint.text(of: event.progress) {
                    try await send(chat.label.chunk(.init(content: text)), to: &writer)
                }
                if joint.isBroken(by: event.progress) { throw await broken(event.progress) }
                if event.progress.endsTask { return try await finish(joint, at: event.progress, to: &writer) }
            }
        }
        guard chat.hasTime else { throw await chat.unanswered() }
        // Its client reads more slowly than the model writes: what it has not heard of by the end, it is given then.
        try await follow(chat.steps(), joint, to: &writer)
    }

    @concurrent private func finish(
        _ joint: TokenJoint, at end: ProgressMade?, to writer: inout any ResponseBodyWriter
    ) async throws {
        let answer = try await chat.answer(from: joint, at: end)
        let rest = joint.rest(of: answer.text).map { chat.label.chunk(.init(content: $0)) }
        let reason = chat.label.chunk(.init(), finishReason: answer.finishReason)
        let usage = chat.includesUsage ? chat.label.usage(answer.usage) : nil
        var last = ByteBuffer()
        for chunk in [rest, reason, usage].compactMap(\.self) {
            last.writeImmutableBuffer(try ServerEvent(chunk).bytes)
        }
        last.writeImmutableBuffer(ServerEvent(data: ByteBuffer(string: "[DONE]")).bytes)
        try await writer.write(last)
    }

    /// Whoever takes the task over would work for nobody.
    private func broken(_ progress: ProgressMade) async -> Problem {
        await chat.cancel("its answer broke off")
        let code = progress.data?["code"]?.string.flatMap(ErrorCode.init) ?? .modelError
        return Problem(chat: TaskFault(code, progress.message ?? "the answer broke off"))
    }

    @concurrent private func send(_ chunk: ChatChunk, to writer: inout any ResponseBodyWriter) async throws {
        try await writer.write(ServerEvent(chunk).bytes)
    }
}

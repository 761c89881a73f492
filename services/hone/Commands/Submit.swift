import ArgumentParser
import Foundation
import HoneAPI
import HoneBus
import HoneCore
import HoneMessages
import HoneRedis
import HoneService

struct Submit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Publish a task.",
        discussion: """
            The input comes from the argument, or from standard input. While more waits than HONE_MAX_BACKLOG allows, or \
            Redis is nearly full, the task is refused.
            """)

    @Argument(help: "The input.")
    var input: String?

    @OptionGroup var fields: TaskFields

    @Option(help: ArgumentHelp("Wait this long for the result and print it.", valueName: "seconds"))
    var wait: Double?

    @Flag(help: "Publish it however much waits already.")
    var force = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let wait, !(wait > 0 && wait <= 86_400) { throw ValidationError("--wait takes 1 to 86400 seconds") }
        if wait != nil, fields.replyTo != nil { throw ValidationError("--wait has a reply stream of its own") }
    }

    func run() async throws {
        let task = try fields.task(input: input ?? Self.standardInput())
        let submission = Submission(task: task, connections: try await .standard(), isForced: force, output: output)
        try await submission.run(waiting: wait)
    }

    private static func standardInput() throws -> String {
        let data = FileHandle.standardInput.readDataToEndOfFile()
        let text = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines)
        guard !text.isEmpty else { throw CommandFault("no input: give it as an argument or on standard input") }
        return text
    }
}

/// One task on its way, and its result.
private struct Submission {
    var task: TaskSubmitted
    let connections: Connections
    let isForced: Bool
    let output: OutputOptions

    func run(waiting seconds: Double?) async throws {
        guard let seconds else {
            try await publish(task)
            return try output.show(Self.json(task, .submitted), or: Format.text(task.taskID))
        }
        let reply = try await ReplyStream.open(through: connections, for: .seconds(seconds))
        var asking = task
        asking.replyTo = reply.key
        do {
            try await publish(asking)
            let answer = try await reply.next(within: .seconds(seconds))
            await reply.close()
            try show(answer)
        } catch {
            await reply.close()
            throw error
        }
    }

    private func publish(_ task: TaskSubmitted) async throws {
        try await connections.withTransport { transport in
            if !isForced, let refusal = try await Admission.look(through: connections, transport).refusal {
                throw CommandFault("the task is refused: \(refusal); try again later, or use --force")
            }
            try await transport.publish([Publication(task, id: TaskID.new().uuid)])
        }
    }

    private func show(_ reply: Reply?) throws {
        guard let reply else {
            if output.json { try printJSON(Self.json(task, .submitted)) }
            throw CommandFault("no result yet; task \(Format.text(task.taskID)) goes on")
        }
        try output.show(JSONValue(encoding: reply), or: Format.value(reply.output))
        guard reply.status == .completed else {
            throw CommandFault(
                "task \(Format.text(reply.taskID)) \(reply.status.rawValue): \(Format.text(reply.error))")
        }
    }

    private static func json(_ task: TaskSubmitted, _ status: TaskStatus) -> JSONValue {
        ["task_id": JSONValue(task.taskID), "status": .string(status.rawValue)]
    }
}

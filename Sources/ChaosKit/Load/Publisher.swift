import Foundation
import HoneCore
import Synchronization
import TestServers

/// An outside system: redis-cli, fed through its standard input. It sends again what Redis did not confirm, and
/// everything a second time after a while.
final class Publisher: Sendable {
    private let port: Int
    private let stream = "hone:tasks.submitted"
    private let confirmed = Mutex<[PublishedTask]>([])

    init(port: Int) {
        self.port = port
    }

    /// What Redis has confirmed at least once.
    var published: [PublishedTask] { confirmed.withLock { $0 } }

    /// Adds tasks, again and again until Redis has confirmed all of them.
    func publish(_ tasks: [PublishedTask]) async throws {
        try await send(tasks.map { add($0, id: "chaos-\($0.number)", replyTo: $0.replyTo) })
        confirmed.withLock { $0 += tasks }
    }

    /// The same messages once more; of every tenth task another message that asks for the same.
    func publishAgain(_ tasks: [PublishedTask]) async throws {
        try await send(
            tasks.map { task in
                let isSame = task.number % 10 != 0
                return add(
                    task, id: "chaos-\(task.number)\(isSame ? "" : "-again")", replyTo: isSame ? task.replyTo : nil)
            })
    }

    private func add(_ task: PublishedTask, id: String, replyTo: String?) -> String {
        let payload = task.kind.payload(id: task.id, number: task.number, replyTo: replyTo)
        return "XADD \(stream) * id \(id) source /chaos data '\(payload)'"
    }

    private func send(_ commands: [String]) async throws {
        while true {
            let lines = try await redisCLI(port, commands).split(separator: "\n")
            if lines.filter({ $0.wholeMatch(of: /[0-9]+-[0-9]+/) != nil }).count == commands.count { return }
            try await Task.sleep(for: .milliseconds(200))
        }
    }
}

/// What was asked for.
public struct PublishedTask: Sendable, Hashable {
    public var number: Int
    public var id: String
    public var kind: TaskKind
    public var replyTo: String?

    public init(number: Int, id: String, kind: TaskKind, replyTo: String?) {
        self.number = number
        self.id = id
        self.kind = kind
        self.replyTo = replyTo
    }
}

/// Runs commands, one a line, through redis-cli and returns what it printed.
func redisCLI(_ port: Int, _ commands: [String]) async throws -> String {
    let program = try ServerProcess.find("redis-cli")
    let input = commands.joined(separator: "\n") + "\n"
    return try await runProgram([program, "-h", "127.0.0.1", "-p", "\(port)"], input: input).output
}

extension PublishedTask {
    /// The stream that answers are asked at.
    static let replies = "hone:replies.chaos"

    /// All tasks of a run. Every other one asks for a reply.
    static func all(_ count: Int, mix: TaskMix, seed: UInt64) -> [PublishedTask] {
        var random = SplitMix64(seed: seed)
        return (0..<count).map { number in
            PublishedTask(
                number: number, id: Self.id(using: &random), kind: mix.kind(using: &random),
                replyTo: number % 2 == 0 ? replies : nil)
        }
    }

    /// A random UUID (RFC 9562, version 4).
    private static func id(using random: inout SplitMix64) -> String {
        var bytes = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
        let groups = [0..<4, 4..<6, 6..<8, 8..<10, 10..<16].map { digits[$0].joined() }
        return groups.joined(separator: "-")
    }
}

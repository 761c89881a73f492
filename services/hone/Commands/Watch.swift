import ArgumentParser
import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneRedis

struct Watch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show what moves, tokens as they stream.",
        discussion: "With a task's id: what is still known of it, then what comes, until it is over.")

    @Argument(help: "A task's id; everything if it is left out.")
    var taskID: TaskID?

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let viewer = ProgressViewer(task: taskID?.description, asJSON: output.json)
        try await Connections.standard().withTransport { transport in
            try await viewer.follow(transport)
        }
    }
}

/// Shows progress as it comes: everything, or one task until it is over.
final class ProgressViewer {
    private let task: String?
    private let asJSON: Bool
    private var printer: ProgressPrinter

    init(task: String?, asJSON: Bool) {
        self.task = task
        self.asJSON = asJSON
        printer = ProgressPrinter(isSingle: task != nil)
    }

    func follow(_ transport: any BusTransport) async throws {
        for try await delivery in transport.tail(.progress, from: task == nil ? .latest : .oldest)
        where show(delivery) {
            return
        }
    }

    /// True when nothing more is worth waiting for.
    private func show(_ delivery: Delivery) -> Bool {
        guard let data = delivery.envelope["data"],
            let progress = try? WireFormat.decode(ProgressMade.self, from: Data(data)),
            task == nil || progress.subjectID == task
        else { return false }
        if asJSON {
            Terminal.say(String(decoding: data, as: UTF8.self))
        } else {
            printer.show(progress)
        }
        return task != nil && progress.isLast
    }
}

extension ProgressMade {
    /// Nothing more is worth waiting for.
    var isLast: Bool { kind == .score || kind == .done || kind == .error && endsTask }
}

/// Events as lines; the tokens of a single task run on as text.
struct ProgressPrinter {
    let isSingle: Bool
    private var isInsideText = false

    init(isSingle: Bool) {
        self.isSingle = isSingle
    }

    mutating func show(_ progress: ProgressMade) {
        if progress.kind == .token, isSingle {
            Terminal.write(progress.message ?? "")
            isInsideText = true
            return
        }
        if isInsideText { Terminal.say("") }
        isInsideText = false
        Terminal.say(Self.line(progress))
    }

    static func line(_ progress: ProgressMade) -> String {
        let agent = progress.agentID.map { " \($0)" } ?? ""
        let data = progress.data.map { " " + Format.value($0) } ?? ""
        return "\(progress.subject.rawValue) \(progress.subjectID)\(agent) \(progress.kind.rawValue): "
            + Format.short(progress.message ?? "", 200) + data
    }
}

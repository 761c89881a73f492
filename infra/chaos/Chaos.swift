import ArgumentParser
import ChaosKit
import Foundation

/// Breaks a stack of real processes and proves that every promise was kept.
@main
struct Chaos: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hone-chaos",
        abstract: "Breaks a stack of real processes and proves that every promise was kept.",
        discussion: "Exit status 0: all held; 1: something did not. The seed fixes the tasks and the plan of faults.")

    @Option(help: "Fixes tasks and faults; drawn when not given.")
    var seed: UInt64 = UInt64.random(in: 0..<1_000_000)

    @Option(help: "Tasks to publish, each twice.")
    var tasks = 100_000

    @Option(help: "Seconds between two kills of a service.")
    var killEvery = 5.0

    @Option(help: "How often everything in Redis goes.")
    var flushes = 2

    @Option(help: "Processes per service.")
    var instances = 2

    @Option(help: "Open tasks at which publishing pauses.")
    var window = 2_000

    @Option(help: "Share of tasks that are reviewed.")
    var reviewRate = 0.02

    @Option(help: "Seconds that the stack gets to finish everything after the last fault.")
    var patience = 300.0

    @Option(help: "The folder of the SQL files.")
    var migrations = "infra/migrations"

    @Option(help: "Where the report goes, as .md and .json.")
    var out: String?

    @Flag(help: "Keep the services' logs whatever the outcome.")
    var keepLogs = false

    func validate() throws {
        guard tasks > 0, killEvery > 0, flushes >= 0, instances > 0, window > 0, patience > 0 else {
            throw ValidationError(
                "tasks, kill-every, instances, window and patience are more than 0, flushes at least 0")
        }
        guard (0...1).contains(reviewRate) else { throw ValidationError("review-rate is from 0 to 1") }
    }

    func run() async throws {
        tell("seed \(seed)")
        let stack = try await ChaosStack(stackOptions, binaries: .beside())
        let outcome: Result<ChaosReport, any Error>
        do {
            outcome = .success(try await ChaosRun(stack, chaosOptions) { tell($0) }.run())
        } catch {
            outcome = .failure(error)
        }
        let holds = (try? outcome.get().holds) ?? false
        await stack.end(keepingLogs: keepLogs || !holds)
        if keepLogs || !holds { tell("logs: \(stack.folder)") }
        try publish(outcome.get())
        if !holds { throw ExitCode.failure }
    }

    private func publish(_ report: ChaosReport) throws {
        tell("\n" + report.markdown)
        guard let out else { return }
        let folder = (out as NSString).deletingLastPathComponent
        if !folder.isEmpty {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }
        try Data(report.markdown.utf8).write(to: URL(fileURLWithPath: out + ".md"))
        try report.json().write(to: URL(fileURLWithPath: out + ".json"))
        tell("written: \(out).md and \(out).json")
    }

    private var stackOptions: StackOptions {
        StackOptions(
            instances: Dictionary(StackOptions.services.map { ($0, instances) }) { first, _ in first },
            settings: [
                "HONE_LOG_LEVEL": "warning", "HONE_CONCURRENCY": "64", "HONE_REVIEW_RATE": "\(reviewRate)",
                "HONE_REVIEW_ALWAYS": "none", "HONE_JUDGE_SAMPLE_RATE": "0.01",
            ],
            migrations: migrations, postgres: ["-c", "shared_buffers=256MB", "-c", "synchronous_commit=on"])
    }

    private var chaosOptions: ChaosOptions {
        ChaosOptions(
            seed: seed,
            plan: .long(seed: seed, services: stackOptions.ids, killEvery: killEvery, flushes: flushes),
            load: LoadOptions(tasks: tasks, mix: .mostlyEcho, batch: max(1, min(250, window / 4)), window: window),
            patience: .seconds(patience))
    }
}

/// Writes a line at once: a log that is read while it grows must not lag behind.
private func tell(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
}

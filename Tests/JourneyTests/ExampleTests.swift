import Foundation
import HoneCore
import HoneStore
import HoneTestKit
import ScriptedModel
import TestServers
import Testing

/// A program of `infra/examples`, run as the README says.
struct Example: Sendable, CustomTestStringConvertible {
    let command: [String]

    var testDescription: String { command.joined(separator: " ") }

    static let all = [
        ["python", "publish.py"], ["python", "publish_celery.py"], ["bash", "publish-resp.sh"],
        ["sh", "publish-redis-cli.sh"], ["node", "publish.js"],
    ].map(Example.init)

    /// Debian's own Node would pull in half a desktop, so that it is no requirement of the tests.
    var isRunnable: Bool {
        guard command[0] == "node" else { return true }
        return (try? ServerProcess.find("node")) != nil
    }

    func run(_ text: String, seconds: Int = 60, redis: String) async throws -> ProgramOutcome {
        try await OutsidePrograms.run(command + [text, "\(seconds)"], environment: ["REDIS_URL": redis])
    }
}

@Suite("Publishers in other languages", .serialized, .timeLimit(.minutes(5)))
struct ExampleTests {
    static let runnable = Example.all.filter(\.isRunnable)

    /// Nothing in it may mean anything to a shell, to JSON or to RESP.
    static let tricky = "\"Über\" \\\" 5 €,\n\ttwo lines \\n, 'quoted' $HOME %s \\u0041"

    @Test("each prints the answer, whatever the texts hold, and fails with the reason where there is none")
    func answers() async throws {
        let settings = ["HONE_CELERY_QUEUE": "celery", "HONE_REVIEW_RATE": "0", "HONE_REVIEW_ALWAYS": "none"]
        try await Workshop.open(on: .redis, namespace: "hone", settings: settings) { workshop in
            let sentiment = HoneCore.Category.named("sentiment")
            _ = try await workshop.store.templates.apply(ObjectiveTemplate(category: sentiment))
            try await workshop.store.hire(Agent(id: .named("cleo"), specialization: [sentiment], model: .alpha))
            workshop.models.alpha.replace(script: .always(.text(Self.tricky)))
            try await workshop.running(everybody) {
                for example in Self.runnable {
                    let done = try await example.run("\(Self.tricky) from \(example)", redis: workshop.bus.url)
                    #expect(done.status == 0 && done.output == "\(Self.tricky)\n", "\(example): \(done.complaints)")
                    let failed = try await example.run("", redis: workshop.bus.url)
                    #expect(failed.status == 1 && failed.output.isEmpty, "\(example)")
                    #expect(failed.complaints.contains("invalid_message: "), "\(example): \(failed.complaints)")
                    #expect(failed.complaints.contains("input: expected a text that is not empty"), "\(example)")
                }
            }
            let asked = workshop.models.alpha.requests.map(\.lastUserText)
            for example in Self.runnable {
                #expect(asked.filter { $0.contains("\(Self.tricky) from \(example)") }.count == 1, "\(example)")
            }
        }
    }

    @Test("each gives up in time when nobody answers", arguments: runnable)
    func silence(_ example: Example) async throws {
        let server = try await TestRedis.start()
        defer { server.stop() }
        let run = try await example.run("anybody there?", seconds: 1, redis: server.url)
        #expect(run.status == 1 && run.output.isEmpty && run.complaints.contains("no answer within 1 s"))
    }
}

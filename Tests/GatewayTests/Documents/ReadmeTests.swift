import Foundation
import HoneTestKit
import TestServers
import Testing

@testable import Evaluator
@testable import Executor
@testable import Gateway
@testable import Router

@Suite("The README, for those who call the API")
struct ReadmeTests {
    @Test("every command of its section runs")
    func commands() async throws {
        let blocks = try Self.blocks()
        #expect(blocks.count == 5)
        try await TestGateway.open(beside: [Router.self, Executor.self, Evaluator.self]) { gateway in
            try await gateway.readyForExamples()
            let python = try await PythonEnvironment.examples.programs() + "/python"
            let script = blocks.joined(separator: "\n")
                .replacing("http://127.0.0.1:8080", with: gateway.url)
                .replacing("ws://127.0.0.1:8080", with: gateway.url.replacing("http:", with: "ws:"))
                .replacing(".hone/examples-venv/bin/python", with: python)
            let outcome = try await runProgram(
                [
                    "timeout", "-k", "5", "120", "env", "PATH=\(Self.binaries):/usr/local/bin:/usr/bin:/bin",
                    "DATABASE_URL=\(gateway.workshop.database.url)", "bash", "-euo", "pipefail",
                ], input: script)
            let text = "\(outcome.output)\(outcome.complaints)"
            #expect(outcome.status == 0, "\(text)")
            for word in [#""status":"completed""#, "agent_id,", "event: done", "hello", "role publisher"] {
                #expect(text.contains(word), "\(text)")
            }
        }
    }

    /// Where `hone` was built, beside these tests.
    private static let binaries = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().path

    /// The `sh` blocks of the section.
    private static func blocks() throws -> [String] {
        let text = try String(contentsOf: TestDatabase.repository.appending(path: "README.md"), encoding: .utf8)
        let section = text.split(separator: "\n## ").first { $0.hasPrefix("If you call the API") } ?? ""
        return section.split(separator: "```sh\n").dropFirst().compactMap { block in
            block.split(separator: "\n```").first.map(String.init)
        }
    }
}

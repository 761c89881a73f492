import Foundation
import HoneCore
import HoneService
import HoneTestKit
import TestServers
import Testing

@testable import Evaluator
@testable import Executor
@testable import Gateway
@testable import Router

/// What other programs make of the documents.
@Suite("The documents, by other programs")
struct ConformanceTests {
    private static let environment = PythonEnvironment(
        "contracts-venv", requirements: "infra/contracts/check/requirements.txt")

    @Test("openapi.yaml is sound")
    func lint() async throws {
        let file = Contract.folder.appending(path: "openapi.yaml").path
        let outcome = try await runProgram([try await Self.environment.programs() + "/openapi-spec-validator", file])
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.complaints)")
    }

    /// Schemathesis makes requests of the document, right and wrong ones, always the same, with and without a key, and
    /// compares the answers.
    @Test("whatever the gateway is asked, it answers as its document says, and never with an error of its own")
    func schemathesis() async throws {
        let programs = try await Self.environment.programs()
        let settings = TestGateway.withAuthentication.merging(["HONE_RATE_LIMIT": "0"]) { $1 }
        let services: [any ServiceDefinition.Type] = [Router.self, Executor.self, Evaluator.self]
        try await TestGateway.open(settings: settings, beside: services, first: true) { gateway in
            let key = try await gateway.key(.admin).text
            // A key that was good before is not locked out with the wrong ones that come from the same address.
            try await gateway.readyForExamples(headers: [.bearer(key)])
            let check = Contract.folder.appending(path: "check")
            let outcome = try await runProgram([
                "timeout", "-k", "5", "240", "env", "HONE_KEY=\(key)",
                "SCHEMATHESIS_HOOKS=\(check.appending(path: "hooks.py").path)", "\(programs)/schemathesis",
                "--config-file", check.appending(path: "schemathesis.toml").path, "run", "\(gateway.url)/openapi.json",
            ])
            #expect(outcome.status == 0, "\(outcome.output.suffix(20_000))\(outcome.complaints)")
        }
    }
}

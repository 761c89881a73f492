import HTTPTypes
import HoneBus
import HoneCore
import Logging
import Postgres
import Testing

@testable import Gateway

@Suite("What an error is told as")
struct ProblemTests {
    private let logger = Logger(label: "problems") { _ in SwiftLogNoOpLogHandler() }

    @Test("an outage is 503 and passes; a fault of ours is 500; neither names what is behind")
    func insides() {
        struct Secretive: Error, CustomStringConvertible { let description = "10.0.0.7 said no" }
        let outages: [any Error] = [
            DatabaseError.connectionLost(server: "10.0.0.7", reason: "no"), BusError.unavailable("10.0.0.7"),
        ]
        for outage in outages {
            let problem = Problem(outage, logger: logger)
            #expect(problem.status == .serviceUnavailable && problem.headers[.retryAfter] == "1")
            #expect(!problem.detail.contains("10.0.0.7"))
        }
        let fault = Problem(Secretive(), logger: logger)
        #expect(fault.status == .internalServerError && fault.code == "internal" && !fault.detail.contains("10.0.0.7"))
        let value = Problem(InvalidValue(path: "a.b", found: "1", expected: "2"), logger: logger)
        #expect(value.status == .unprocessableContent && value.faults.map(\.path) == ["a.b"])
    }

    @Test("a chat that a budget stops is told as OpenAI tells an empty account, and is not to be sent again")
    func emptyBudget() throws {
        let problem = Problem(chat: TaskFault(.costCapExceeded, "the budget of the day is used up"))
        #expect(problem.status.code == 429 && problem.headers.value(named: "x-should-retry") == "false")
        let error = OpenAIError(problem).error
        #expect(error.type == "insufficient_quota" && error.code == "cost_cap_exceeded")
    }
}

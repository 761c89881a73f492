import Foundation
import Testing

@testable import Hone

@Suite("Scaling services", .timeLimit(.minutes(1)))
struct ScaleTests {
    @Test("a wish is a service and a number")
    func wishes() throws {
        #expect(try ScaleWish.parse(["executor=3", "router=0"]) == ["executor": 3, "router": 0])
        for bad in ["executor", "executor=", "executor=-1", "executor=65", "executor=1=2", "=1=", "executor=x"] {
            #expect(throws: (any Error).self, "\(bad)") { try ScaleWish.parse([bad]) }
        }
    }

    @Test("where nothing is up there is nothing to scale, and a bad wish is wrong usage")
    func nothing() async throws {
        let scratch = try Scratch()
        let program = HoneProgram(folder: scratch.path)
        let outcome = try await program.run("scale", "executor=2")
        #expect(outcome.status == 1 && outcome.complaints.contains("no services are up here"))
        #expect(try await program.run("scale", "executor").status == 2)
        #expect(try await program.run("scale").status == 2)
        withExtendedLifetime(scratch) {}
    }
}

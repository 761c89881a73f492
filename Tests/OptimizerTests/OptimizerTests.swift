import Testing

@testable import Optimizer

@Suite("The optimizer")
struct OptimizerTests {
    @Test("gives way to work that somebody waits for")
    func unhurried() {
        #expect(Optimizer.isUnhurried)
    }
}

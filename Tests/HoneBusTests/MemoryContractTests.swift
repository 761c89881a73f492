import BusTestKit
import Testing

@Suite("The bus in memory", .timeLimit(.minutes(2)))
struct MemoryContractTests {
    @Test("keeps the bus's promises", arguments: BusContract.all)
    func contract(_ behaviour: BusBehaviour) async throws {
        try await behaviour.check { MemoryBusUnderTest(partitions: $0) }
    }
}

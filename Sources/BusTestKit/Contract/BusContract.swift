/// One promise of the bus, and how to check it.
public struct BusBehaviour: Sendable, CustomStringConvertible {
    /// A sentence about behaviour.
    public let description: String
    let partitions: Int
    private let check: @Sendable (Workbench) async throws -> Void

    init(
        _ description: String, partitions: Int = 1, _ check: @escaping @Sendable (Workbench) async throws -> Void
    ) {
        self.description = description
        self.partitions = partitions
        self.check = check
    }

    /// Checks the promise on an empty bus; throws what is broken.
    public func check(on makeBus: (_ partitions: Int) async throws -> any BusUnderTest) async throws {
        try await check(Workbench(makeBus(partitions), partitions: partitions))
    }
}

/// What every transport promises together with the consumer: one suite for all implementations.
public enum BusContract {
    public static let all: [BusBehaviour] =
        delivering + identity + retrying + refusing + claiming + stopping + sharing + upkeep + tailing + deadLetters
}

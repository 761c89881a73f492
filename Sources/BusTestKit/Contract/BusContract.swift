/// One promise of the bus, and how to check it.
public struct BusBehaviour: Sendable, CustomStringConvertible {
    /// A sentence about behaviour.
    public let description: String
    let partitions: Int
    /// Whether it is about the inside of a single stream, and says nothing of a topic in several.
    let isOfOneStream: Bool
    private let check: @Sendable (Workbench) async throws -> Void

    init(
        _ description: String, partitions: Int = 1, ofOneStream: Bool = false,
        _ check: @escaping @Sendable (Workbench) async throws -> Void
    ) {
        self.description = description
        self.partitions = partitions
        isOfOneStream = ofOneStream
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
        delivering + identity + retrying + hanging + refusing + claiming + stopping + sharing + upkeep + tailing
        + deadLetters + vitals

    /// For a bus whose internal topics are in several partitions, whatever a behaviour asks. An outsider's additions
    /// go to the first partition, and the entries of a topic are those of all.
    public static let partitioned = all.filter { !$0.isOfOneStream }
}

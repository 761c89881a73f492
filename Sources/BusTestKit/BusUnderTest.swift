public import HoneBus

/// A bus that the contract is checked on: empty at first, and the test's own.
public protocol BusUnderTest: Sendable {
    var namespace: String { get }

    /// Another process's way to the same bus.
    func transport(partitions: Int) -> any BusTransport

    /// Publishes an entry as an outsider would, and returns its id.
    @discardableResult func add(_ envelope: Envelope, to key: String) async throws -> String
    func entries(of key: String) async throws -> [Envelope]

    /// Loses everything, groups included.
    func flush() async throws
}

/// The in-memory bus under the contract.
public struct MemoryBusUnderTest: BusUnderTest {
    private let memory: MemoryTransport

    public init(partitions: Int = 1) {
        memory = MemoryTransport(partitions: partitions)
    }

    public var namespace: String { memory.namespace }
    public func transport(partitions: Int) -> any BusTransport { memory }
    public func add(_ envelope: Envelope, to key: String) async throws -> String { memory.add(envelope, to: key) }
    public func entries(of key: String) async throws -> [Envelope] { memory.entries(of: key) }
    public func flush() async throws { memory.flush() }
}

/// What a bus did that it must not do.
public struct BrokenPromise: Error, CustomStringConvertible {
    public let description: String
}

/// Throws ``BrokenPromise`` with the place of the call unless the condition holds.
public func expect(
    _ condition: Bool, _ what: @autoclosure () -> String, file: StaticString = #fileID, line: Int = #line
) throws {
    guard condition else { throw BrokenPromise(description: "\(file):\(line): \(what())") }
}

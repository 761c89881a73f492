public import HoneBus

/// How much the bus has to carry, and whether it takes more.
public struct Admission: Sendable {
    /// What the router announced last; nil when no router tells.
    public let backlog: Int?
    public let limit: Int
    public let memory: BusMemory

    public init(of transport: any BusTransport, limit: Int) async throws {
        backlog = try await transport.announcedBacklog()
        self.limit = limit
        memory = try await transport.memory()
    }

    /// Why new work is refused; nil when it is not.
    public var refusal: String? {
        if let backlog, backlog > limit {
            return "\(backlog) messages wait already, the limit (HONE_MAX_BACKLOG) is \(limit)"
        }
        return memory.complaint
    }
}

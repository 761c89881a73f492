/// The state of the bus as a whole, beside what waits in it.
public protocol BusVitals: Sendable {
    /// Which life of the bus this is: another one than before means that it lost its data. Nil when nobody has prepared
    /// it since.
    func epoch() async throws -> BusEpoch?

    /// Another one after each loss of its data, each start of a server and each change of the primary: what was
    /// acknowledged in the moments before may be gone.
    func incarnation() async throws -> String

    /// How full its memory is.
    func memory() async throws -> BusMemory

    /// Tells everybody, outsiders too, how much waits, under `hone:backlog`. Gone after `lifetime`, so that nobody trusts
    /// a figure that is no longer looked after.
    func announce(backlog: Int, for lifetime: Duration) async throws

    /// What was announced last; nil when that is too long ago.
    func announcedBacklog() async throws -> Int?
}

/// One life of the bus, from an empty start until its data are lost.
public struct BusEpoch: Hashable, Sendable {
    public let name: String
    /// How long ago it began, by the bus's own clock.
    public let age: Duration

    public init(name: String, age: Duration) {
        self.name = name
        self.age = age
    }
}

/// What the bus holds and may hold.
public struct BusMemory: Hashable, Sendable {
    public let bytes: Int
    /// Nil when nothing is set.
    public let limit: Int?

    public init(bytes: Int, limit: Int?) {
        self.bytes = bytes
        self.limit = limit
    }

    /// Above this new work is refused, so that what is under way can finish.
    public static let full = 0.9
    /// Below this new work is taken again.
    public static let relieved = 0.85

    /// 0 to 1; 0 without a limit.
    public var share: Double { limit.map { Double(bytes) / Double(max(1, $0)) } ?? 0 }

    /// Why new work is refused; nil when it is not.
    public var complaint: String? {
        guard share >= Self.full, let limit else { return nil }
        return "the bus's memory is \(Int(share * 100)) % full (\(bytes >> 20) of \(limit >> 20) MB)"
    }
}

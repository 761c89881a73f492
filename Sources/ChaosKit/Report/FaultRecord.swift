import Synchronization

/// One fault that happened.
public struct FaultRecord: Sendable, Codable, Hashable {
    public var kind: String
    public var target: String
    /// Seconds after the first task was published.
    public var at: Double
    /// Messages that the victim held when it went; nil where that means nothing.
    public var held: Int?
    /// Seconds until others had taken over what the victim held, or until a task finished again after the outage; nil
    /// when there was nothing to recover.
    public var recovery: Double?
}

/// What has happened so far.
final class Journal: Sendable {
    private let records = Mutex<[FaultRecord]>([])

    var all: [FaultRecord] { records.withLock { $0 } }

    /// Returns the record's place.
    func add(_ fault: Fault, at time: Double) -> Int {
        records.withLock { records in
            records.append(FaultRecord(kind: fault.kind, target: fault.target, at: time))
            return records.count - 1
        }
    }

    func note(_ place: Int, held: Int? = nil, recovery: Double? = nil) {
        records.withLock { records in
            if let held { records[place].held = held }
            if let recovery { records[place].recovery = recovery }
        }
    }
}

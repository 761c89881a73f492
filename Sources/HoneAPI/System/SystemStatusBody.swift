public import Foundation
public import HoneBus
public import HoneCore

/// What runs, what waits, and how far the tasks are. What could not be asked is null and named in `faults`.
public struct SystemStatusBody: Codable, Sendable {
    /// Whether something answers.
    public struct Reachability: Codable, Sendable {
        public var reachable: Bool
        @OrNull public var latencyMilliseconds: Double?

        enum CodingKeys: String, CodingKey {
            case reachable
            case latencyMilliseconds = "latency_ms"
        }

        public init(reachable: Bool, latency: Duration?) {
            self.reachable = reachable
            latencyMilliseconds = latency.map { $0 / .milliseconds(1) }
        }
    }

    /// One service, as its members show on the bus.
    public struct Service: Codable, Sendable {
        public struct Member: Codable, Sendable {
            public var consumer: String
            public var idleSeconds: Double
            public var pending: Int

            enum CodingKeys: String, CodingKey {
                case consumer, pending
                case idleSeconds = "idle_seconds"
            }
        }

        public var service: String
        public var members: [Member]
        /// What it still has to do, under way or not.
        public var backlog: Int
    }

    /// Whether new work is taken.
    public struct Admission: Codable, Sendable {
        @OrNull public var backlog: Int?
        public var limit: Int
        public var memoryBytes: Int
        @OrNull public var memoryLimit: Int?
        @OrNull public var refusal: String?

        enum CodingKeys: String, CodingKey {
            case backlog, limit, refusal
            case memoryBytes = "memory_bytes"
            case memoryLimit = "memory_limit"
        }

        public init(backlog: Int?, limit: Int, memory: BusMemory, refusal: String?) {
            self.backlog = backlog
            self.limit = limit
            memoryBytes = memory.bytes
            memoryLimit = memory.limit
            self.refusal = refusal
        }
    }

    public var version: String
    public var time: Date
    public var database: Reachability
    public var redis: Reachability
    public var services: [Service]
    @OrNull public var bus: BusDepth?
    @OrNull public var admission: Admission?
    /// By status.
    @OrNull public var tasks: [String: Int]?
    public var faults: [String]
}

extension SystemStatusBody {
    public init(version: String, time: Date) {
        self.version = version
        self.time = time
        database = Reachability(reachable: false, latency: nil)
        redis = Reachability(reachable: false, latency: nil)
        services = []
        faults = []
    }

    /// Takes in what the bus holds, and who reads it; a group is named after the service that reads it.
    public mutating func see(_ depth: BusDepth, members: [MemberSighting], groups: [String]) {
        bus = depth
        let seen = Dictionary(grouping: members, by: \.group)
        services = groups.map { group in
            Service(
                service: group,
                members: (seen[group] ?? []).map {
                    Service.Member(consumer: $0.consumer, idleSeconds: $0.idle, pending: $0.pending)
                }, backlog: depth.backlog(of: group))
        }
    }

    public mutating func see(_ counts: [TaskStatus: Int]) {
        tasks = Dictionary(TaskStatus.allCases.map { ($0.rawValue, counts[$0] ?? 0) }) { first, _ in first }
    }
}

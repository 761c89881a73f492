import HoneBus
import HoneCore
import HoneRedis
import HoneService

/// How much the bus has to carry, and whether it takes more.
struct Admission {
    /// What the router announced last; nil when no router tells.
    let backlog: Int?
    let limit: Int
    let memory: BusMemory

    static func look(through connections: Connections, _ transport: RedisTransport) async throws -> Admission {
        let limit = connections.source.text("HONE_MAX_BACKLOG").flatMap { Int($0) } ?? .max
        return Admission(
            backlog: try await transport.announcedBacklog(), limit: limit, memory: try await transport.memory())
    }

    /// Why new work is refused; nil when it is not.
    var refusal: String? {
        if let backlog, backlog > limit {
            return "\(backlog) messages wait already, the limit (HONE_MAX_BACKLOG) is \(limit)"
        }
        return memory.complaint
    }

    var text: String {
        let waiting = backlog.map { "\($0) of \(limit)" } ?? "unknown, no router tells"
        return "backlog: \(waiting)   memory: \(memoryText)"
    }

    private var memoryText: String {
        let used = "\(memory.bytes >> 20) MB"
        return memory.limit.map { "\(used) of \($0 >> 20) MB" } ?? used
    }

    var json: JSONValue {
        [
            "backlog": backlog.map { JSONValue($0) } ?? .null, "limit": JSONValue(limit),
            "memory_bytes": JSONValue(memory.bytes), "memory_limit": memory.limit.map { JSONValue($0) } ?? .null,
            "refusal": JSONValue(refusal),
        ]
    }
}

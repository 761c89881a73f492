import HoneAPI
import HoneBus
import HoneService

extension Admission {
    static func look(through connections: Connections, _ transport: any BusTransport) async throws -> Admission {
        let limit = connections.source.text("HONE_MAX_BACKLOG").flatMap { Int($0) } ?? .max
        return try await Admission(of: transport, limit: limit)
    }

    var text: String {
        let waiting = backlog.map { "\($0) of \(limit)" } ?? "unknown, no router tells"
        return "backlog: \(waiting)   memory: \(memoryText)"
    }

    var body: SystemStatusBody.Admission {
        SystemStatusBody.Admission(backlog: backlog, limit: limit, memory: memory, refusal: refusal)
    }

    private var memoryText: String {
        let used = "\(memory.bytes >> 20) MB"
        return memory.limit.map { "\(used) of \($0 >> 20) MB" } ?? used
    }
}

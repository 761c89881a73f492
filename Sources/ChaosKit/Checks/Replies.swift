import HoneCore
import Postgres
import Redis

extension ReplySeen {
    /// Nil for an entry that is no reply.
    init?(_ entry: RedisStreamEntry) {
        guard let id = entry.text("id"), let data = entry.text("data"),
            let body = try? WireFormat.decode(JSONValue.self, from: .init(data.utf8)),
            let task = body["task_id"]?.string
        else { return nil }
        self.init(task: task.lowercased(), id: id)
    }
}

/// What publishers were answered.
struct ReplyChecks {
    let replies: [ReplySeen]

    func all(_ connection: PostgresConnection) async throws -> [Finding] {
        let asked = try await connection.query(
            """
            select id::text from agent_tasks
            where reply_to is not null and status in ('completed', 'failed', 'cancelled', 'expired')
            """, as: String.self)
        let answers = Dictionary(grouping: replies, by: \.task).mapValues { Set($0.map(\.id)) }
        return [
            Finding(
                "every finished task that asked for a reply got one", .missing, asked.filter { answers[$0] == nil }),
            Finding(
                "a task was answered with one reply, however often it was delivered", .duplicate,
                asked.filter { (answers[$0]?.count ?? 0) > 1 }.map {
                    "\($0): \((answers[$0] ?? []).sorted().joined(separator: ", "))"
                }),
        ]
    }
}

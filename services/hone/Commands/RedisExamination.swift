import Foundation
import HoneBus
import Redis

/// Whether Redis is fit to carry the bus.
struct RedisExamination {
    let connections: Connections

    func findings() async -> [Finding] {
        do {
            let client = RedisClient(try connections.redisEndpoint(), options: RedisOptions(name: "hone-doctor"))
            do {
                let findings = try await look(client)
                await client.close()
                return findings
            } catch {
                await client.close()
                throw error
            }
        } catch {
            return [.unreachable("redis", error, advice: "start it (`hone up` starts a private one) or mend REDIS_URL")]
        }
    }

    private func look(_ client: RedisClient) async throws -> [Finding] {
        let before = Date()
        let time = try await client.time() / .seconds(1)
        let here = (before.timeIntervalSince1970 + Date().timeIntervalSince1970) / 2
        let version = try await client.info("server")["redis_version"] ?? ""
        return [Self.version(version), .clock("redis", skew: time - here)] + (await Self.settings(of: client))
            + [try await Self.place(of: client)]
    }

    /// A cluster is reached through any of its nodes, replicas too; the other findings are of that node alone.
    private static func place(of client: RedisClient) async throws -> Finding {
        guard try await client.info("cluster")["cluster_enabled"] == "1" else {
            guard client.endpoint.others.isEmpty else {
                return Finding(
                    .wrong, "redis cluster", "several hosts, and no cluster",
                    advice: "name one server in REDIS_URL, or sentinels with redis+sentinel://")
            }
            return try await role(of: client)
        }
        let facts = try await client.clusterInfo()
        let isWhole = facts["cluster_state"] == "ok"
        let size = "\(facts["cluster_size"] ?? "?") nodes with slots"
        return Finding(
            isWhole ? .fine : .wrong, "redis cluster", isWhole ? size : "not whole, \(size)",
            advice: "see `redis-cli --cluster check` for nodes that are away and slots that nobody serves")
    }

    private static func role(of client: RedisClient) async throws -> Finding {
        let isPrimary = try await client.info("replication")["role"] == "master"
        return Finding(
            isPrimary ? .fine : .wrong, "redis role", isPrimary ? "primary" : "replica",
            advice: "a replica takes no messages: name the primary in REDIS_URL")
    }

    /// Whether what Redis says is on disk is there; a full disk shows here first.
    private static func persistence(_ client: RedisClient) async throws -> Finding {
        let status = try await client.info("persistence")["aof_last_write_status"] ?? ""
        return Finding(
            status == "ok" ? .fine : .wrong, "redis last write to disk", status,
            advice: "look for a full disk and into the log of Redis")
    }

    private static func version(_ text: String) -> Finding {
        let major = text.split(separator: ".").first.flatMap { Int($0) } ?? 0
        return Finding(major >= 7 ? .fine : .wrong, "redis version", text, advice: "the bus needs Redis 7.0 or later")
    }

    private static func settings(of client: RedisClient) async -> [Finding] {
        do {
            let aof = try await client.configGet("appendonly")["appendonly"] ?? ""
            let policy = try await client.configGet("maxmemory-policy")["maxmemory-policy"] ?? ""
            return [
                Finding(
                    aof == "yes" ? .fine : .doubtful, "redis appendonly", aof,
                    advice: "set appendonly yes, or messages are lost when Redis ends"),
                Finding(
                    policy == "noeviction" ? .fine : .wrong, "redis maxmemory-policy", policy,
                    advice: "set maxmemory-policy noeviction, or streams may vanish"),
                try await persistence(client), try await memory(client),
            ]
        } catch {
            return [Finding(.doubtful, "redis settings", faultLines(of: error).joined(separator: "; "))]
        }
    }

    private static func memory(_ client: RedisClient) async throws -> Finding {
        let facts = try await client.info("memory")
        let (used, limit) = (Double(facts["used_memory"] ?? "") ?? 0, Double(facts["maxmemory"] ?? "") ?? 0)
        guard limit > 0 else { return Finding(.fine, "redis memory", megabytes(used) + ", no limit of its own") }
        // New tasks are refused from there on.
        let verdict: Finding.Verdict =
            used < 0.8 * limit ? .fine : used < BusMemory.full * limit ? .doubtful : .wrong
        return Finding(
            verdict, "redis memory", "\(megabytes(used)) of \(megabytes(limit))",
            advice: "raise maxmemory, or find the stream that grows with `hone status` and scale its reader")
    }

    private static func megabytes(_ bytes: Double) -> String { Format.decimals(bytes / 1_048_576, 1) + " MB" }
}

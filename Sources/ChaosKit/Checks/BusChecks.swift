import Redis

/// What must hold in Redis once nothing is under way.
struct BusChecks {
    let redis: RedisClient
    let evidence: Evidence
    let namespace = "hone"

    /// Settled entries that may stay on a work stream: trimming takes whole nodes of a hundred.
    static let settledEntries = 300
    /// Streams that are read by nobody's group, and about how long they may get.
    static let caps = ["stats.updated": 1_000, "prompts.changed": 1_000, "progress": 100_000, "logs": 50_000]

    func all() async throws -> [Finding] {
        let streams = try await BusView(redis, namespace: namespace).streams()
        return [
            pending(streams), growth(streams), try await delayed(),
            try await letters(), try await unreadable(), try await foreign(),
        ]
    }

    private func pending(_ streams: [BusView.Stream]) -> Finding {
        let old = streams.flatMap { stream in
            stream.groups.flatMap { group in
                group.pending.filter { $0.idle > evidence.lease }.map {
                    "\(stream.key) \(group.name): \($0.id) of \($0.consumer), idle \($0.idle), \($0.deliveries) deliveries"
                }
            }
        }
        return Finding("no pending entry is older than the lease", .missing, old)
    }

    private func growth(_ streams: [BusView.Stream]) -> Finding {
        let long = streams.compactMap { stream -> String? in
            let name = String(stream.key.dropFirst(namespace.count + 1))
            guard name != "dead", !name.hasPrefix("replies.") else { return nil }
            let limit = Self.caps[name].map { $0 + $0 / 10 + 100 } ?? Self.settledEntries
            return stream.length > limit ? "\(stream.key): \(stream.length) entries, at most \(limit) expected" : nil
        }
        return Finding("no stream grew without bound", .wrong, long)
    }

    private func delayed() async throws -> Finding {
        let key = "\(namespace):delayed"
        let members = try await redis.send(
            RedisCommand("ZRANGE", [.string(key), "0", "4", "WITHSCORES"]))
        let examples = (members.elements ?? []).compactMap { $0.string?.prefix(80) }.map(String.init)
        return Finding("the delayed set is empty", .missing, try await redis.zcard(key), examples)
    }

    private func letters() async throws -> Finding {
        let wanted = ["dead_reason", "dead_code", "dead_stream", "dead_group"]
        let bare = try await redis.xrange("\(namespace):dead").compactMap { letter -> String? in
            let missing = wanted.filter { (letter.text($0) ?? "").isEmpty }
            return missing.isEmpty ? nil : "\(letter.id) has no \(missing.joined(separator: ", "))"
        }
        return Finding("each dead letter carries its reason, code, stream and group", .missing, bare)
    }

    /// After a flush nobody can say what was still to be read.
    private func unreadable() async throws -> Finding {
        let name = "every unreadable message is a dead letter"
        guard evidence.flushes == 0 else { return Finding(name + " (not asked after a flush)", .missing, []) }
        let letters = try await redis.xrange("\(namespace):dead").compactMap { $0.text("id") }
        let known = Set(letters + evidence.deadLetters)
        let lost = evidence.published.filter { $0.kind == .unreadable && !known.contains("chaos-\($0.number)") }
        return Finding(name, .missing, lost.map { "chaos-\($0.number)" })
    }

    /// Messages of somebody else that waited in the delayed set: none twice, and without a flush none missing.
    private func foreign() async throws -> Finding {
        let numbers = try await redis.xrange(Foreign.stream).compactMap { $0.text("number") }
        let distinct = Set(numbers).count
        let lost = evidence.flushes == 0 ? evidence.delayed - distinct : 0
        return Finding(
            "each message in the delayed set came back once", .duplicate, numbers.count - distinct + max(0, lost),
            ["\(evidence.delayed) put in, \(numbers.count) came back, \(distinct) different ones"])
    }
}

import Redis

/// Waits until nothing is under way any more.
struct Quiet {
    let redis: RedisClient
    let gauge: WorkGauge

    /// What is still under way, in words; empty when all is quiet.
    func unrest() async -> [String] {
        guard let states = await gauge.states() else { return ["Postgres does not answer"] }
        let open = states.values.reduce(0, +) - states.finished
        do {
            return try await (open > 0 ? ["\(open) open tasks"] : []) + busUnrest()
        } catch {
            return ["Redis does not answer: \(error)"]
        }
    }

    private func busUnrest() async throws -> [String] {
        var unrest: [String] = []
        for stream in try await BusView(redis).streams() {
            for group in stream.groups {
                if !group.pending.isEmpty {
                    unrest.append("\(stream.key) \(group.name): \(group.pending.count) pending")
                }
                if group.lags { unrest.append("\(stream.key) \(group.name): entries not delivered") }
            }
        }
        let delayed = try await redis.zcard("hone:delayed")
        return unrest + (delayed > 0 ? ["\(delayed) delayed messages"] : [])
    }

    /// Returns nil once it is quiet, else what was still under way at the deadline.
    func wait(until deadline: ContinuousClock.Instant) async throws -> [String]? {
        var quietPolls = 0
        while true {
            let unrest = await unrest()
            quietPolls = unrest.isEmpty ? quietPolls + 1 : 0
            // A message between two places is in neither for a moment.
            if quietPolls == 3 { return nil }
            if ContinuousClock.now >= deadline { return unrest }
            try await Task.sleep(for: .milliseconds(200))
        }
    }
}

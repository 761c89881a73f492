import Redis
import Synchronization

/// Measures how long it takes until a fault is no longer felt.
final class RecoveryWatch: Sendable {
    private static let patience: Duration = .seconds(90)
    private static let poll: Duration = .milliseconds(100)

    private let redis: RedisClient
    private let gauge: WorkGauge
    private let journal: Journal
    private let watches = Mutex<[Task<Void, Never>]>([])

    init(redis: RedisClient, gauge: WorkGauge, journal: Journal) {
        self.redis = redis
        self.gauge = gauge
        self.journal = journal
    }

    /// Until nothing is pending any more for the process that was just killed or frozen.
    func watchMessages(of pid: Int32, _ place: Int) {
        let start = ContinuousClock.now
        watch { [self] in
            var held = 0
            while ContinuousClock.now < start + Self.patience {
                if let now = try? await pending(of: pid) {
                    held = max(held, now)
                    guard now > 0 else { break }
                }
                try? await Task.sleep(for: Self.poll)
            }
            journal.note(place, held: held, recovery: held > 0 ? seconds(since: start) : nil)
        }
    }

    /// Until another task is finished; call it when the outage is over.
    func watchProgress(_ place: Int) async {
        let start = ContinuousClock.now
        watch { [self] in
            var before: Int?
            while ContinuousClock.now < start + Self.patience {
                if let states = await gauge.states() {
                    let (finished, all) = (states.finished, states.values.reduce(0, +))
                    if let before, finished > before {
                        return journal.note(place, recovery: seconds(since: start))
                    }
                    if finished == all, before != nil { return }
                    before = before ?? finished
                }
                try? await Task.sleep(for: Self.poll)
            }
        }
    }

    /// Returns when every watch is over.
    func finish() async {
        for watch in watches.withLock({ $0 }) { await watch.value }
    }

    private func watch(_ body: @escaping @Sendable () async -> Void) {
        watches.withLock { $0.append(Task { await body() }) }
    }

    private func seconds(since start: ContinuousClock.Instant) -> Double {
        (ContinuousClock.now - start) / .seconds(1)
    }

    /// Consumers are named after their process.
    private func pending(of pid: Int32) async throws -> Int {
        var count = 0
        for stream in try await BusView(redis).keys() {
            for group in try await redis.xinfoGroups(stream) {
                let members = try await redis.xinfoConsumers(stream, group: group.name)
                count += members.filter { $0.name.contains("-\(pid)-") }.reduce(0) { $0 + $1.pending }
            }
        }
        return count
    }
}

import CoreMetrics
import HoneCore
import Logging
import Synchronization

extension Intake {
    func acquire(_ limit: Int) async {
        do {
            let deliveries = try await takeOver(limit) + fetch(limit)
            advance { $0.acquired(deliveries) }
        } catch {
            await recover(from: error)
            advance { $0.acquired([]) }
        }
    }

    /// Empty unless it is time to look after the others' messages.
    private func takeOver(_ limit: Int) async throws -> [Delivery] {
        guard pulse.isTakeOverDue(every: options.renewEvery) else { return [] }
        let before = Set(held)
        let taken = try await transport.takeOver(from: streams, idle: options.claimAfter, limit: limit, as: member)
        pulse.beat()
        if taken.vanished > 0 { metrics.vanished.increment(by: taken.vanished) }
        if !taken.deliveries.isEmpty {
            logger.info("took over abandoned messages", metadata: ["messages": "\(taken.deliveries.count)"])
        }
        return await newlyTaken(taken.deliveries, before)
    }

    /// Without our own, taken over if renewing them failed for a while: they are in work already. Those that were, and
    /// are no more, may have been handed back before we took them, or settled since: handing back is right for both.
    private func newlyTaken(_ taken: [Delivery], _ before: Set<Delivery>) async -> [Delivery] {
        let held = Set(held)
        await handBackOnce(taken.filter { before.contains($0) && !held.contains($0) })
        return taken.filter { !before.contains($0) && !held.contains($0) }
    }

    private func fetch(_ limit: Int) async throws -> [Delivery] {
        guard gate.isOpen else {
            try await Task.sleep(for: options.fetchWait)
            return []
        }
        if let pause = rest.withLock({ $0 }) { try? await Task.sleep(until: pause, clock: .continuous) }
        let turns = turns.withLock { $0.share(limit) }
        let request = FetchRequest(turns, limit: limit, wait: options.fetchWait)
        let deliveries = try await transport.fetch(request, as: member)
        pulse.beat()
        let isPart = !deliveries.isEmpty && deliveries.count < limit && gathering > .zero
        rest.withLock { $0 = isPart ? .now + gathering : nil }
        return deliveries
    }

    private func recover(from error: any Error) async {
        let failures = pulse.fail(error)
        if failures == 1 { logger.warning("cannot fetch messages", metadata: ["error": "\(error)"]) }
        if case BusError.groupMissing = error { try? await transport.prepare([worker.topic]) }
        var generator = SystemRandomNumberGenerator()
        try? await Task.sleep(for: options.outageBackoff.delay(attempt: failures, using: &generator))
    }
}

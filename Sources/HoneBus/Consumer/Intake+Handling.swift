import Logging
import Synchronization

extension Intake {
    func handle(_ call: ConsumerState.Call) {
        let work = Task { [worker] in await worker.work(call.deliveries) }
        running.withLock { $0[call.id] = work }
        Task {
            let worked = await work.value
            running.withLock { $0[call.id] = nil }
            await settle(worked.settlements, of: call.id)
            if state.withLock({ $0.isHeld(call: call.id) }) { await handBackOnce(worked.interrupted) }
            advance { $0.finished(call: call.id) }
        }
    }

    /// Until it is done, or until a shutdown has given the messages to others.
    private func settle(_ settlements: [Settlement], of call: Int) async {
        guard !settlements.isEmpty else { return }
        var generator = SystemRandomNumberGenerator()
        var failures = 0
        while state.withLock({ $0.isHeld(call: call) }) {
            do {
                try await transport.settle(settlements, as: member)
                return pulse.recovered()
            } catch {
                failures += 1
                pulse.fail(error)
                logger.warning("cannot settle messages", metadata: ["error": "\(error)"])
                try? await Task.sleep(for: options.outageBackoff.delay(attempt: failures, using: &generator))
            }
        }
    }

    func handBack(_ deliveries: [Delivery]) async {
        await handBackOnce(deliveries)
        advance { $0.handedBack() }
    }

    /// Without a second try: the lease lapses anyway, and a shutdown must not wait for a bus that is away.
    func handBackOnce(_ deliveries: [Delivery]) async {
        guard !deliveries.isEmpty else { return }
        do {
            try await transport.handBack(deliveries, as: member)
        } catch {
            logger.warning("cannot hand messages back", metadata: ["error": "\(error)"])
        }
    }
}

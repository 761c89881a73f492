import Logging
import Synchronization

extension Intake {
    func handle(_ call: ConsumerState.Call) {
        // Under the lock, so that the task is noted before it can end.
        running.withLock { running in
            running[call.id] = Task { ended(EndedCall(id: call.id, worked: await worker.work(call.deliveries))) }
        }
    }

    private func ended(_ call: EndedCall) {
        running.withLock { $0[call.id] = nil }
        advance { $0.worked(call: call.id) }
        guard desk.add(call) else { return }
        // A task of its own: a shutdown may have cancelled the handler's.
        Task { while let calls = desk.take() { await settle(calls) } }
    }

    /// All in one transaction; when that fails, each call answers for itself.
    private func settle(_ calls: [EndedCall]) async {
        do {
            try await settleOnce(calls.filter { isHeld($0) })
            for call in calls { await finish(call) }
        } catch {
            pulse.fail(error)
            for call in calls { Task { await settleAlone(call) } }
        }
    }

    /// Until it is done, or until a shutdown has given the messages to others.
    private func settleAlone(_ call: EndedCall) async {
        var generator = SystemRandomNumberGenerator()
        var failures = 0
        while isHeld(call) {
            do {
                try await settleOnce([call])
                return await finish(call)
            } catch {
                failures += 1
                pulse.fail(error)
                logger.warning("cannot settle messages", metadata: ["error": "\(error)"])
                try? await Task.sleep(for: options.outageBackoff.delay(attempt: failures, using: &generator))
            }
        }
    }

    private func settleOnce(_ calls: [EndedCall]) async throws {
        let settlements = calls.flatMap(\.worked.settlements)
        guard !settlements.isEmpty else { return }
        try await transport.settle(settlements, as: member)
        pulse.recovered()
    }

    private func finish(_ call: EndedCall) async {
        if isHeld(call) { await handBackOnce(call.worked.interrupted) }
        advance { $0.finished(call: call.id) }
    }

    private func isHeld(_ call: EndedCall) -> Bool { state.withLock { $0.isHeld(call: call.id) } }

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

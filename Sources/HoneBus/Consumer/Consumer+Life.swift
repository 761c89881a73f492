import HoneCore
import Logging
import Synchronization

extension Consumer {
    /// Works until ``drain()`` has been called and everything in hand is finished or handed back.
    ///
    /// Cancelling the calling task skips the time to finish: handlers are cancelled at once. Throws only when the bus
    /// is unfit at the start (``BusError`` that waiting cannot mend).
    public func run() async throws {
        let service = Task { try await serve() }
        try await withTaskCancellationHandler {
            try await service.value
        } onCancel: {
            shutDown(startingWith: .cancelling)
        }
    }

    /// Begins the shutdown: fetches no more, lets handlers finish for the grace period, then cancels them, then hands
    /// back what is left. Returns at once; ``run()`` returns when it is over.
    public func drain() {
        shutDown(startingWith: .draining)
    }

    private func serve() async throws {
        let intakes = try lifecycle.withLock { lifecycle in
            guard !lifecycle.hasStarted else { throw ConsumerError.alreadyRunning }
            lifecycle.hasStarted = true
            return lifecycle.intakes
        }
        try await prepare(intakes.map(\.worker.topic))
        let caretaker = Caretaker(transport: transport, intakes: intakes, options: options, logger: logger)
        let duties = Task { await caretaker.run() }
        await withTaskGroup { group in
            for intake in intakes { group.addTask { await intake.run() } }
            if intakes.isEmpty { group.addTask { await self.untilShutdown() } }
        }
        duties.cancel()
        await duties.value
        lifecycle.withLock { $0.countdown }?.cancel()
        try? await transport.leave(intakes.flatMap(\.streams), as: member)
    }

    private func untilShutdown() async {
        await withCheckedContinuation { continuation in
            let isOver = lifecycle.withLock { lifecycle in
                guard lifecycle.stage == .working else { return true }
                lifecycle.idler = continuation
                return false
            }
            if isOver { continuation.resume() }
        }
    }

    private func prepare(_ topics: [Topic]) async throws {
        var generator = SystemRandomNumberGenerator()
        var failures = 0
        while lifecycle.withLock({ $0.stage }) == .working {
            do {
                try await transport.prepare(topics)
                return lifecycle.withLock { $0.startupProblem = nil }
            } catch let error as any TransientFault where error.isTransient {
                failures += 1
                if failures == 1 { logger.warning("waiting for the bus", metadata: ["error": "\(error)"]) }
                lifecycle.withLock { $0.startupProblem = "\(error)" }
                try? await Task.sleep(for: options.outageBackoff.delay(attempt: failures, using: &generator))
            }
        }
    }

    private func shutDown(startingWith stage: Stage) {
        guard enter(stage) else { return }
        let countdown = Task {
            if stage == .draining {
                try await Task.sleep(for: options.gracePeriod)
                _ = enter(.cancelling)
            }
            try await Task.sleep(for: options.cancelPeriod)
            _ = enter(.abandoned)
        }
        lifecycle.withLock { lifecycle in
            lifecycle.countdown?.cancel()
            lifecycle.countdown = countdown
        }
    }

    /// False when the stage had been reached before.
    private func enter(_ stage: Stage) -> Bool {
        let intakes: [Intake]? = lifecycle.withLock { lifecycle in
            guard lifecycle.stage < stage else { return nil }
            lifecycle.stage = stage
            lifecycle.idler?.resume()
            lifecycle.idler = nil
            return lifecycle.intakes
        }
        guard let intakes else { return false }
        logger.info("shutting down", metadata: ["stage": "\(stage)"])
        for intake in intakes {
            switch stage {
            case .working: break
            case .draining: intake.drain()
            case .cancelling: intake.cancel()
            case .abandoned: intake.abandon()
            }
        }
        return true
    }
}

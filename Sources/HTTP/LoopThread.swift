/// What the loop's thread does. It lives on that thread alone, hence not `Sendable`.
final class LoopThread {
    private let loop: TransferLoop
    private let multi: MultiHandle
    private var active: [EasyHandle.ID: ActiveTransfer] = [:]
    private var ids: [ObjectIdentifier: EasyHandle.ID] = [:]
    /// No deadline of ours is before this. Activity only moves deadlines back, so it need not be exact.
    private var nextCheck: ContinuousClock.Instant?
    private var stop = Stop.never

    private enum Stop { case never, whenIdle, now }

    init(of loop: TransferLoop, multi: MultiHandle) {
        self.loop = loop
        self.multi = multi
    }

    func run() {
        while true {
            for command in loop.takeCommands() { obey(command) }
            if stop == .now || (stop == .whenIdle && active.isEmpty) { break }
            multi.perform()
            while let (id, result) = multi.nextFinished() { active[id].map { finish($0, result: result) } }
            let now = ContinuousClock.now
            if let nextCheck, nextCheck <= now { checkDeadlines(now) }
            multi.poll(until: nextCheck.map { ContinuousClock.now.duration(to: $0) })
        }
        for transfer in active.values { end(transfer, .failure(HTTPError.shutDown)) }
    }

    private func obey(_ command: TransferLoop.Command) {
        switch command {
        case .add(let transfer): add(transfer)
        case .unpause(let transfer): active(transfer).map(unpause)
        case .cancel(let transfer): active(transfer).map(remove)
        case .finishWhenIdle: if stop == .never { stop = .whenIdle }
        case .shutDown: stop = .now
        }
    }

    private func active(_ transfer: Transfer) -> ActiveTransfer? {
        ids[ObjectIdentifier(transfer)].flatMap { active[$0] }
    }
}

// MARK: the life of a transfer

extension LoopThread {
    private func add(_ transfer: Transfer) {
        if transfer.hasEnded { return }
        do throws(HTTPError) {
            let new = try ActiveTransfer(transfer, options: loop.options)
            try multi.add(new.handle)
            active[new.handle.id] = new
            ids[ObjectIdentifier(transfer)] = new.handle.id
            let deadline = new.clock.firstDeadline
            nextCheck = nextCheck.map { min($0, deadline) } ?? deadline
        } catch {
            transfer.finish(.failure(error))
        }
    }

    private func unpause(_ transfer: ActiveTransfer) {
        transfer.clock.touch()
        // Offers the held bytes again at once, and may fail while doing so.
        if let failed = transfer.handle.unpause() { finish(transfer, result: failed) }
    }

    private func finish(_ transfer: ActiveTransfer, result: EasyHandle.Code) {
        end(transfer, transfer.outcome(of: result).mapError { $0 })
    }

    private func end(_ transfer: ActiveTransfer, _ outcome: Result<Void, any Error>) {
        remove(transfer)
        transfer.transfer.finish(outcome)
    }

    /// Takes the transfer off the loop. A connection in mid-answer is closed by this.
    private func remove(_ transfer: ActiveTransfer) {
        multi.remove(transfer.handle)
        active[transfer.handle.id] = nil
        ids[ObjectIdentifier(transfer.transfer)] = nil
    }

    private func checkDeadlines(_ now: ContinuousClock.Instant) {
        nextCheck = nil
        for transfer in active.values {
            switch transfer.deadline(at: now) {
            case .passed(let phase):
                end(transfer, .failure(HTTPError.timedOut(phase: phase, host: transfer.transfer.host)))
            case .notBefore(let instant):
                nextCheck = nextCheck.map { min($0, instant) } ?? instant
            }
        }
    }
}

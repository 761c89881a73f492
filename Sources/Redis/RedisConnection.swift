/// Keeps one connection to a server, on a thread of its own, and serves a mailbox over it.
actor RedisConnection {
    private let endpoint: RedisEndpoint
    private let options: RedisOptions
    private let mailbox: RedisMailbox
    private let cutoff: SocketCutoff
    private let lane: BlockingLane
    private var session: RedisSession?
    private var failures = 0
    private var random = SystemRandomNumberGenerator()

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe lane.asUnownedSerialExecutor() }

    init(_ endpoint: RedisEndpoint, options: RedisOptions, mailbox: RedisMailbox, cutoff: SocketCutoff) {
        self.endpoint = endpoint
        self.options = options
        self.mailbox = mailbox
        self.cutoff = cutoff
        lane = BlockingLane(name: "redis")
    }

    /// Serves the mailbox until nothing waits in it.
    func work() async {
        while !mailbox.rest() {
            do {
                try liveSession().serve(mailbox)
            } catch  where session != nil {
                session = nil
            } catch {
                await standBack(after: error)
            }
        }
    }

    /// A task that does ``work()``, begun on the lane itself.
    nonisolated func startWorking() -> Task<Void, Never> {
        Task.detached(executorPreference: lane) { await self.work() }
    }

    func disconnect() { session = nil }

    /// The session at hand, or a new one when there is none or the server has hung up meanwhile.
    private func liveSession() throws(RedisError) -> RedisSession {
        if let session, !session.isStale { return session }
        session = nil
        let fresh = try RedisSession.opened(to: endpoint, options: options, cutoff: cutoff)
        session = fresh
        failures = 0
        return fresh
    }

    /// Fails whoever has waited too long, or everybody when no attempt can help; then pauses if anybody is left.
    private func standBack(after error: RedisError) async {
        failures += 1
        let cause: RedisError =
            if case .timedOut = error {
                .disconnected(server: endpoint.address, reason: "the server does not answer")
            } else {
                error
            }
        let overdue =
            error.isTransient
            ? mailbox.takeIssued(before: .now - options.connectPatience) : mailbox.takeAll()
        for request in overdue { request.settle(.failure(RedisUnsent(cause: cause))) }
        guard let oldest = mailbox.oldestIssued else { return }
        let pause = options.backoff(afterFailures: failures, using: &random)
        // A cancelled pause means that the client is being closed: the mailbox is empty then.
        try? await Task.sleep(until: min(.now + pause, oldest + options.connectPatience), clock: .continuous)
    }
}

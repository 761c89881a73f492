import Synchronization

/// One exchange, shared by the loop's thread, which fills it, and the task that empties it.
final class Transfer: Sendable {
    /// What became of a piece of the body.
    enum Acceptance {
        case taken
        /// The buffer is full: pause, and offer the piece again.
        case full
        /// Nobody wants it any more.
        case ended
    }

    let request: HTTPRequest
    let host: String
    private let bufferLimit: Int
    private let loop: TransferLoop
    private let state = Mutex(TransferState())

    init(_ request: HTTPRequest, host: String, bufferLimit: Int, on loop: TransferLoop) {
        self.request = request
        self.host = host
        self.bufferLimit = bufferLimit
        self.loop = loop
    }
}

// MARK: the reader's side

extension Transfer {
    /// Hands the request to the loop and waits for the head of the answer.
    func start() async throws -> ResponseHead {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let answer = state.withLock { $0.awaitHead(continuation) }
                if let answer { continuation.resume(with: answer) } else { loop.send(.add(self)) }
            }
        } onCancel: {
            cancel()
        }
    }

    /// The next piece of the body, never empty, or `nil` after the last.
    func nextChunk() async throws -> [UInt8]? {
        try await withTaskCancellationHandler {
            try Task.checkCancellation()
            return try await withCheckedThrowingContinuation { continuation in
                let step = state.withLock { $0.read(continuation) }
                step.answer.map { continuation.resume(with: $0) }
                if step.mustUnpause { loop.send(.unpause(self)) }
            }
        } onCancel: {
            cancel()
        }
    }

    /// Closes the transfer unless it has ended; whoever waits for it gets a `CancellationError`.
    func cancel() {
        if end(.failure(CancellationError()), dropsBuffer: true) { loop.send(.cancel(self)) }
    }
}

// MARK: the loop's side

extension Transfer {
    var hasEnded: Bool { state.withLock { $0.outcome != nil } }

    var isPaused: Bool { state.withLock { $0.isPaused } }

    /// The head is complete; `start` returns.
    func deliver(_ head: ResponseHead) {
        state.withLock { $0.takeHeadWaiter() }?.resume(returning: head)
    }

    func offer(_ bytes: [UInt8]) -> Acceptance {
        let (acceptance, reader) = state.withLock { $0.accept(bytes, limit: bufferLimit) }
        reader?.resume(returning: bytes)
        return acceptance
    }

    func finish(_ outcome: Result<Void, any Error>) {
        end(outcome, dropsBuffer: false)
    }

    /// Ends the exchange and wakes whoever waits. False when it had already ended.
    @discardableResult
    private func end(_ outcome: Result<Void, any Error>, dropsBuffer: Bool) -> Bool {
        guard let waiters = state.withLock({ $0.end(outcome, dropsBuffer: dropsBuffer) }) else { return false }
        switch outcome {
        case .success:
            waiters.reader?.resume(returning: nil)
            waiters.head?.resume(throwing: HTTPError.invalidResponse(host: host, reason: "no final answer"))
        case .failure(let error):
            waiters.reader?.resume(throwing: error)
            waiters.head?.resume(throwing: error)
        }
        return true
    }
}

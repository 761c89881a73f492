import Synchronization

/// A body as it arrives, for one reader, once.
///
/// While nobody reads, at most one buffer is filled and then the transfer is paused, so that the server feels it.
/// Dropping the iterator, or cancelling the task that waits in it, closes the transfer. What was received before a
/// failure is handed out before the failure is thrown.
public struct ResponseBody: AsyncSequence, Sendable {
    public typealias Element = [UInt8]

    private let lease: TransferLease

    init(of transfer: Transfer) {
        lease = TransferLease(on: transfer)
    }

    public func makeAsyncIterator() -> Iterator {
        Iterator(body: lease, own: lease.claim())
    }

    public struct Iterator: AsyncIteratorProtocol, Sendable {
        fileprivate let body: TransferLease
        fileprivate let own: TransferLease?

        /// The next chunk, never empty, or `nil` after the last.
        ///
        /// Throws `HTTPError`, or `CancellationError` when the task is cancelled. A second iterator of one body is
        /// refused with `HTTPError.invalidRequest`.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws -> [UInt8]? {
            guard let own else { throw HTTPError.invalidRequest(reason: "a body is read once") }
            return try await own.transfer.nextChunk()
        }
    }

    /// The whole body. It is bounded by the request's `maximumBodyBytes`.
    public func collect() async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await chunk in self { bytes += chunk }
        return bytes
    }
}

/// Closes the transfer when its holder is gone.
private final class TransferLease: Sendable {
    let transfer: Transfer
    private let isClaimed = Atomic(false)

    init(on transfer: Transfer) {
        self.transfer = transfer
    }

    /// The lease of the one reader; `nil` for those who come after.
    func claim() -> TransferLease? {
        isClaimed.exchange(true, ordering: .relaxed) ? nil : TransferLease(on: transfer)
    }

    deinit { transfer.cancel() }
}

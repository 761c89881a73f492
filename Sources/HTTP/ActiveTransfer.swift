/// A transfer while libcurl works on it. It lives on the loop's thread alone, hence not `Sendable`.
final class ActiveTransfer {
    let transfer: Transfer
    let handle: EasyHandle
    var clock: TransferClock
    private var head: HeadParser
    private var received = 0
    private var failure: HTTPError?

    init(_ transfer: Transfer, options: HTTPClientOptions) throws(HTTPError) {
        self.transfer = transfer
        handle = try EasyHandle()
        clock = TransferClock(transfer.request.timeouts)
        head = HeadParser(followsRedirects: transfer.request.maximumRedirects > 0)
        try handle.configure(transfer.request, options)
        try handle.observe(by: self)
    }

    func deadline(at now: ContinuousClock.Instant) -> TransferClock.Deadline {
        clock.deadline(at: now, connectedAfter: handle.connectedAfter, isPaused: transfer.isPaused)
    }

    /// What libcurl's result means, or what we had decided before it.
    func outcome(of result: EasyHandle.Code) -> Result<Void, HTTPError> {
        if let failure { return .failure(failure) }
        guard let error = handle.error(for: result, host: transfer.host) else { return .success(()) }
        return .failure(error)
    }
}

extension ActiveTransfer: TransferObserver {
    func moved() {
        clock.touch()
    }

    func receivedHeader(_ line: [UInt8]) -> Bool {
        clock.touch()
        do throws(HeadParser.TooLarge) {
            if let head = try head.feed(line) { transfer.deliver(head) }
            return true
        } catch {
            failure = .invalidResponse(host: transfer.host, reason: "the headers are too large")
            return false
        }
    }

    func receivedBody(_ bytes: [UInt8]) -> Transfer.Acceptance {
        clock.touch()
        if bytes.isEmpty { return .taken }
        let limit = transfer.request.maximumBodyBytes
        guard bytes.count <= limit - received else {
            failure = .bodyTooLarge(limit: limit)
            return .ended
        }
        let acceptance = transfer.offer(bytes)
        if case .taken = acceptance { received += bytes.count }
        return acceptance
    }
}

/// Where one exchange stands, between the loop's thread and the reader. Decides; the transfer resumes and sends.
struct TransferState {
    typealias Head = CheckedContinuation<ResponseHead, any Error>
    typealias Reader = CheckedContinuation<[UInt8]?, any Error>

    private(set) var isPaused = false
    private(set) var outcome: Result<Void, any Error>?
    private var headWaiter: Head?
    private var reader: Reader?
    private var buffer: [UInt8] = []

    /// The answer when the exchange was cancelled before it began; otherwise none, and the waiter is kept.
    mutating func awaitHead(_ new: Head) -> Result<ResponseHead, any Error>? {
        if case .failure(let error) = outcome { return .failure(error) }
        headWaiter = new
        return nil
    }

    mutating func takeHeadWaiter() -> Head? {
        headWaiter.take()
    }

    /// The answer to a reader, or none when it has to wait.
    mutating func read(_ new: Reader) -> (answer: Result<[UInt8]?, any Error>?, mustUnpause: Bool) {
        if reader != nil {
            return (.failure(HTTPError.invalidRequest(reason: "two tasks read one body")), false)
        }
        if !buffer.isEmpty {
            defer { (buffer, isPaused) = ([], false) }
            return (.success(buffer), isPaused)
        }
        if let outcome { return (outcome.map { nil }, false) }
        reader = new
        return (nil, false)
    }

    /// Takes a piece into the buffer, or returns the reader who waits for it.
    mutating func accept(_ bytes: [UInt8], limit: Int) -> (Transfer.Acceptance, Reader?) {
        if outcome != nil { return (.ended, nil) }
        if let waiting = reader.take() { return (.taken, waiting) }
        guard buffer.count < limit else {
            isPaused = true
            return (.full, nil)
        }
        buffer += bytes
        return (.taken, nil)
    }

    /// Whoever waited; `nil` when the exchange had already ended.
    mutating func end(
        _ new: Result<Void, any Error>, dropsBuffer: Bool
    ) -> (head: Head?, reader: Reader?)? {
        guard outcome == nil else { return nil }
        outcome = new
        if dropsBuffer { buffer = [] }
        return (headWaiter.take(), reader.take())
    }
}

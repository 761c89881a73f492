import HoneCore
import Synchronization

/// Lets concurrent callers share one write: while a batch is under way, the calls that arrive form the next one.
///
/// A single caller waits for nobody; a thousand wait for a few transactions instead of a thousand.
public final class GroupCommit<Input: Sendable, Output: Sendable>: Sendable {
    /// Answers in the order of its inputs.
    public typealias Write = @Sendable ([Input]) async throws -> [Output]

    private typealias Waiter = (input: Input, continuation: CheckedContinuation<Output, any Error>)
    private struct State {
        var waiting: [Waiter] = []
        var isWriting = false
    }

    private let write: Write
    private let limit: Int
    private let spacing: Duration
    private let state = Mutex(State())

    /// Writes begin at least `spacing` apart, unless a whole batch of `limit` waits: each costs something of its own,
    /// whatever its size. Who comes when it is quiet waits for nothing.
    public init(limit: Int = 256, spacing: Duration = .zero, write: @escaping Write) {
        self.limit = limit
        self.spacing = spacing
        self.write = write
    }

    /// Returns when the batch with `input` has been written. An input that makes its batch fail fails alone.
    public func submit(_ input: Input) async throws -> Output {
        try await withCheckedThrowingContinuation { continuation in
            let isFirst = state.withLock { state in
                state.waiting.append((input, continuation))
                defer { state.isWriting = true }
                return !state.isWriting
            }
            // At once and on this thread: whoever comes alone waits for no other.
            if isFirst { Task.immediate { await self.drain() } }
        }
    }

    private func drain() async {
        while let batch = next() {
            let start = ContinuousClock.now
            await settle(batch)
            guard spacing > .zero, state.withLock({ $0.waiting.count < limit }) else { continue }
            try? await Task.sleep(until: start + spacing, clock: .continuous)
        }
    }

    private func next() -> [Waiter]? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isWriting = false
                return nil
            }
            let batch = Array(state.waiting.prefix(limit))
            state.waiting.removeFirst(batch.count)
            return batch
        }
    }

    private func settle(_ batch: [Waiter]) async {
        do {
            // A key path of a generic type is made anew at each use, which costs more than the rest of this.
            let outputs = try await write(batch.map { $0.input })
            for (waiter, output) in zip(batch, outputs) { waiter.continuation.resume(returning: output) }
            for waiter in batch.dropFirst(outputs.count) { waiter.continuation.resume(throwing: UnansweredWrite()) }
        } catch let error as any TransientFault where error.isTransient {
            for waiter in batch { waiter.continuation.resume(throwing: error) }
        } catch  where batch.count > 1 {
            for waiter in batch { await settle([waiter]) }
        } catch {
            for waiter in batch { waiter.continuation.resume(throwing: error) }
        }
    }
}

/// A write that answered fewer inputs than it was given.
struct UnansweredWrite: Error {}

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
    private let state = Mutex(State())

    public init(limit: Int = 256, write: @escaping Write) {
        self.limit = limit
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
            if isFirst { Task { await self.drain() } }
        }
    }

    private func drain() async {
        while let batch = next() { await settle(batch) }
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
            let outputs = try await write(batch.map(\.input))
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

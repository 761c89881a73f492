internal import CLibPQ
import Foundation
import Synchronization

/// Asks the server to stop what one connection runs, from any thread.
///
/// A request concerns one statement, named by a ticket: one that comes late never hits the next statement. It is
/// repeated until the statement ends, since a request that overtakes the statement on its way is ignored.
final class QueryCanceller: Sendable {
    struct Ticket: Hashable { fileprivate let number: UInt64 }

    @safe private struct State: ~Copyable {
        let cancel: OpaquePointer?
        var current: UInt64?
        var last: UInt64 = 0

        init(_ cancel: OpaquePointer?) { unsafe self.cancel = cancel }
        deinit { unsafe PQfreeCancel(cancel) }

        /// Whether the statement still runs; if so the server has been asked.
        func ask(_ ticket: Ticket) -> Bool {
            guard current == ticket.number else { return false }
            var complaint = [CChar](repeating: 0, count: 256)
            _ = unsafe PQcancel(cancel, &complaint, Int32(complaint.count))
            return true
        }
    }

    private let state: Mutex<State>

    init(_ cancel: sending OpaquePointer?) { unsafe state = Mutex(State(cancel)) }

    /// A statement begins.
    func begin() -> Ticket {
        state.withLock { state in
            state.last += 1
            state.current = state.last
            return Ticket(number: state.last)
        }
    }

    /// The statement has ended. Waits for a request that is on its way, so that it cannot hit the next one.
    func end() { state.withLock { $0.current = nil } }

    /// Asks to stop the statement; returns at once.
    func cancel(_ ticket: Ticket, after delay: DispatchTimeInterval = .milliseconds(0)) {
        DispatchQueue.global().asyncAfter(deadline: .now() + delay) { [self] in
            if state.withLock({ $0.ask(ticket) }) { cancel(ticket, after: .milliseconds(100)) }
        }
    }
}

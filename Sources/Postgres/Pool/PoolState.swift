/// What somebody who needs a connection gets.
enum PoolGrant<Member> {
    case existing(Member)
    /// Open a new one; its place is reserved.
    case place
}

extension PoolGrant: Sendable where Member: Sendable {}

/// The pool's bookkeeping, without connections to make or tasks to wake: who may have one, and who is next.
///
/// Nobody overtakes: as long as somebody waits, what comes free goes to the one who has waited longest.
struct PoolState<Member, Waiter> {
    let capacity: Int
    /// The places taken: connections idle, in use, or being opened.
    private(set) var open = 0
    private(set) var idle: [Member] = []
    private var waiters: [(number: UInt64, waiter: Waiter)] = []
    private var lastNumber: UInt64 = 0
    private(set) var isClosed = false

    init(capacity: Int) { self.capacity = max(1, capacity) }

    var waiting: Int { waiters.count }

    /// A connection for somebody who just came; nil when they must wait.
    mutating func grant() -> PoolGrant<Member>? {
        guard waiters.isEmpty else { return nil }
        if let member = idle.popLast() { return .existing(member) }
        guard open < capacity else { return nil }
        open += 1
        return .place
    }

    mutating func newNumber() -> UInt64 {
        lastNumber += 1
        return lastNumber
    }

    mutating func wait(_ waiter: Waiter, number: UInt64) { waiters.append((number, waiter)) }

    /// Somebody gives up waiting. Nil when they have been served meanwhile.
    mutating func leave(_ number: UInt64) -> Waiter? {
        waiters.firstIndex { $0.number == number }.map { waiters.remove(at: $0).waiter }
    }

    /// A sound connection comes back: to the next who waits, who is returned, or to the idle ones.
    mutating func put(back member: Member) -> Waiter? {
        guard !isClosed else {
            open -= 1
            return nil
        }
        guard waiters.isEmpty else { return waiters.removeFirst().waiter }
        idle.append(member)
        return nil
    }

    /// A connection is gone, or could not be made: its place goes to the next who waits, who is returned.
    mutating func vacate() -> Waiter? {
        guard isClosed || waiters.isEmpty else { return waiters.removeFirst().waiter }
        open -= 1
        return nil
    }

    /// Nobody gets anything any more. Returns whom to tell and what to close.
    mutating func close() -> (waiters: [Waiter], idle: [Member]) {
        defer {
            open -= idle.count
            isClosed = true
            waiters = []
            idle = []
        }
        return (waiters.map(\.waiter), idle)
    }
}

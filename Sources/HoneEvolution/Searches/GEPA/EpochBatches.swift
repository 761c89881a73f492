import HoneCore

/// Which train cases a parent and its child are compared on.
protocol Batching: Sendable, Hashable, Codable {
    mutating func batch(at bench: inout SearchBench) -> [String]
}

/// Deals the train cases out in hands of equal size, shuffled anew when all were dealt, so that every case comes up
/// equally often. A hand takes what is missing from the next deal.
struct EpochBatches: Batching {
    let size: Int
    private var deck: [String] = []

    init(size: Int) {
        precondition(size > 0, "a batch has cases")
        self.size = size
    }

    mutating func batch(at bench: inout SearchBench) -> [String] {
        let size = min(size, bench.cases.train.count)
        if deck.count < size {
            let fresh = bench.cases.train.shuffled(using: &bench.generator)
            deck += fresh.filter { !deck.contains($0) }
        }
        defer { deck.removeFirst(size) }
        return Array(deck.prefix(size))
    }
}

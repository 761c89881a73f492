import HoneCore

/// Shares out what a consumer has room for among a topic's streams: 8 : 3 : 1 between lanes, evenly between partitions.
///
/// Smooth weighted round robin: each turn goes to the stream with the most credit, so that even a consumer that takes
/// one message at a time serves all lanes. Turns of a stream that has nothing go to the others, the most urgent first
/// (see ``BusTransport/fetch(_:as:)``).
struct LaneTurns {
    private let streams: [StreamName]
    private let weights: [Int]
    private var credits: [Int]

    init(_ streams: [StreamName]) {
        self.streams = streams
        weights = streams.map { $0.lane?.weight ?? 1 }
        credits = weights.map { _ in 0 }
    }

    mutating func share(_ limit: Int) -> [FetchRequest.Turn] {
        guard streams.count > 1 else { return streams.map { .init($0, limit) } }
        var counts = [Int](repeating: 0, count: streams.count)
        for _ in 0..<limit { counts[pick()] += 1 }
        return zip(streams, counts).map { .init($0, $1) }
    }

    private mutating func pick() -> Int {
        var best = 0
        for index in credits.indices {
            credits[index] += weights[index]
            if credits[index] > credits[best] { best = index }
        }
        credits[best] -= weights.reduce(0, +)
        return best
    }
}

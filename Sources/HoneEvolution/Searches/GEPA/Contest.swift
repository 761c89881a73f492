/// Children against their parent on cases that the parent has done. Whoever cannot gain any more, even by winning all that
/// is left, pays for nothing further.
struct Contest: Sendable, Hashable, Codable {
    /// Cases that are run side by side.
    private static let heat = 4

    let parent: Int
    /// The most telling first.
    let cases: [String]
    private(set) var contenders: [Int]

    init(of contenders: [Int], against parent: Int, on cases: [String]) {
        self.parent = parent
        self.cases = cases
        self.contenders = contenders
    }

    mutating func next(at bench: SearchBench) -> Wave? {
        contenders = contenders.filter { canGain($0, bench) }
        let trials = contenders.flatMap { bench.missing($0, on: cases).prefix(Self.heat) }
        return trials.isEmpty ? nil : Wave(trials: trials)
    }

    /// Those that the rule accepts, in their order.
    func winners(by acceptance: some Acceptance, at bench: SearchBench) -> [Int] {
        contenders.filter { child in
            acceptance.accepts(bench.paired(parent, child, on: cases).map { (parent: $0.0, child: $0.1) })
        }
    }

    private func canGain(_ child: Int, _ bench: SearchBench) -> Bool {
        let most = cases.compactMap { id in
            bench.board.score(of: parent, on: id).map { (bench.board.score(of: child, on: id) ?? 1) - $0 }
        }
        return most.reduce(0, +) > 0
    }
}

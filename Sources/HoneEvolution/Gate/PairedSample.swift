/// The holdout cases that both prompts run, drawn at random and opened step by step.
struct PairedSample: Sendable, Hashable, Codable {
    struct Pair: Sendable, Hashable {
        let caseID: String
        let parent: TrialResult
        let child: TrialResult

        var difference: Double { child.score - parent.score }
    }

    private struct Entry: Sendable, Hashable, Codable {
        let caseID: String
        var parent = Told.waiting
        var child = Told.waiting

        var isWaiting: Bool { parent == .waiting || child == .waiting }
    }

    private enum Told: Sendable, Hashable, Codable {
        case waiting
        case brokeDown
        case result(TrialResult)
    }

    private let step: Int
    private var entries: [Entry]
    /// The cases that run now; those before them are done.
    private var open: Range<Int>

    /// `order` is the order of the draw.
    init(_ order: [String], step: Int) {
        self.step = step
        entries = order.map { Entry(caseID: $0) }
        open = 0..<min(step, order.count)
    }

    /// Trials of the open step that were not told yet.
    var due: [GateTrial] {
        entries[open].flatMap { entry in
            [
                entry.parent == .waiting ? GateTrial(caseID: entry.caseID, side: .parent) : nil,
                entry.child == .waiting ? GateTrial(caseID: entry.caseID, side: .child) : nil,
            ].compactMap(\.self)
        }
    }

    var hasDue: Bool { entries[open].contains(where: \.isWaiting) }

    /// Whether there are no more cases to open.
    var isExhausted: Bool { open.upperBound == entries.count }

    /// The pairs of which both trials have a result, in the order of the draw.
    var pairs: [Pair] {
        entries[..<open.upperBound].compactMap { entry in
            guard case .result(let parent) = entry.parent, case .result(let child) = entry.child else { return nil }
            return Pair(caseID: entry.caseID, parent: parent, child: child)
        }
    }

    /// What was told before, or was not asked, changes nothing.
    mutating func tell(_ trial: GateTrial, _ result: TrialResult?) {
        guard trial.repetition == 0, let place = entries[open].firstIndex(where: { $0.caseID == trial.caseID })
        else { return }
        let side: WritableKeyPath<Entry, Told> = trial.side == .parent ? \.parent : \.child
        guard entries[place][keyPath: side] == .waiting else { return }
        entries[place][keyPath: side] = result.map(Told.result) ?? .brokeDown
    }

    mutating func openNextStep() {
        open = open.upperBound..<min(open.upperBound + step, entries.count)
    }
}

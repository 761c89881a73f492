import HoneCore

/// Children against their parent, heat by heat, until the rule accepts one of them or has refused all.
///
/// Most cases are such that the parent failed, since there an edit that helps shows soonest; the others tell what it breaks.
/// That they are chosen so is known to the ``Worths`` that decide.
struct Contest: Sendable, Hashable, Codable {
    /// Cases that a child does side by side.
    private static let heat = 4
    /// Cases after which a child that is still in doubt is decided by the likelier side.
    private static let most = 40
    private static let failedShare = 0.7

    let parent: Int
    private(set) var contenders: [Int]
    /// Who takes part from now on; more than one when several were accepted by the same heat.
    private(set) var winners: [Int] = []

    init(of contenders: [Int], against parent: Int) {
        self.parent = parent
        self.contenders = contenders
    }

    /// Nil when it is over.
    mutating func next(by acceptance: some Acceptance, at bench: inout SearchBench) -> Wave? {
        let (worths, parent) = (bench.worths(), parent)
        var open: [Int] = []
        for child in contenders {
            let isDone = isDone(child, bench)
            let chance = { worths.chance(that: child, beats: parent, by: $0) }
            let verdict = acceptance.verdict(parent: worths.means[parent], chance: chance)
            switch verdict ?? (isDone ? chance(0) > 0.5 : nil) {
            case true?: winners.append(child)
            case false?: break
            case nil: open.append(child)
            }
        }
        contenders = open
        guard winners.isEmpty, !open.isEmpty else { return nil }
        return Wave(trials: open.flatMap { heat(of: $0, at: &bench) }.uniqued())
    }

    private func isDone(_ child: Int, _ bench: SearchBench) -> Bool {
        bench.paired(parent, child, on: bench.allCases).count >= Self.most
            || bench.board.isComplete(child, on: bench.allCases)
    }

    /// Cases that the parent has done, of each kind as many; when there are none left, new ones for both.
    private func heat(of child: Int, at bench: inout SearchBench) -> [SearchTrial] {
        var hands = bench.cases.groups.map { Hand(of: $0, for: child, parent, at: &bench) }
        var chosen: [String] = []
        while chosen.count < Self.heat,
            let hand = hands.indices.filter({ !hands[$0].isEmpty }).min(by: {
                hands[$0].done < hands[$1].done
            })
        {
            chosen.append(hands[hand].draw(failed: bench.generator.nextUnit() < Self.failedShare))
        }
        if chosen.isEmpty {
            let open = bench.allCases.filter { bench.board.result(of: child, on: $0) == nil }
            chosen = Array(open.shuffled(using: &bench.generator).prefix(Self.heat))
        }
        return bench.missing(parent, on: chosen) + bench.missing(child, on: chosen)
    }
}

/// Cases of one kind that a child may be tried on beside its parent.
private struct Hand {
    /// How many the child has done.
    private(set) var done: Int
    private var failed: [String]
    private var passed: [String]

    init(of cases: [String], for child: Int, _ parent: Int, at bench: inout SearchBench) {
        let open = cases.filter { bench.board.result(of: child, on: $0) == nil }.shuffled(using: &bench.generator)
        done = cases.count - open.count
        failed = open.filter { (bench.board.score(of: parent, on: $0) ?? 1) < 1 }
        passed = open.filter { bench.board.score(of: parent, on: $0) == 1 }
    }

    var isEmpty: Bool { failed.isEmpty && passed.isEmpty }

    /// One that the parent failed, or passed; the other where there is none of these.
    mutating func draw(failed isFailed: Bool) -> String {
        done += 1
        return isFailed && !failed.isEmpty || passed.isEmpty ? failed.removeLast() : passed.removeLast()
    }
}

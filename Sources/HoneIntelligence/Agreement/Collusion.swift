public import HoneCore

/// Two agents that review each other, and whether each gives the other more than others give it.
///
/// The others are reviewers, and whoever scored the work: a check, a judge or a person. Without those last, two that raise
/// each other among four look like the other two doing so.
public struct Collusion: Hashable, Sendable {
    public let first: AgentID
    public let second: AgentID
    /// The first one's favour for the second, and the other way round.
    public let firstForSecond: Favour
    public let secondForFirst: Favour

    /// Only when both favour each other: one that is admired need not return it.
    public var isProven: Bool { firstForSecond.isProven && secondForFirst.isProven }

    /// Every pair of which enough is known, the most suspicious first. The intervals are made for all of them together:
    /// that any innocent pair is proven guilty has a chance of at most 5 %.
    public static func pairs(in opinions: some Sequence<Opinion>) -> [Collusion] {
        let favours = favours(in: Array(opinions))
        return favours.compactMap { leaning, forth in
            guard leaning.reviewer < leaning.reviewed, let back = favours[leaning.reversed] else { return nil }
            return Collusion(
                first: leaning.reviewer, second: leaning.reviewed, firstForSecond: forth, secondForFirst: back)
        }.sorted { ($1.suspicion, $0.first, $0.second) < ($0.suspicion, $1.first, $1.second) }
    }

    private var suspicion: Double { min(firstForSecond.excess.low, secondForFirst.excess.low) }

    private struct Leaning: Hashable {
        let reviewer: AgentID
        let reviewed: AgentID

        var reversed: Leaning { Leaning(reviewer: reviewed, reviewed: reviewer) }
    }

    /// Who favours whom. The plainest favour is proven first, and what it said is then left out: otherwise it would make
    /// those look bad who stood beside it, and so their other reviews look kind.
    private static func favours(in opinions: [Opinion]) -> [Leaning: Favour] {
        var opinions = opinions
        var proven: [Leaning: Favour] = [:]
        let comparisons = favours(among: opinions, comparisons: 1).count
        for _ in 0..<comparisons {
            let found = favours(among: opinions, comparisons: comparisons)
            guard let (worst, favour) = found.max(by: { $0.value.excess.low < $1.value.excess.low }), favour.isProven
            else { return proven.merging(found) { known, _ in known } }
            proven[worst] = favour
            opinions.removeAll { $0.author == worst.reviewed && $0.rater == .reviewer(worst.reviewer) }
        }
        return proven
    }

    private static func favours(among opinions: [Opinion], comparisons: Int) -> [Leaning: Favour] {
        let leanings = leanings(opinions)
        var favours: [Leaning: Favour] = [:]
        for (reviewer, towards) in leanings {
            for (reviewed, own) in towards {
                let rest = towards.filter { $0.key != reviewed }.sorted { $0.key < $1.key }
                    .reduce(SampleMoments()) { $0 + $1.value }
                favours[Leaning(reviewer: reviewer, reviewed: reviewed)] = Favour(
                    own, over: rest, comparisons: comparisons)
            }
        }
        return favours
    }

    /// By reviewer and reviewed agent: how far each score lies above the mean of the task's other opinions.
    private static func leanings(_ opinions: [Opinion]) -> [AgentID: [AgentID: SampleMoments]] {
        var values: [AgentID: [AgentID: [Double]]] = [:]
        for work in EvenedOpinions(opinions).works {
            let sum = work.reduce(0) { $0 + $1.score }
            for evened in work {
                guard case .reviewer(let reviewer) = evened.opinion.rater else { continue }
                let others = (sum - evened.score) / Double(work.count - 1)
                values[reviewer, default: [:]][evened.opinion.author, default: []].append(evened.score - others)
            }
        }
        return values.mapValues { $0.mapValues { SampleMoments($0) } }
    }
}

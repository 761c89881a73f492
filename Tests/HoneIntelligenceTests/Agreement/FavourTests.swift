import Foundation
import HoneCore
import HoneIntelligence
import Testing

@Suite("Favours among reviewers and models", .computing)
struct FavourTests {
    private static let agents = ["ann", "ben", "cid", "dot"].compactMap { AgentID($0) }

    /// Everybody reviews everybody's `tasks` tasks; `extra` is what a reviewer adds for an author beyond what it is worth.
    private func reviews(
        tasks: Int, seed: UInt64, extra: (AgentID, AgentID) -> Double = { _, _ in 0 }
    ) -> [Opinion] {
        var generator = SeededGenerator(seed: seed)
        return Self.agents.flatMap { author -> [Opinion] in
            (0..<tasks).flatMap { number -> [Opinion] in
                let task = TaskID(derivedFrom: TaskID(uuid(number)), "\(author)")
                // Agents differ, tasks differ, and Dot is mild with all.
                let worth = 0.4 + 0.1 * Double(author.rawValue.count) + 0.2 * generator.nextNormal()
                let reviews = Self.agents.filter { $0 != author }.map { reviewer in
                    let mild = reviewer.rawValue == "dot" ? 0.15 : 0
                    let score = worth + mild + extra(reviewer, author) + 0.1 * generator.nextNormal()
                    return Opinion(
                        task: task, author: author, authorModel: nil, rater: .reviewer(reviewer), score: score)
                }
                let check = Opinion(
                    task: task, author: author, authorModel: nil, rater: .check,
                    score: worth + 0.1 * generator.nextNormal())
                return reviews + [check]
            }
        }
    }

    private func both(_ first: AgentID, _ second: AgentID) -> Bool {
        Set([first, second]) == Set(Self.agents.prefix(2))
    }

    @Test("two that raise each other are found, and nobody else is")
    func collusion() throws {
        let pairs = Collusion.pairs(in: reviews(tasks: 40, seed: 5) { self.both($0, $1) ? 0.15 : 0 })
        #expect(pairs.count == 6)
        let worst = try #require(pairs.first)
        #expect(worst.isProven && worst.first == Self.agents[0] && worst.second == Self.agents[1])
        #expect(isClose(worst.firstForSecond.excess.value, 0.15, within: 0.1) && worst.firstForSecond.count == 40)
        #expect(!pairs.dropFirst().contains { $0.isProven })
    }

    @Test("admiration that is not returned is no collusion")
    func admiration() {
        let pairs = Collusion.pairs(
            in: reviews(tasks: 40, seed: 6) { $0 == Self.agents[0] && $1 == Self.agents[1] ? 0.2 : 0 })
        #expect(!pairs.contains { $0.isProven })
    }

    @Test("of the honest, hardly any are accused: at most 5 of 100 worlds accuse anybody")
    func innocent() {
        let accused = (0..<100).count { seed in
            Collusion.pairs(in: reviews(tasks: 12, seed: UInt64(seed))).contains { $0.isProven }
        }
        #expect(accused <= 5)
    }

    @Test("with few reviews nothing is said")
    func few() {
        #expect(Collusion.pairs(in: reviews(tasks: 9, seed: 1)).isEmpty)
        #expect(Collusion.pairs(in: []).isEmpty)
    }

    private func works(_ count: Int, liking: Double, seed: UInt64) -> [Opinion] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).flatMap { number -> [Opinion] in
            let task = TaskID(uuid(number))
            let author = number.isMultiple(of: 2) ? "gpt-4o" : "llama-3"
            let worth = 0.5 + 0.2 * generator.nextNormal()
            func opinion(_ rater: Opinion.Rater, _ model: String?, _ score: Double) -> Opinion {
                Opinion(
                    task: task, author: Self.agents[0], authorModel: ModelID(author), rater: rater,
                    raterModel: model.flatMap { ModelID($0) }, score: score + 0.1 * generator.nextNormal())
            }
            return [
                opinion(.judge, "gpt-4.1", worth + 0.1 + (author == "gpt-4o" ? liking : 0)),
                opinion(.reviewer(Self.agents[1]), "claude-4", worth), opinion(.check, nil, worth),
            ]
        }
    }

    private func preferences(_ opinions: [Opinion]) -> [SelfPreference] {
        SelfPreference.models(in: opinions) { ModelFamily(ofModel: $0.rawValue) }
    }

    @Test("a model that likes its own family's work is found, one that is only mild is not")
    func selfPreference() throws {
        let vain = try #require(preferences(works(200, liking: 0.12, seed: 3)).first)
        #expect(vain.isProven && vain.model.rawValue == "gpt-4.1" && vain.family.description == "gpt")
        #expect(isClose(vain.favour.excess.value, 0.12, within: 0.05) && vain.favour.count == 100)
        let accused = (0..<60).count { seed in
            preferences(works(60, liking: 0, seed: UInt64(seed))).contains { $0.isProven }
        }
        #expect(accused <= 4)
    }

    @Test("a model that only ever met its own family, or only kin beside it, is not judged")
    func noComparison() {
        let own = works(100, liking: 0.3, seed: 1).filter { $0.authorModel?.rawValue == "gpt-4o" }
        #expect(preferences(own).isEmpty)
        #expect(preferences(works(100, liking: 0.3, seed: 1).filter { $0.rater == .judge }).isEmpty)
    }
}

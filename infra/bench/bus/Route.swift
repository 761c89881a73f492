import ArgumentParser
import HoneCore
import HoneIntelligence

/// How long one routing decision takes: who is capable, what is believed of them, the draw and every agent's chance.
struct Route: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure routing decisions, and how long it takes to say what a task is.")

    @Option var agents = 100
    @Option var categories = 10
    @Option var decisions = 20_000
    @Option var runs = 5

    func run() throws {
        let field = try Field(agents: agents, categories: categories)
        _ = field.run(decisions / 10)
        let times = (0..<runs).map { _ in field.run(decisions) }
        let config = ["agents": agents, "categories": categories, "decisions": decisions]
        let words = TaskClassifier(templates: field.templates)
        let texts = (0..<runs).map { _ in Self.classify(words, decisions) }
        try report([
            Row(what: "routing decision, p50", values: times.map { $0.share(0.5) }, config: config),
            Row(what: "routing decision, p99", values: times.map { $0.share(0.99) }, config: config),
            Row(what: "classification of a task, p99", values: texts.map { $0.share(0.99) }, config: config),
        ])
    }

    private static func classify(_ classifier: TaskClassifier, _ count: Int) -> Times {
        let task = String(repeating: "First compare the offers of category 3 with those of category 7. ", count: 32)
        return Times(
            (0..<count).map { _ in
                let start = ContinuousClock.now
                let text = TaskText(task)
                _ = classifier.category(of: text)
                _ = classifier.complexity(of: text, TaskConstraints())
                return ContinuousClock.now - start
            })
    }
}

/// Agents of every quality, load and price, and the categories that they do.
private struct Field {
    let books: [[RoutingCandidate]]
    let requests: [RoutingRequest]
    let templates: [ObjectiveTemplate]
    private let plan = RoutingPlan()
    private let context = RoutingContext(
        reference: EfficiencyReference(cost: MicroUSD(1_000), durationSeconds: 10),
        traffic: CategoryTraffic(turn: 100, routed: 100))

    init(agents: Int, categories: Int) throws {
        let names = (0..<categories).compactMap { HoneCore.Category("category-\($0)") }
        var generator = SeededGenerator(seed: UInt64(1))
        requests = names.map { RoutingRequest(category: $0, constraints: TaskConstraints(maxCost: 1)) }
        templates = names.map { ObjectiveTemplate(category: $0, description: "What is wanted of \($0) and how.") }
        books = names.map { _ in
            (0..<agents).compactMap { index in
                AgentID("agent-\(1_000 + index)").map { id in
                    RoutingCandidate(
                        agent: Agent(id: id, specialization: names, tools: ["search"]),
                        quality: QualityEstimate(
                            mean: 0.5 + 0.4 * generator.nextUnit(),
                            variance: 0.06 / Double.random(in: 10...2_000, using: &generator)),
                        expectedCost: MicroUSD(Int64.random(in: 100...3_000, using: &generator)),
                        expectedSeconds: 20 * generator.nextUnit(), likelyCost: MicroUSD(5_000), likelySeconds: 30,
                        inFlight: Int.random(in: 0...4, using: &generator), isOnProbation: index % 10 == 0)
                }
            }
        }
    }

    func run(_ count: Int) -> Times {
        Times(
            (0..<count).map { index in
                let category = index % books.count
                let start = ContinuousClock.now
                _ = plan.decide(requests[category], among: books[category], in: context, seed: Int64(index))
                return ContinuousClock.now - start
            })
    }
}

private struct Times {
    private let sorted: [Duration]

    init(_ times: [Duration]) { sorted = times.sorted() }

    /// Microseconds that this share of the calls stayed below.
    func share(_ share: Double) -> Double {
        guard let last = sorted.indices.last else { return 0 }
        return sorted[Int(share * Double(last))] / .microseconds(1)
    }
}

/// A row of the table of results.
private struct Row: Encodable {
    var what: String
    var subject = "hone"
    var unit = "us"
    var values: [Double]
    var config: [String: Int]
}

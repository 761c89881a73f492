import HoneCore

/// What a router knows at one moment of a simulation: only what it was told.
struct SimulatedDesk {
    /// What a task usually costs and takes.
    static let reference = EfficiencyReference(cost: MicroUSD(10_000), durationSeconds: 10)
    private static let capacity = 4

    private var trails: [[QualityTrail]]
    private var samples: [[QualitySample]]
    private var plain: [[QualitySample]]
    private var efforts: [[(count: Double, cost: Double, time: Double)]]
    private var eras: [Int]
    private var book: [[RoutingCandidate]]
    private var traffic: [CategoryTraffic]
    private let joins: [Int]
    private var today = Day(number: 0)
    private(set) var present: Int
    private(set) var inFlight: [Int]

    init(_ options: SimulatedWorldOptions, joins: [Int]) {
        let names = (0..<options.agents).compactMap { AgentID("agent-\($0 + 100)") }
        let agents = names.map { Agent(id: $0, capacity: Self.capacity) }
        func perPair<Value>(_ value: Value) -> [[Value]] {
            agents.map { _ in Array(repeating: value, count: options.categories) }
        }
        trails = perPair(QualityTrail())
        samples = perPair(QualitySample())
        plain = perPair(QualitySample())
        efforts = perPair((0, 0, 0))
        eras = agents.map { _ in 0 }
        inFlight = eras
        let unknown = BelievedQuality([]).estimate(QualitySample())
        book = (0..<options.categories).map { _ in
            agents.map { RoutingCandidate(agent: $0, quality: unknown, isOnProbation: true) }
        }
        traffic = Array(repeating: CategoryTraffic(), count: options.categories)
        self.joins = joins
        present = joins.count { $0 == 0 }
    }

    func candidates(_ category: Int) -> [RoutingCandidate] {
        present == joins.count ? book[category] : Array(book[category].prefix(present))
    }

    func context(_ category: Int) -> RoutingContext {
        RoutingContext(reference: Self.reference, traffic: traffic[category])
    }

    func load(_ agent: Int) -> Double { min(1, Double(inFlight[agent]) / Double(Self.capacity)) }

    func bestByOriginals(_ category: Int) -> Int? {
        (0..<present).max { originalScore($0, category) < originalScore($1, category) }
    }

    private func originalScore(_ agent: Int, _ category: Int) -> Double {
        (plain[agent][category].mean ?? 0.5) * (1 - load(agent))
    }

    /// The candidates as somebody sees them who knows nothing but plain means of all scores so far.
    func plainCandidates(_ category: Int) -> [RoutingCandidate] {
        candidates(category).indices.map { agent in
            var candidate = book[category][agent]
            candidate.quality = QualityEstimate(mean: plain[agent][category].mean ?? 0.5, variance: 0)
            return candidate
        }
    }
}

extension SimulatedDesk {
    mutating func begin(_ agent: Int, _ category: Int, spendsProbationShare: Bool) {
        traffic[category].count(spendingProbationShare: spendsProbationShare)
        inFlight[agent] += 1
        shareLoad(of: agent)
    }

    mutating func learn(_ outcome: SimulatedOutcome, of agent: Int, _ category: Int, era: Int) {
        inFlight[agent] -= 1
        shareLoad(of: agent)
        let sample = QualitySample(count: 1, sum: outcome.score, squares: outcome.score * outcome.score)
        plain[agent][category] = plain[agent][category] + sample
        trails[agent][category].add(sample, on: today, era: era)
        efforts[agent][category].count += 1
        efforts[agent][category].cost += outcome.cost
        efforts[agent][category].time += outcome.time
        believe(agent, category)
        estimate(category)
    }

    func era(_ agent: Int) -> Int { eras[agent] }

    mutating func begin(day: Int, changed: [Int]) {
        today = Day(number: day)
        for agent in changed { eras[agent] += 1 }
        present = joins.count { $0 <= day }
        for category in book.indices {
            for agent in 0..<present { believe(agent, category) }
            estimate(category)
        }
    }

    private mutating func shareLoad(of agent: Int) {
        for category in book.indices {
            book[category][agent].inFlight = inFlight[agent]
        }
    }

    private mutating func believe(_ agent: Int, _ category: Int) {
        samples[agent][category] = trails[agent][category].believed(on: today, era: eras[agent])
        let effort = efforts[agent][category]
        guard effort.count > 0 else { return }
        book[category][agent].expectedCost = MicroUSD(
            Int64((effort.cost / effort.count * Double(Self.reference.cost.rawValue)).rounded()))
        book[category][agent].expectedSeconds = effort.time / effort.count * Self.reference.durationSeconds
    }

    private mutating func estimate(_ category: Int) {
        let beliefs = BelievedQuality(samples.prefix(present).map { $0[category] })
        for agent in 0..<present {
            let quality = beliefs.estimate(samples[agent][category])
            book[category][agent].quality = quality
            book[category][agent].isOnProbation = Probation.applies(
                scoredTasks: Int(plain[agent].reduce(0) { $0 + $1.count }), ageInDays: today.number - joins[agent])
        }
    }
}

import HoneCore

/// Which faults happen, and when. The seed decides everything.
public struct FaultPlan: Sendable {
    public struct Step: Hashable, Sendable {
        /// Seconds after the first task was published.
        public var at: Double
        public var fault: Fault
    }

    /// In the order of their times.
    public let steps: [Step]
    /// Shares of all tasks after whose publication everything in Redis goes.
    public let flushes: [Double]

    public init(steps: [Step], flushes: [Double]) {
        self.steps = steps
        self.flushes = flushes
    }

    /// A few of everything in half a minute: each service dies, and each other kind of fault happens once.
    public static func short(seed: UInt64, services: [ServiceID]) -> FaultPlan {
        var random = SplitMix64(seed: seed)
        let names = Set(services.map(\.name)).sorted().shuffled(using: &random)
        var steps = names.enumerated().map { index, name in
            Step(at: 1 + Double(index) * 0.8, fault: .kill(ServiceID(name)))
        }
        let doubled = services.filter { $0.instance == 2 }.shuffled(using: &random)
        steps += doubled.prefix(1).map { Step(at: 5.5, fault: .freeze($0, seconds: 8)) }
        steps.append(Step(at: 6, fault: .fillDelayed(count: 2_000)))
        let connections: [Fault] = [
            .dropClients, .terminateSessions, .cut(.redis, seconds: 1.2), .cut(.postgres, seconds: 1.2),
        ]
        steps += connections.shuffled(using: &random).enumerated().map { Step(at: 7 + Double($0) * 2, fault: $1) }
        let servers: [Fault] = [.restartRedis, Bool.random(using: &random) ? .restartPostgres : .killPostgres]
        steps += servers.shuffled(using: &random).enumerated().map { Step(at: 15.5 + Double($0) * 3, fault: $1) }
        return FaultPlan(steps: steps.sorted { $0.at < $1.at }, flushes: [0.6])
    }

    /// A kill every so many seconds, and another fault between every third and fourth, for as long as work lasts.
    public static func long(
        seed: UInt64, services: [ServiceID], killEvery: Double, flushes: Int, horizon: Double = 3_600
    ) -> FaultPlan {
        var random = SplitMix64(seed: seed)
        var steps: [Step] = []
        var deck: [Fault] = []
        for index in 1...max(1, Int(horizon / killEvery)) {
            let time = Double(index) * killEvery
            if let victim = services.randomElement(using: &random) {
                steps.append(Step(at: time, fault: .kill(victim)))
            }
            guard index % 3 == 0 else { continue }
            if deck.isEmpty { deck = Self.deck(services, using: &random) }
            if let fault = deck.popLast() { steps.append(Step(at: time + killEvery / 2, fault: fault)) }
        }
        let shares = (0..<max(0, flushes)).map { Double($0 + 1) / Double(flushes + 1) }
        return FaultPlan(steps: steps, flushes: shares)
    }

    private static func deck(_ services: [ServiceID], using random: inout SplitMix64) -> [Fault] {
        let zombies = services.shuffled(using: &random).prefix(2).map { Fault.freeze($0, seconds: 9) }
        let others: [Fault] = [
            .restartRedis, .killRedis, .restartPostgres, .killPostgres, .terminateSessions, .dropClients,
            .cut(.redis, seconds: 2), .cut(.postgres, seconds: 2), .fillDelayed(count: 5_000),
        ]
        return (zombies + others).shuffled(using: &random)
    }
}

/// The router's policies, and others beside them, on the same tasks of a world that changes while they learn it.
public struct RoutingSimulation: Sendable {
    public let options: SimulatedWorldOptions
    public let seed: UInt64

    public init(_ options: SimulatedWorldOptions = SimulatedWorldOptions(), seed: UInt64) {
        self.options = options
        self.seed = seed
    }

    /// How a policy did. The same seed gives the same figures, bit for bit.
    public struct Result: Hashable, Sendable {
        public let policy: SimulatedPolicy
        /// Utility lost to an oracle that knows every agent and takes the best one for each task as things stand with this
        /// policy: summed over all tasks.
        public let cumulativeRegret: Double
        /// The same of the score alone, whatever the work costs or takes.
        public let cumulativeScoreRegret: Double
        /// Of the second half of the tasks.
        public let lateRegret: Double
        /// Share of the tasks whose result passed.
        public let passRate: Double
        /// The share that would pass if the oracle chose; it too looks at cost, time and load.
        public let oraclePassRate: Double
    }

    public func result(of policy: SimulatedPolicy) -> Result {
        var run = SimulatedRun(policy, options, seed: seed)
        let tally = run.run()
        let tasks = max(1, tally.tasks)
        return Result(
            policy: policy, cumulativeRegret: tally.regret, cumulativeScoreRegret: tally.scoreRegret,
            lateRegret: tally.lateRegret, passRate: tally.passed / tasks, oraclePassRate: tally.oraclePassed / tasks)
    }
}

import ArgumentParser
import Foundation
import HoneEvolution

/// Runs searches on many landscapes in this process, so that a change can be told from luck. `compare.py` asks the same over
/// HTTP, beside other packages.
struct Sweep: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Search many landscapes without a server, and say how good the finds truly are.")

    @Option(help: "gepa, mipro or nsga2.", transform: Self.algorithm) var algorithm = SearchAlgorithm.gepa
    @Option(help: "Landscapes per number of rollouts.") var seeds = 100
    @Option(help: "Numbers of rollouts, with commas.") var rollouts = "75,150,300,600,1200"

    func run() async throws {
        for rollouts in rollouts.split(separator: ",").compactMap({ Int($0) }) {
            let finds = try await withThrowingTaskGroup { group in
                for seed in 1...UInt64(max(1, seeds)) {
                    group.addTask { try SweepRun(algorithm, seed: seed, rollouts: rollouts).finished() }
                }
                return try await group.reduce(into: [SweepRun.Find]()) { $0.append($1) }
            }
            let proposals = finds.map(\.proposals).reduce(0, +) / finds.count
            print("\(rollouts) rollouts: \(Self.summary(finds.map(\.quality))), \(proposals) proposals")
            fflush(nil)
        }
    }

    private static func algorithm(_ name: String) throws -> SearchAlgorithm {
        guard let known = SearchAlgorithm(rawValue: name) else {
            throw ValidationError("--algorithm is one of gepa, mipro and nsga2, not \(name)")
        }
        return known
    }

    /// The mean with its standard error.
    private static func summary(_ values: [Double]) -> String {
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / max(1, count - 1)
        let median = values.sorted()[values.count / 2]
        return String(format: "median %.3f, mean %.3f ± %.3f", median, mean, (variance / count).squareRoot())
    }
}

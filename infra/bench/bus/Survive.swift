import ArgumentParser
import Foundation
import HoneEvolution

/// How long one generation of NSGA-II takes to sort: parents and children into fronts, their crowding, who lives on.
struct Survive: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure NSGA-II's sort of the points in a file.",
        discussion: "The file holds 64-bit numbers in the machine's order, row by row; each is to be made large.")

    @Option(help: "The file of points.") var points: String
    @Option(help: "Objectives.") var columns = 3
    @Option(help: "How many live on.") var survivors: Int
    @Option(help: "How often it is done.") var calls = 20

    func run() throws {
        let rows = try read()
        var kept = Survivors.rows(of: ObjectiveTable(rows), count: survivors)
        let times = (0..<calls).map { _ in
            let start = ContinuousClock.now
            kept = Survivors.rows(of: ObjectiveTable(rows), count: survivors)
            return (ContinuousClock.now - start) / .milliseconds(1)
        }
        try report(Sorted(ms: times, survivors: kept, ranks: ParetoFronts(of: ObjectiveTable(rows)).ranks))
    }

    private func read() throws -> [[Double]] {
        let bytes = try Data(contentsOf: URL(filePath: points))
        let row = columns * MemoryLayout<Double>.size
        guard columns > 0, !bytes.isEmpty, bytes.count.isMultiple(of: row) else {
            throw ValidationError("\(points): expected rows of \(columns) 64-bit numbers, found \(bytes.count) bytes")
        }
        let values = bytes.withUnsafeBytes { Array($0.bindMemory(to: Double.self)) }
        return stride(from: 0, to: values.count, by: columns).map { Array(values[$0..<$0 + columns]) }
    }
}

/// What it took, and what came out, so that it can be compared.
private struct Sorted: Encodable {
    /// Milliseconds per call.
    var ms: [Double]
    var survivors: [Int]
    var ranks: [Int]
}

import Foundation
import HoneCore

/// A fall that was found, watched for its end: Page's test the other way, between the level it fell to and the old one.
struct QualityFall {
    /// The logarithm of how much likelier the old level must be: about 150 times.
    static let threshold = 5.0

    let baseline: QualityBaseline
    private let since: Day
    private let before: Double
    private let depth: Double
    /// How far the fall is beyond chance.
    let strength: Double
    private var evidence = 0.0

    /// Nil where the points cannot be compared with the baseline.
    init?(_ points: ArraySlice<QualityPoint>, below baseline: QualityBaseline) {
        guard let first = points.first else { return nil }
        let all = points.dropFirst().reduce(into: first) { $0.add($1) }
        guard let residual = baseline.residual(of: all) else { return nil }
        self.baseline = baseline
        since = first.day
        before = residual.expected
        depth = -residual.difference
        strength = -residual.standardized
    }

    var isOver: Bool { evidence > Self.threshold }

    mutating func add(_ point: QualityPoint) {
        guard let residual = baseline.residual(of: point) else { return }
        // The log-likelihood ratio of "back" to "still down", for a normal mean.
        evidence = max(0, evidence + depth * (residual.difference + depth / 2) / residual.variance)
    }

    var finding: AlertFinding {
        let after = max(0, before - depth)
        let day = since.text
        return AlertFinding(
            .warning, "Quality fell from \(Self.text(before)) to \(Self.text(after)) on \(day).",
            details: ["before": .number(before), "after": .number(after), "since": .string(day)])
    }

    private static func text(_ score: Double) -> String { String(format: "%.2f", score) }
}

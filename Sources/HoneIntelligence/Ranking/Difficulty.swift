import HoneCore

/// What makes tasks comparable: tasks of one kind are taken to be equally hard.
struct TaskKind: Hashable, Comparable, Sendable {
    var category: Category
    var complexity: Int?

    static func < (left: TaskKind, right: TaskKind) -> Bool {
        (left.category, left.complexity ?? 0) < (right.category, right.complexity ?? 0)
    }
}

/// How much higher than usual scores are on each kind of task, whoever does it.
///
/// Good agents get the hard tasks, so that plain means would punish them. A score is taken as what the agent gives plus
/// what the kind of task gives, fitted by least squares to whatever numbers there are of each (Yates, "The analysis of
/// multiple classifications with unequal numbers in the different classes", JASA 29, 1934): kinds are compared only
/// within the work of one agent, never across agents. Each effect is shrunk towards none with the weight of ten scores,
/// so that what is not known, or cannot be, adjusts nothing.
struct Difficulty: Hashable, Sendable {
    static let weight = 10.0

    private var bonuses: [TaskKind: Double] = [:]

    /// Adjusts nothing.
    init() {}

    init(_ work: [AgentID: [TaskKind: QualitySample]]) {
        let kinds = Set(work.values.flatMap(\.keys)).sorted()
        guard kinds.count > 1 else { return }
        let indexes = Dictionary(uniqueKeysWithValues: kinds.enumerated().map { ($1, $0) })
        var equations = NormalEquations(count: kinds.count, ridge: Self.weight)
        var counts = Array(repeating: 0.0, count: kinds.count)
        for (_, samples) in work.sorted(by: { $0.key < $1.key }) {
            let row = samples.filter { $0.value.count > 0 }.sorted { $0.key < $1.key }
                .map { (indexes[$0.key] ?? 0, $0.value) }
            equations.add(row)
            for (index, sample) in row { counts[index] += sample.count }
        }
        let effects = equations.solution()
        // As on the usual mix of tasks: over all tasks together nothing is added or taken away.
        let total = counts.reduce(0, +)
        let usual = total > 0 ? zip(effects, counts).reduce(0) { $0 + $1.0 * $1.1 } / total : 0
        bonuses = Dictionary(uniqueKeysWithValues: zip(kinds, effects.map { $0 - usual }))
    }

    /// The scores that the usual mix of tasks would have given in the place of tasks of this kind.
    func adjusted(_ sample: QualitySample, of kind: TaskKind) -> QualitySample {
        bonuses[kind].map { sample.shifted(by: -$0) } ?? sample
    }
}

/// Least squares for the kinds' effects, what agents give being eliminated beforehand.
private struct NormalEquations {
    private var matrix: [[Double]]
    private var right: [Double]

    init(count: Int, ridge: Double) {
        matrix = Array(repeating: Array(repeating: 0, count: count), count: count)
        right = Array(repeating: 0, count: count)
        for index in 0..<count { matrix[index][index] = ridge }
    }

    /// One agent's scores by kind.
    mutating func add(_ samples: [(index: Int, sample: QualitySample)]) {
        let total = samples.reduce(QualitySample()) { $0 + $1.sample }
        guard let mean = total.mean else { return }
        for (row, sample) in samples {
            right[row] += sample.sum - sample.count * mean
            matrix[row][row] += sample.count
            for (column, other) in samples { matrix[row][column] -= sample.count * other.count / total.count }
        }
    }

    /// By Cholesky's factors; the ridge keeps the matrix positive definite.
    func solution() -> [Double] {
        let size = right.count
        var lower = matrix
        var values = right
        for row in 0..<size {
            for column in 0...row {
                var sum = lower[row][column]
                for inner in 0..<column { sum -= lower[row][inner] * lower[column][inner] }
                lower[row][column] = row == column ? sum.squareRoot() : sum / lower[column][column]
            }
            for inner in 0..<row { values[row] -= lower[row][inner] * values[inner] }
            values[row] /= lower[row][row]
        }
        for row in (0..<size).reversed() {
            for below in (row + 1)..<max(size, row + 1) { values[row] -= lower[below][row] * values[below] }
            values[row] /= lower[row][row]
        }
        return values
    }
}

public import HoneCore

/// A task of which the publisher said what it is.
public struct LabelledTask: Sendable {
    public var category: Category
    /// nil when the publisher left it open.
    public var complexity: Int?
    public var text: TaskText
    public var constraints: TaskConstraints

    public init(category: Category, complexity: Int? = nil, text: TaskText, constraints: TaskConstraints = .init()) {
        self.category = category
        self.complexity = complexity
        self.text = text
        self.constraints = constraints
    }
}

/// Says what a task is whose publisher did not: its category by naive Bayes over the templates' descriptions and past
/// tasks, its complexity likewise from length, steps and demands.
public struct TaskClassifier: Sendable {
    /// An answer less likely than this is none: a task of no category is anybody's, and one of the wrong category is given
    /// to the wrong agents and spoils their statistics.
    public static let leastConfidence = 0.75
    /// So many words have to be known before anything is said.
    static let fewestWords = 2
    /// A description says as much as so many tasks.
    private static let weightOfDescription = 3.0

    private let categories: NaiveBayes<Category>
    private let complexities: NaiveBayes<Int>

    /// Before there are templates or tasks, nothing is said of categories.
    public init(templates: [ObjectiveTemplate] = [], tasks: [LabelledTask] = []) {
        let described = templates.map { template in
            (template.category, TaskText(Self.words(of: template)).words, Self.weightOfDescription)
        }
        categories = NaiveBayes(described + tasks.map { ($0.category, $0.text.words, 1) })
        complexities = NaiveBayes(
            ComplexityMarks.rule
                + tasks.compactMap { task in
                    task.complexity.map { ($0, ComplexityMarks(task.text, task.constraints).tokens, 1) }
                })
    }

    private static func words(of template: ObjectiveTemplate) -> String {
        let criteria = template.evaluationCriteria.sorted { $0.key < $1.key }.map(\.value)
        return ([template.category.rawValue, template.description] + criteria).joined(separator: " ")
    }

    /// The likeliest category and how likely it is; nil when that is less than ``leastConfidence``.
    public func category(of text: TaskText) -> (category: Category, confidence: Double)? {
        guard let best = likeliestCategory(of: text), best.confidence >= Self.leastConfidence else { return nil }
        return best
    }

    func likeliestCategory(of text: TaskText) -> (category: Category, confidence: Double)? {
        guard categories.labels.count > 1 else { return nil }
        let (chances, known) = categories.posterior(text.words)
        guard known >= Self.fewestWords else { return nil }
        let best = PolicyChoice.indexOfHighest(chances)
        return (categories.labels[best], chances[best])
    }

    /// 1 (trivial) to 5.
    public func complexity(of text: TaskText, _ constraints: TaskConstraints) -> Int {
        let (chances, _) = complexities.posterior(ComplexityMarks(text, constraints).tokens)
        return complexities.labels[PolicyChoice.indexOfHighest(chances)]
    }
}

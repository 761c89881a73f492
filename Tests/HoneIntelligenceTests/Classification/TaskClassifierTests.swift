import Foundation
import HoneCore
import Testing

@testable import HoneIntelligence

@Suite("classification of tasks")
struct TaskClassifierTests {
    /// One line of `infra/samples/*.jsonl`.
    struct Case: Decodable {
        var input: String
        var split: String

        /// Without the words before the colon, which name the category.
        var bare: String { input.split(separator: ":", maxSplits: 1).last.map(String.init) ?? input }
    }

    static let suites = ["intent", "sentiment", "topic"]

    static func cases(_ suite: String) throws -> [Case] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../../../infra/samples/\(suite).jsonl")
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
            try JSONDecoder().decode(Case.self, from: Data($0.utf8))
        }
    }

    static func templates() throws -> [ObjectiveTemplate] {
        [
            ObjectiveTemplate(
                category: try category("sentiment"),
                description: "Whether the writer of a product review is pleased with the product: positive or negative."
            ),
            ObjectiveTemplate(
                category: try category("intent"),
                description: "What the writer of a support message wants: refund, delivery, login or cancellation."),
            ObjectiveTemplate(
                category: try category("topic"),
                description: "Which section of a newspaper a headline belongs to: sports, science, food or business."),
        ]
    }

    static func classifier(_ text: (Case) -> String, learning: Bool = true) throws -> TaskClassifier {
        let tasks =
            try !learning
            ? []
            : suites.flatMap { suite in
                try cases(suite).filter { $0.split == "train" }.map {
                    LabelledTask(category: try category(suite), text: TaskText(text($0)))
                }
            }
        return TaskClassifier(templates: try templates(), tasks: tasks)
    }

    /// Shares of the held-out cases: named, and right among those named.
    static func measure(
        _ classifier: TaskClassifier, _ text: (Case) -> String
    ) throws -> (named: Double, right: Double) {
        var (all, named, right) = (0.0, 0.0, 0.0)
        for suite in suites {
            for item in try cases(suite) where item.split == "holdout" {
                all += 1
                guard let answer = classifier.category(of: TaskText(text(item))) else { continue }
                named += 1
                if answer.category.rawValue == suite { right += 1 }
            }
        }
        return (named / all, right / max(1, named))
    }

    @Test("held-out samples are named, and named right")
    func samples() throws {
        let learned = try Self.measure(Self.classifier(\.input), \.input)
        #expect(learned.named > 0.99 && learned.right == 1, "\(learned)")
    }

    @Test("what says little of its category is mostly left without one, and hardly ever named wrong")
    func bare() throws {
        let bare = try Self.measure(Self.classifier(\.bare), \.bare)
        #expect(bare.named < 0.5 && bare.right > 0.85, "\(bare)")
    }

    @Test("before there are any tasks, the templates' descriptions do for most")
    func cold() throws {
        let cold = try Self.measure(Self.classifier(\.input, learning: false), \.input)
        #expect(cold.named > 0.6 && cold.right > 0.95, "\(cold)")
    }

    @Test("work of no known category is mostly left without one")
    func foreign() throws {
        let classifier = try Self.classifier(\.input)
        let named = Self.foreign.filter { classifier.category(of: TaskText($0)) != nil }
        #expect(named.count <= 3, "\(named)")
        #expect(classifier.category(of: TaskText("")) == nil)
        #expect(classifier.category(of: TaskText("review")) == nil)
    }

    @Test("the same examples in any order say the same, and with a single category nothing is said")
    func deterministic() throws {
        let tasks = try Self.cases("topic").prefix(40).enumerated().map { index, item in
            LabelledTask(category: try category(index % 2 == 0 ? "even" : "odd"), text: TaskText(item.input))
        }
        var generator = SeededGenerator(seed: UInt64(4))
        let text = TaskText("Topic of this headline: Rowers win by a boat length")
        let first = TaskClassifier(tasks: tasks).likeliestCategory(of: text)
        for _ in 0..<5 {
            let other = TaskClassifier(tasks: tasks.shuffled(using: &generator)).likeliestCategory(of: text)
            #expect(other?.category == first?.category && isClose(other?.confidence, first?.confidence ?? 0))
        }
        let alone = LabelledTask(category: try category("only"), text: TaskText("one two three"))
        #expect(TaskClassifier(tasks: [alone]).category(of: TaskText("one two three")) == nil)
        #expect(TaskClassifier().category(of: TaskText("one two three")) == nil)
    }

    @Test("every text within an object is read, and only the beginning of a long one")
    func reading() {
        let object: JSONValue = ["question": "Who won?", "more": ["deep": ["Rowing", 7]]]
        #expect(TaskText(object).words.count == 3)
        #expect(TaskText(String(repeating: "word ", count: 10_000)).words.count == 400)
    }

    @Test("complexity rises with length, steps and demands, and follows what publishers say")
    func complexity() throws {
        let classifier = TaskClassifier()
        let plain = classifier.complexity(of: TaskText("What is two and two?"), .init())
        let steps = """
            First read the report. Then list every cost; after that compare it with the budget:
            1. exactly five rows
            2. no more than ten words each, without abbreviations
            3. the format must be JSON, and numbers should always have two digits
            Finally say which costs must be avoided.
            """
        let involved = classifier.complexity(of: TaskText(steps), .init())
        let long = String(repeating: "The committee met in the old town hall and spoke at length. ", count: 40) + steps
        #expect(plain == 1 && involved >= 3)
        #expect(classifier.complexity(of: TaskText(long + steps), .init()) >= involved)
        let strict = TaskConstraints(maxCost: 0.01, maxDuration: 5, maxTokens: 10)
        #expect(classifier.complexity(of: TaskText("Name a river"), strict) >= plain)
        let taught = try (0..<400).map { _ in
            LabelledTask(category: try category("sums"), complexity: 4, text: TaskText("What is two and two?"))
        }
        #expect(TaskClassifier(tasks: taught).complexity(of: TaskText("What is six and one?"), .init()) == 4)
    }

    /// Of no category that the samples have.
    static let foreign = [
        "Write a haiku about the sea in autumn.", "What is the capital of Australia?",
        "Translate to French: good morning, my friends.", "Sum 17 and 25 and give me the number.",
        "def f(x): return x + 1  # explain this function", "Plan a three day trip through the Alps by train.",
        "hello", "Summarize the following minutes of our meeting in five bullet points.",
        "Which prime numbers lie between 20 and 40?", "Rewrite this sentence in the passive voice.",
        "Give me three names for a black cat.", "How do I boil an egg?",
        "Draw a picture of a red dragon over a castle.", "Fix the bug: the loop never ends when the list is empty.",
        "Who wrote War and Peace?",
    ]
}

public import HoneCore
import HoneIntelligence
public import HoneStore
public import Logging
public import ServiceLifecycle
import Synchronization

/// Says what tasks are whose publishers did not, and learns from those that did: from time to time, never per task.
public final class Classifier: Service {
    private static let refreshInterval: Duration = .seconds(60)

    private let store: Store
    private let directory: Directory
    private let logger: Logger
    private let learned = Mutex(TaskClassifier())

    /// Learns once.
    public init(store: Store, directory: Directory, logger: Logger) async throws {
        self.store = store
        self.directory = directory
        self.logger = logger
        try await refresh()
    }

    /// What the task is; what its publisher said stays.
    public func classify(
        _ input: JSONValue, _ constraints: TaskConstraints, category: HoneCore.Category?, complexity: Int?
    ) -> Classification {
        var answer = Classification(category: category, complexity: complexity)
        guard category == nil || complexity == nil else { return answer }
        let classifier = learned.withLock { $0 }
        let text = TaskText(input)
        if category == nil {
            let likeliest = classifier.category(of: text)
            answer.category = likeliest?.category
            answer.categoryConfidence = likeliest?.confidence ?? 0
        }
        if complexity == nil {
            answer.complexity = classifier.complexity(of: text, constraints)
            answer.complexityEstimated = true
        }
        return answer
    }

    public func run() async throws {
        await refreshUntilShutdown(every: Self.refreshInterval, "what tasks are like", logger: logger) {
            try await self.refresh()
        }
    }

    private func refresh() async throws {
        let tasks = try await store.routing.labelledTasks()
        let templates = directory.snapshot.templates.values.sorted { $0.category < $1.category }
        let classifier = TaskClassifier(templates: templates, tasks: tasks)
        learned.withLock { $0 = classifier }
    }
}

/// What a task is, and what of it the router said.
public struct Classification: Hashable, Sendable {
    /// Nil: of no known category.
    public var category: HoneCore.Category?
    public var complexity: Int?
    /// Nil where the publisher gave the category; 0 where none was likely enough.
    public var categoryConfidence: Double?
    public var complexityEstimated = false

    init(category: HoneCore.Category?, complexity: Int?) {
        self.category = category
        self.complexity = complexity
    }
}

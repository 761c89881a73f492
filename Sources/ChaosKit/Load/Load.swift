import Postgres
import Redis

/// How work is published.
public struct LoadOptions: Sendable {
    public var tasks: Int
    public var mix: TaskMix
    /// Tasks per call of redis-cli.
    public var batch: Int
    /// No more is published while so many tasks are open or wait.
    public var window: Int
    /// Tasks per second at most; nil for as fast as the window lets.
    public var pace: Double?

    public init(tasks: Int, mix: TaskMix, batch: Int, window: Int, pace: Double? = nil) {
        self.tasks = tasks
        self.mix = mix
        self.batch = batch
        self.window = window
        self.pace = pace
    }
}

/// Publishes everything twice: the second time a few batches after the first.
struct Load: Sendable {
    /// Batches between the two publications of a task.
    private static let lag = 4
    private static let patience: Duration = .seconds(120)

    struct Stalled: Error {
        var open: Int?
    }

    let options: LoadOptions
    let tasks: [PublishedTask]
    let publisher: Publisher
    let gauge: WorkGauge

    /// Throws ``Stalled`` when nothing is done for so long that nobody can still hope.
    func run() async throws {
        let batches = stride(from: 0, to: tasks.count, by: options.batch).map {
            Array(tasks[$0..<min($0 + options.batch, tasks.count)])
        }
        let start = ContinuousClock.now
        for index in 0..<(batches.count + Self.lag) {
            if batches.indices.contains(index) {
                try await room()
                try await publisher.publish(batches[index])
            }
            if index >= Self.lag { try await publisher.publishAgain(batches[index - Self.lag]) }
            guard let pace = options.pace else { continue }
            try await Task.sleep(
                until: start + .seconds(Double((index + 1) * options.batch) / pace), clock: .continuous)
        }
    }

    private func room() async throws {
        let deadline = ContinuousClock.now + Self.patience
        while true {
            let open = await gauge.openWork()
            if let open, open <= options.window { return }
            guard .now < deadline else { throw Stalled(open: open) }
            try await Task.sleep(for: .milliseconds(100))
        }
    }
}

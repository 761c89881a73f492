/// What a socket follows.
enum LiveRoute: Hashable, Sendable {
    /// All that happens to a task; as an outline, without what was said in it.
    case task(String, outline: Bool)
    case tasks(outline: Bool)
    /// The tasks of one caller.
    case tasksOf(owner: String)
    case optimization(agent: String)
    case evaluation(agent: String)
    case leaderboard
    case logs
    case system

    var feed: LiveFeed {
        switch self {
        case .task, .tasks, .optimization, .evaluation: .progress
        case .tasksOf: .owned
        case .leaderboard: .statistics
        case .logs: .logs
        case .system: .system
        }
    }

    var isOutline: Bool {
        switch self {
        case .task(_, let outline), .tasks(let outline): outline
        default: false
        }
    }
}

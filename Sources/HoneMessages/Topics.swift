public import HoneBus

/// Every stream of Hone and who reads it. AsyncAPI and the README restate this table; tests hold them together.
extension Topic {
    /// External systems write here, so it keeps its plain name.
    public static let tasksSubmitted = Topic("tasks.submitted", .work(groups: ["router"]), isPartitioned: false)
    public static let tasksAssigned = Topic("tasks.assigned", .work(groups: ["executor"]), isLaned: true)
    public static let tasksCompleted = Topic("tasks.completed", .work(groups: ["evaluator"]))
    public static let tasksFailed = Topic("tasks.failed", .work(groups: ["router", "stats-aggregator"]))
    /// Internal to the evaluator: work that needs a model's opinion, kept apart so that it never delays the rest.
    public static let judgementsRequested = Topic("judgements.requested", .work(groups: ["evaluator"]))
    public static let evaluationsCompleted = Topic(
        "evaluations.completed", .work(groups: ["peer-reviewer", "stats-aggregator"]))
    public static let reviewsCompleted = Topic("reviews.completed", .work(groups: ["stats-aggregator"]))
    /// External systems write here too.
    public static let feedbackReceived = Topic(
        "feedback.received", .work(groups: ["stats-aggregator"]), isPartitioned: false)
    public static let statsUpdated = Topic("stats.updated", .broadcast(cap: 1_000), isPartitioned: false)
    /// External systems write here too.
    public static let optimizationsRequested = Topic(
        "optimizations.requested", .work(groups: ["optimizer"]), isPartitioned: false)
    public static let promptsChanged = Topic("prompts.changed", .broadcast(cap: 1_000), isPartitioned: false)
    public static let progress = Topic("progress", .broadcast(cap: 100_000), isPartitioned: false)
    public static let logs = Topic("logs", .broadcast(cap: 50_000), isPartitioned: false)

    /// The whole catalogue, in the order in which a task meets it.
    public static let all: [Topic] = [
        tasksSubmitted, tasksAssigned, tasksCompleted, tasksFailed, judgementsRequested, evaluationsCompleted,
        reviewsCompleted, feedbackReceived, statsUpdated, optimizationsRequested, promptsChanged, progress, logs,
    ]

    /// Celery messages as they came, on their way to becoming tasks.
    public static let celeryReceived = Topic("celery.received", .work(groups: ["router"]), isPartitioned: false)
    /// Results of tasks that came from Celery. Its key is one that `reply_to` may name.
    public static let celeryReplies = Topic("replies.celery", .work(groups: ["router"]), isPartitioned: false)

    /// Those that are there only where the Celery bridge is on.
    public static let bridge: [Topic] = [celeryReceived, celeryReplies]
}

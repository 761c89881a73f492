public import HoneBus
public import HoneCore

/// A person rated a task's result.
public struct FeedbackReceived: Message {
    public static let type = "hone.feedback.received.v1"
    public static let topic = Topic.feedbackReceived

    public var taskID: TaskID
    /// 1–5 stars.
    public var rating: Int?
    /// 1–10, for systems that rate so; kept, and used as ⌈score/2⌉ stars.
    public var score: Int?
    public var comment: String?
    public var userID: String?
    public var tags: [String]?

    public init(
        taskID: TaskID, rating: Int? = nil, score: Int? = nil, comment: String? = nil, userID: String? = nil,
        tags: [String]? = nil
    ) {
        self.taskID = taskID
        self.rating = rating
        self.score = score
        self.comment = comment
        self.userID = userID
        self.tags = tags
    }

    /// The rating in stars, whichever scale it was given on.
    public var stars: Int? { rating ?? score.map { ($0 + 1) / 2 } }
    public var partitionKey: String { taskID.description }

    enum CodingKeys: String, CodingKey {
        case rating, score, comment, tags
        case taskID = "task_id"
        case userID = "user_id"
    }

    public func validate() throws(InvalidValue) {
        guard (rating == nil) != (score == nil) else {
            throw InvalidValue(
                path: "rating", found: rating == nil ? "nothing" : "both rating and score",
                expected: "either rating (1 to 5) or score (1 to 10)")
        }
        try Limits.range(rating, "rating", 1...5)
        try Limits.range(score, "score", 1...10)
        try Limits.length(comment, "comment", atMost: 16_384)
        try Limits.length(userID, "user_id", atMost: 256)
    }
}

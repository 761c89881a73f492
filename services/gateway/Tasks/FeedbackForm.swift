import Foundation
import HoneBus
import HoneCore
import HoneMessages

/// What somebody says of a task's result. Fields that mean nothing here are refused.
struct FeedbackForm: Decodable {
    private static let fields = ["rating", "score", "comment", "user_id", "tags"]

    let rating: Int?
    let score: Int?
    let comment: String?
    let userID: String?
    let tags: [String]?

    enum CodingKeys: String, CodingKey {
        case rating, score, comment, tags
        case userID = "user_id"
    }

    init(from decoder: any Decoder) throws {
        for name in try decoder.singleValueContainer().decode([String: JSONValue].self).keys.sorted()
        where !Self.fields.contains(name) {
            throw InvalidValue(
                path: name, found: "a field", expected: "one of \(Self.fields.joined(separator: ", "))")
        }
        let container = try decoder.container(keyedBy: CodingKeys.self)
        rating = try container.decodeIfPresent(Int.self, forKey: .rating)
        score = try container.decodeIfPresent(Int.self, forKey: .score)
        comment = try container.decodeIfPresent(String.self, forKey: .comment)
        userID = try container.decodeIfPresent(String.self, forKey: .userID)
        tags = try container.decodeIfPresent([String].self, forKey: .tags)
    }

    /// Said again under the same key it counts once.
    func message(
        on task: TaskID, from caller: Caller, key: String?, traceparent: String?
    ) throws -> Publication {
        let feedback = FeedbackReceived(
            taskID: task, rating: rating, score: score, comment: comment, userID: userID, tags: tags)
        try feedback.validate()
        let id = key.map { task.uuid.derived("feedback/\(caller.id)/\($0)") } ?? TaskID.new().uuid
        return try Publication(feedback, id: id, traceparent: traceparent)
    }
}

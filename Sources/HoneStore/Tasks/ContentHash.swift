import Foundation
import HoneCore
import Postgres

extension Submission {
    /// Equal for submissions that ask for the same work under the same terms.
    var contentHash: UUID {
        let parts: [PostgresValue] = [
            JSONText(input).postgresValue, category.postgresValue, complexity.postgresValue, priority.postgresValue,
            deadline.postgresValue, constraints.json.postgresValue, expected.json.postgresValue,
            pin.json.postgresValue, metadata.json.postgresValue, userID.postgresValue, sessionID.postgresValue,
            replyTo.postgresValue,
        ]
        return .v5(namespace: .hone, name: parts.map(\.hashed).joined(separator: "\u{1F}"))
    }
}

extension PostgresValue {
    fileprivate var hashed: String {
        switch self {
        case .text(let text), .array(let text): text
        case .null, .unsendable: ""
        }
    }
}

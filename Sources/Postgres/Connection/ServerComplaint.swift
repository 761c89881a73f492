/// What the server itself said about a failed statement, before it is sorted into a ``DatabaseError``.
struct ServerComplaint {
    let sqlState: String
    let message: String
    var constraint: String?
    var table: String?
    var column: String?

    /// Whether the complaint is about our prepared statement, not about the work: prepare again and it goes away.
    var isStalePlan: Bool {
        (sqlState == "0A000" && message.hasPrefix("cached plan")) || sqlState == "26000"
    }

    /// Sorts by SQLSTATE: the first two characters are the class.
    func sorted(server: String, statement: String?) -> DatabaseError {
        switch (sqlState, sqlState.prefix(2)) {
        case ("40001", _), ("40P01", _), ("55P03", _): .conflict(sqlState: sqlState)
        case ("57014", _): .timedOut
        case ("57P01", _), ("57P02", _), ("57P03", _), ("57P05", _), (_, "53"): .unavailable(reason: message)
        case (_, "08"): .connectionLost(server: server, reason: message)
        case (_, "23"): .violates(constraint: violated, sqlState: sqlState)
        default: .rejected(sqlState: sqlState, message: presentable(statement))
        }
    }

    /// A not-null constraint has no name before Postgres 18, so its column stands in.
    private var violated: String {
        constraint ?? [table, column].compactMap { $0 }.joined(separator: ".")
    }

    private func presentable(_ statement: String?) -> String {
        let text = sqlState.hasPrefix("22") ? Self.withoutQuotes(message) : message
        guard let statement else { return text }
        let words = statement.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return "\(text) in: \(words.prefix(80))\(words.count > 80 ? "…" : "")"
    }

    /// Data exceptions quote the value they dislike: everything from the first quote to the last is cut.
    private static func withoutQuotes(_ message: String) -> String {
        guard let first = message.firstIndex(of: "\""), let last = message.lastIndex(of: "\""), first < last else {
            return message
        }
        return message[...first] + "…" + message[last...]
    }
}

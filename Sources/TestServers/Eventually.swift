/// A condition that did not come true before its deadline.
public struct DeadlinePassed: Error, CustomStringConvertible {
    public let description: String
}

/// Waits until a condition holds, asking again and again; the only way our tests wait.
///
/// Throws ``DeadlinePassed``, which names `what`, when the condition is still false at the deadline. The condition is
/// always asked at least once; what it throws is passed on at once.
public func eventually(
    within limit: Duration = .seconds(10), _ what: String, poll: Duration = .milliseconds(10),
    _ condition: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + limit
    while try await !condition() {
        guard ContinuousClock.now < deadline else {
            throw DeadlinePassed(description: "not within \(limit): \(what)")
        }
        try await Task.sleep(for: poll)
    }
}

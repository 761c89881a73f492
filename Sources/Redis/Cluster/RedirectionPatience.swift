/// How often and how long one request follows a cluster that changes under it.
struct RedirectionPatience {
    private static let mostRedirections = 16

    private let command: String
    private let pauses = RedisOptions(firstBackoff: .milliseconds(5), longestBackoff: .milliseconds(100))
    private let deadline: ContinuousClock.Instant
    private var redirections = 0
    private var waits = 0
    private var random = SystemRandomNumberGenerator()

    /// Redirections are counted; waiting is bounded by the patience of `options`.
    init(_ options: RedisOptions, for command: String) {
        self.command = command
        deadline = .now + options.connectPatience
    }

    mutating func spend() throws(RedisError) {
        redirections += 1
        guard redirections <= Self.mostRedirections else {
            throw .busy(command: command, code: "MOVED", message: "redirected \(redirections) times")
        }
    }

    /// Waits a little, and longer each time.
    mutating func pause(because code: String) async throws {
        try await pause(
            orThrow: .busy(command: command, code: code, message: "the cluster is not whole, or moves these keys"))
    }

    mutating func pause(orThrow error: RedisError) async throws {
        waits += 1
        guard ContinuousClock.now < deadline, error.isTransient else { throw error }
        try await Task.sleep(for: pauses.backoff(afterFailures: waits, using: &random))
    }
}

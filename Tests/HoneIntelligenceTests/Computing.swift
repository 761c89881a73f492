import TestServers
import Testing

/// Runs tests that compute for long where they hold nobody up.
struct Computing: TestTrait, SuiteTrait, TestScoping {
    let isRecursive = true

    @concurrent func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable @concurrent () async throws -> Void
    ) async throws {
        try await withTaskExecutorPreference(Aside.shared) { try await function() }
    }
}

extension Trait where Self == Computing {
    static var computing: Computing { Computing() }
}

import HoneStore
import Postgres

/// Makes sure that a service which must not read the holdout cannot: else it does not start.
struct SealRequirement {
    /// Why it cannot start.
    struct Unsealed: Error, CustomStringConvertible {
        let reason: String

        var description: String { "the holdout is not sealed against it: \(reason); `hone doctor` says what to do" }
    }

    let store: Store

    func check() async throws {
        do {
            try await store.ping()
            guard try await store.seal.isOpen() else { return }
        } catch DatabaseError.rejected(_, let message) {
            throw Unsealed(reason: message)
        }
        throw Unsealed(reason: "its login may read benchmark_cases")
    }
}

import Foundation
import Synchronization

/// Who makes model calls: one run of one piece of work, under a name that is the same in every run of it.
///
/// A recording is kept under its caller's name, so a run that is repeated after a crash, or replayed elsewhere, finds
/// what it was told the first time, whatever order runs come in. Identical requests of one run are told apart by their
/// order within it.
public final class ModelCaller: Sendable {
    /// Who is asking now; nil: nobody who could be told from others.
    @TaskLocal public static var current: ModelCaller?

    /// What for: `task`, `judge`, `review`, …
    public let purpose: String
    /// Which piece of work, such as a task's id and attempt.
    public let work: String
    private let asked = Mutex<[String: Int]>([:])

    /// Make one per run, not one per piece of work: it counts.
    public init(_ purpose: String, of work: String) {
        self.purpose = purpose
        self.work = work
    }

    /// One that is never met again.
    static func anonymous() -> ModelCaller { ModelCaller("other", of: UUID().uuidString.lowercased()) }

    /// How often this run has asked the same before.
    func ordinal(of request: CanonicalRequest) -> Int {
        asked.withLock { asked in
            defer { asked[request.hash, default: 0] += 1 }
            return asked[request.hash, default: 0]
        }
    }
}

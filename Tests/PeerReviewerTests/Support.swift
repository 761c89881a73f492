import HoneCore
import HoneStore
import Synchronization

/// Reviews gathered from a closure.
final class Gathered: Sendable {
    private let reviews = Mutex<[ReviewRecord]>([])

    func add(_ review: ReviewRecord) { reviews.withLock { $0.append(review) } }
    var count: Int { reviews.withLock { $0.count } }
    var weights: [TaskID: [Double]] {
        reviews.withLock { Dictionary(grouping: $0, by: \.taskID).mapValues { $0.map(\.samplingWeight) } }
    }
}

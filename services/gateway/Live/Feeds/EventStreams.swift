import HoneCore
import HoneMessages
import Synchronization

/// Readers inside this process, by subject.
final class EventStreams: Sendable {
    /// Events that may wait for a reader.
    static let capacity = 1_024

    /// What tells a reader from the others.
    struct Place: Sendable {
        fileprivate let subject: Subject
        fileprivate let number: Int
    }

    fileprivate struct Subject: Hashable {
        let kind: ProgressMade.Subject
        let id: String
    }

    private struct Readers {
        var next = 0
        var all: [Subject: [Int: AsyncStream<TaskStep>.Continuation]] = [:]
    }

    private let readers = Mutex(Readers())

    /// Gives `reader` everything from this call on, until it leaves. One that cannot take more is ended rather than told
    /// with a hole in it.
    func follow(
        _ kind: ProgressMade.Subject, _ id: String, with reader: AsyncStream<TaskStep>.Continuation
    ) -> Place {
        let subject = Subject(kind: kind, id: id)
        return readers.withLock { readers in
            readers.next += 1
            readers.all[subject, default: [:]][readers.next] = reader
            return Place(subject: subject, number: readers.next)
        }
    }

    func leave(_ place: Place) {
        readers.withLock { readers in
            readers.all[place.subject]?[place.number] = nil
            if readers.all[place.subject]?.isEmpty == true { readers.all[place.subject] = nil }
        }
    }

    /// Whether anybody reads.
    var isFollowed: Bool { readers.withLock { !$0.all.isEmpty } }

    func offer(_ event: LiveEvent) {
        guard let origin = event.origin else { return }
        let found = readers.withLock { $0.all[Subject(kind: origin.subject, id: origin.subjectID)] }
        guard let found, let made = ProgressEvent(event) else { return }
        for reader in found.values {
            if case .dropped = reader.yield(.event(made)) { reader.finish() }
        }
    }

    func finish() {
        let all = readers.withLock { readers in
            defer { readers.all = [:] }
            return readers.all
        }
        for reader in all.values.flatMap(\.values) { reader.finish() }
    }
}

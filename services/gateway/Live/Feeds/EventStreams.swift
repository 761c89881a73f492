import HoneCore
import HoneMessages
import Synchronization

/// Readers inside this process, by subject.
final class EventStreams: Sendable {
    /// Events that may wait for a reader.
    static let capacity = 1_024

    private struct Subject: Hashable {
        let kind: ProgressMade.Subject
        let id: String
    }

    private struct Readers {
        var next = 0
        var all: [Subject: [Int: AsyncStream<ProgressEvent>.Continuation]] = [:]
    }

    private let readers = Mutex(Readers())

    /// Everything from this call on.
    func follow(_ kind: ProgressMade.Subject, _ id: String) -> AsyncStream<ProgressEvent> {
        let subject = Subject(kind: kind, id: id)
        let (stream, continuation) = AsyncStream.makeStream(
            of: ProgressEvent.self, bufferingPolicy: .bufferingOldest(Self.capacity))
        let number = readers.withLock { readers in
            readers.next += 1
            readers.all[subject, default: [:]][readers.next] = continuation
            return readers.next
        }
        continuation.onTermination = { [weak self] _ in self?.forget(number, of: subject) }
        return stream
    }

    func offer(_ event: LiveEvent) {
        guard let origin = event.origin else { return }
        let found = readers.withLock { $0.all[Subject(kind: origin.subject, id: origin.subjectID)] }
        guard let found, let made = ProgressEvent(event) else { return }
        for continuation in found.values {
            // Ended rather than with a hole in it.
            if case .dropped = continuation.yield(made) { continuation.finish() }
        }
    }

    func finish() {
        let all = readers.withLock { readers in
            defer { readers.all = [:] }
            return readers.all
        }
        for continuation in all.values.flatMap(\.values) { continuation.finish() }
    }

    private func forget(_ number: Int, of subject: Subject) {
        readers.withLock { readers in
            readers.all[subject]?[number] = nil
            if readers.all[subject]?.isEmpty == true { readers.all[subject] = nil }
        }
    }
}

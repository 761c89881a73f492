import HoneModels
import HoneStore

/// Recordings of model calls in Postgres.
struct StoredRecordings: CallRecordings {
    let calls: RecordedCalls

    func answer(_ key: RecordingKey) async throws -> String? {
        try await calls.answer(RecordedCallKey(key))
    }

    func closest(to key: RecordingKey) async throws -> String? {
        try await calls.closest(to: RecordedCallKey(key))
    }

    func keep(_ recording: CallRecording) async throws -> String? {
        try await calls.keep(
            RecordedCallKey(recording.key), model: recording.model, request: recording.request,
            outcome: recording.outcome, isFault: recording.isFault)
    }
}

extension RecordedCallKey {
    fileprivate init(_ key: RecordingKey) {
        self.init(requestHash: key.request, purpose: key.purpose, work: key.work, ordinal: key.ordinal)
    }
}

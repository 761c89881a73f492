import Foundation
import HoneCore
import Metrics

/// Keeps what models answer, or lets it happen again.
public struct CallRecorder: Sendable {
    public enum Mode: String, Sendable {
        /// Calls are made and kept. One whose answer is kept already, because its run was repeated after a crash, is
        /// not made again.
        case record
        /// No call is made. One that was never recorded is a fault.
        case replay
    }

    public let mode: Mode
    let recordings: any CallRecordings
    let secrets: Redaction
    /// How slowly a replay lets pieces come: 0 at once, 1 as they came.
    let pace: Double

    public init(
        _ mode: Mode, in recordings: any CallRecordings, hiding secrets: Redaction = Redaction(), pace: Double = 0
    ) {
        self.mode = mode
        self.recordings = recordings
        self.secrets = secrets
        self.pace = pace
    }
}

/// A call on its way past the recorder.
struct RecordableCall: Sendable {
    let recorder: CallRecorder
    let model: ModelID
    let request: CanonicalRequest
    let key: RecordingKey

    init(_ request: CanonicalRequest, to model: ModelID, _ recorder: CallRecorder) {
        let caller = ModelCaller.current ?? .anonymous()
        self.recorder = recorder
        self.model = model
        self.request = request
        key = RecordingKey(
            request: request.hash, purpose: caller.purpose, work: caller.work, ordinal: caller.ordinal(of: request))
    }

    /// What came of it before; nil: make the call, then ``keep(_:)``. Throws the fault of a replay without a recording.
    func known() async throws -> RecordedOutcome? {
        switch recorder.mode {
        case .record:
            return try await recorder.recordings.answer(key).map(read)
        case .replay:
            let document = try await recorder.recordings.closest(to: key)
            count(isFound: document != nil)
            guard let document else { throw missing }
            return try read(document)
        }
    }

    /// Returns what stands, which may be what an equal run was told a moment earlier.
    func keep(_ outcome: RecordedOutcome) async throws -> RecordedOutcome {
        let secrets = recorder.secrets
        let document = String(decoding: try WireFormat.encode(outcome.hiding(secrets)), as: UTF8.self)
        let recording = CallRecording(
            key: key, model: model.rawValue, request: request.document,
            outcome: secrets.hidden(in: document), isFault: outcome.fault != nil)
        return try await recorder.recordings.keep(recording).map(read) ?? outcome
    }

    private func count(isFound: Bool) {
        let labels = [("model", model.rawValue), ("outcome", isFound ? "found" : "missing")]
        Counter(label: "hone.model.replays", dimensions: labels).increment()
    }

    private func read(_ document: String) throws -> RecordedOutcome {
        do {
            return try WireFormat.decode(RecordedOutcome.self, from: Data(document.utf8))
        } catch {
            throw ModelFault(.unrecorded("its recording (\(name)) cannot be read: \(error)"), model: model)
        }
    }

    private var missing: ModelFault {
        ModelFault(
            .unrecorded(
                "HONE_REPLAY=replay, and there is no recording of this call (\(name)); it was not sent. Run the same "
                    + "work once with HONE_REPLAY=record, or import recordings that have it"),
            model: model)
    }

    private var name: String {
        "request \(key.request.prefix(12)) of \(key.purpose) \(key.work)"
            + (key.ordinal > 0 ? ", for the \(key.ordinal + 1). time" : "")
    }
}

import HoneCore
import Synchronization

/// A model whose answers are kept, or come from what was kept. It stands before everything else, retries, fallbacks and
/// budgets included: a replayed call meets none of them.
struct RecordedModel: ChatModel {
    let base: any ChatModel
    let model: ApprovedModel
    let recorder: CallRecorder
    let timing: ModelTiming

    var id: ModelID { base.id }

    func respond(to request: ChatRequest, receiving receive: @escaping ChatReceiver) async throws -> ChatResponse {
        let call = RecordableCall(
            try CanonicalRequest(request, to: model, hiding: recorder.secrets), to: id, recorder)
        if let known = try await call.known() { return try await replay(known, to: receive) }
        let pieces = PieceClock(timing)
        do {
            let response = try await base.respond(to: request, receiving: pieces.watching(receive))
            return try await call.keep(RecordedOutcome(response, pieces.all)).response ?? response
        } catch let fault as ModelFault {
            let standing = try await call.keep(RecordedOutcome(fault, pieces.all))
            guard let response = standing.response else { throw fault }
            return response
        }
    }

    private func replay(_ outcome: RecordedOutcome, to receive: ChatReceiver) async throws -> ChatResponse {
        let start = timing.now()
        for piece in outcome.pieces {
            try Task.checkCancellation()
            try await pause(until: start + .nanoseconds(piece.nanoseconds) * recorder.pace)
            try await receive(.text(piece.text))
        }
        if let fault = outcome.fault?.fault { throw fault }
        guard let response = outcome.response else {
            throw ModelFault(.unrecorded("the recording of this call is of another kind"), model: id)
        }
        try await pause(until: start + response.duration * recorder.pace)
        try await receive(.usage(response.usage))
        try await receive(.finished(response.finishReason))
        return response
    }

    private func pause(until instant: ContinuousClock.Instant) async throws {
        guard recorder.pace > 0 else { return }
        let rest = timing.now().duration(to: instant)
        if rest > .zero { try await timing.sleep(rest) }
    }
}

extension CallRecorder {
    /// The same for embeddings.
    func embedding(
        _ texts: [String], on model: ApprovedModel, _ call: () async throws -> EmbeddingResponse
    ) async throws -> EmbeddingResponse {
        let recordable = RecordableCall(
            try CanonicalRequest(texts, to: model, hiding: secrets), to: model.id, self)
        if let known = try await recordable.known() {
            if let fault = known.fault?.fault { throw fault }
            guard let response = known.embedding else {
                throw ModelFault(.unrecorded("the recording of this call is of another kind"), model: model.id)
            }
            return response
        }
        do {
            let response = try await call()
            return try await recordable.keep(RecordedOutcome(response)).embedding ?? response
        } catch let fault as ModelFault {
            guard let response = try await recordable.keep(RecordedOutcome(fault)).embedding else { throw fault }
            return response
        }
    }
}

/// Notes the pieces of an answer as they pass, and when they came.
private final class PieceClock: Sendable {
    private let pieces = Mutex<[RecordedOutcome.Piece]>([])
    private let timing: ModelTiming
    private let start: ContinuousClock.Instant

    init(_ timing: ModelTiming) {
        self.timing = timing
        start = timing.now()
    }

    var all: [RecordedOutcome.Piece] { pieces.withLock { $0 } }

    func watching(_ receive: @escaping ChatReceiver) -> ChatReceiver {
        { event in
            if case .text(let text) = event { self.note(text) }
            try await receive(event)
        }
    }

    private func note(_ text: String) {
        let time = start.duration(to: timing.now()).nanoseconds
        pieces.withLock { $0.append(.init(nanoseconds: time, text: text)) }
    }
}

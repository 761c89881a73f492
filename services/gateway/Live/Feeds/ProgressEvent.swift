import HoneMessages
import NIOCore

/// Something that moved, as the one reader of the progress stream found it.
struct ProgressEvent: Sendable {
    let id: EventID
    let progress: ProgressMade
    /// The progress as it came: JSON.
    let encoded: ByteBuffer
}

extension ProgressEvent {
    /// Nil for what is not progress.
    init?(_ event: LiveEvent) {
        guard let origin = event.origin, let progress = event.progress else { return nil }
        self.init(id: event.id, progress: progress, encoded: ByteBuffer(bytes: origin.data))
    }
}

import NIOCore

/// Frames that a connection does not take yet, bounded by their number.
struct WaitingChunks {
    static let limit = 256

    private var chunks = CircularBuffer<Chunk>()
    private var frames = 0

    var isEmpty: Bool { chunks.isEmpty }

    /// False when there is no room for it.
    mutating func add(_ chunk: Chunk) -> Bool {
        guard frames + chunk.frames <= Self.limit else { return false }
        chunks.append(chunk)
        frames += chunk.frames
        return true
    }

    mutating func next() -> Chunk? {
        guard let chunk = chunks.popFirst() else { return nil }
        frames -= chunk.frames
        return chunk
    }
}

import NIOCore

/// Frames in a row as one piece of bytes, shared by all sockets that get them.
struct Chunk: Sendable {
    /// Frames in one piece at most; a socket's queue holds as many.
    static let limit = 256

    let bytes: ByteBuffer
    let frames: Int
    let first: EventID
    let last: EventID

    init(bytes: ByteBuffer, frames: Int, first: EventID, last: EventID) {
        self.bytes = bytes
        self.frames = frames
        self.first = first
        self.last = last
    }

    /// The frames of these events, in their order; none where there are no events.
    static func chunks(of events: [LiveEvent], in form: FrameForm) -> [Chunk] {
        stride(from: 0, to: events.count, by: limit).map { start in
            Chunk(events[start..<min(start + limit, events.count)], form)
        }
    }

    private init(_ events: ArraySlice<LiveEvent>, _ form: FrameForm) {
        let buffers = events.compactMap { $0.frame(in: form) }
        var bytes = buffers.first ?? ByteBuffer()
        bytes.reserveCapacity(buffers.reduce(0) { $0 + $1.readableBytes })
        for buffer in buffers.dropFirst() { bytes.writeImmutableBuffer(buffer) }
        self.init(
            bytes: bytes, frames: events.count, first: events.first?.id ?? .zero, last: events.last?.id ?? .zero)
    }
}

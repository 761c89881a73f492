/// How a socket gets its frames.
struct FrameForm: Hashable, Sendable {
    /// Without what was said in tasks.
    var isOutline = false
    /// Large ones deflated.
    var isDeflated = false
}

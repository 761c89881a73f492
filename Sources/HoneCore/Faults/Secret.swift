/// A value that must never be seen: printing, logging or dumping it shows `•••`.
public struct Secret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The value itself. Call it only where the secret leaves for its destination.
    public let exposed: String

    public init(_ value: String) {
        exposed = value
    }

    public var description: String { "•••" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

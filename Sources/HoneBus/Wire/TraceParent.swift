public import Foundation
import HoneCore

/// W3C Trace Context `traceparent`, version 00: which trace a message belongs to and which span sent it.
public struct TraceParent: Hashable, Sendable, CustomStringConvertible {
    /// 32 lower-case hexadecimal digits, not all zero.
    public let traceID: String
    /// 16 lower-case hexadecimal digits, not all zero.
    public let spanID: String
    public let flags: String

    /// Reads `00-<trace>-<span>-<flags>`; nil when it is anything else. Later versions are read as version 00.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 4, Self.isHex(parts[0], 2), parts[0] != "ff", parts.count == 4 || parts[0] != "00",
            Self.isHex(parts[1], 32), Self.isHex(parts[2], 16), Self.isHex(parts[3], 2),
            parts[1].contains(where: { $0 != "0" }), parts[2].contains(where: { $0 != "0" })
        else { return nil }
        traceID = String(parts[1])
        spanID = String(parts[2])
        flags = String(parts[3])
    }

    private init(traceID: String, spanID: String, flags: String) {
        self.traceID = traceID
        self.spanID = spanID
        self.flags = flags
    }

    /// A trace of its own for a message that brought none; made from its id, so that a redelivery stays in the trace.
    public init(rootOf messageID: UUID) {
        self.init(traceID: Self.hex(messageID), spanID: Self.span(messageID.derived("span")), flags: "01")
    }

    /// The same trace as seen by what this message causes: a span id of its own, made from the effect's id.
    public func child(_ effect: UUID) -> TraceParent {
        TraceParent(traceID: traceID, spanID: Self.span(effect), flags: flags)
    }

    /// The `traceparent` of an effect; nil when its cause has none or an unreadable one.
    static func child(of cause: String?, _ effect: UUID) -> String? {
        cause.flatMap(TraceParent.init)?.child(effect).description
    }

    public var description: String { "00-\(traceID)-\(spanID)-\(flags)" }

    private static func span(_ id: UUID) -> String {
        String(hex(id).suffix(16))
    }

    private static func hex(_ id: UUID) -> String {
        id.uuidString.lowercased().replacing("-", with: "")
    }

    private static func isHex(_ text: Substring, _ length: Int) -> Bool {
        text.utf8.count == length
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}

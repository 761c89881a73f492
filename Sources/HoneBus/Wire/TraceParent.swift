public import Foundation
import HoneCore

/// W3C Trace Context `traceparent`, version 00: which trace a message belongs to and which span sent it.
public struct TraceParent: Hashable, Sendable, CustomStringConvertible {
    /// `00-<trace>-<span>-<flags>`.
    public let description: String

    /// 32 lower-case hexadecimal digits, not all zero.
    public var traceID: String { part(3..<35) }
    /// 16 lower-case hexadecimal digits, not all zero.
    public var spanID: String { part(36..<52) }
    public var flags: String { part(53..<55) }

    /// Reads `00-<trace>-<span>-<flags>`; nil when it is anything else. Later versions are read as version 00.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard Self.isWellFormed(bytes) else { return nil }
        let isCurrent = bytes.count == 55 && bytes[0] == zero && bytes[1] == zero
        description = isCurrent ? text : "00" + String(decoding: bytes[2..<55], as: UTF8.self)
    }

    private init(traceID: String, spanID: String, flags: String) {
        description = "00-\(traceID)-\(spanID)-\(flags)"
    }

    /// A trace of its own for a message that brought none; made from its id, so that a redelivery stays in the trace.
    public init(rootOf messageID: UUID) {
        self.init(traceID: messageID.hexadecimal, spanID: Self.span(messageID.derived("span")), flags: "01")
    }

    /// The same trace as seen by what this message causes: a span id of its own, made from the effect's id.
    public func child(_ effect: UUID) -> TraceParent {
        TraceParent(traceID: traceID, spanID: Self.span(effect), flags: flags)
    }

    /// The `traceparent` of an effect; nil when its cause has none or an unreadable one.
    static func child(of cause: String?, _ effect: UUID) -> String? {
        cause.flatMap(TraceParent.init)?.child(effect).description
    }

    private func part(_ range: Range<Int>) -> String {
        String(decoding: description.utf8.dropFirst(range.lowerBound).prefix(range.count), as: UTF8.self)
    }

    private static func span(_ id: UUID) -> String {
        String(id.hexadecimal.suffix(16))
    }

    /// A later version may go on after its flags.
    private static func isWellFormed(_ text: [UInt8]) -> Bool {
        guard text.count >= 55, [2, 35, 52].allSatisfy({ text[$0] == dash }), isHex(text[0..<2]),
            isHex(text[3..<35]), isHex(text[36..<52]), isHex(text[53..<55])
        else { return false }
        let isFirst = text[0] == zero && text[1] == zero
        let isForbidden = text[0] == UInt8(ascii: "f") && text[1] == UInt8(ascii: "f")
        return !isForbidden && (text.count == 55 || !isFirst && text[55] == dash)
            && text[3..<35].contains { $0 != zero } && text[36..<52].contains { $0 != zero }
    }

    private static func isHex(_ text: ArraySlice<UInt8>) -> Bool {
        text.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}

private let zero = UInt8(ascii: "0")
private let dash = UInt8(ascii: "-")

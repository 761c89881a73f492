/// Turns the bytes of a `text/event-stream`, cut anywhere, into events.
///
/// https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
public struct ServerSentEventParser: Sendable {
    private var line: [UInt8] = []
    private var isFirstLine = true
    private var lastWasCarriageReturn = false
    private var event = ""
    private var data: [Substring] = []
    private var id = ""
    private var retry: Int?

    public init() {}

    /// The events these bytes complete.
    public mutating func feed(_ bytes: some Sequence<UInt8>) -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        for byte in bytes where endsLine(with: byte) {
            if let event = takeLine() { events.append(event) }
        }
        return events
    }

    private mutating func endsLine(with byte: UInt8) -> Bool {
        defer { lastWasCarriageReturn = byte == .carriageReturn }
        switch byte {
        case .lineFeed: return !lastWasCarriageReturn
        case .carriageReturn: return true
        default:
            line.append(byte)
            return false
        }
    }

    private mutating func takeLine() -> ServerSentEvent? {
        let text = Substring(decoding: isFirstLine ? line.withoutByteOrderMark : line[...], as: UTF8.self)
        isFirstLine = false
        line.removeAll(keepingCapacity: true)
        if text.isEmpty { return dispatch() }
        guard let colon = text.utf8.firstIndex(of: .colon) else {
            set(String(text), to: "")
            return nil
        }
        let value = text[text.utf8.index(after: colon)...]
        set(String(text[..<colon]), to: value.utf8.first == .space ? Substring(value.utf8.dropFirst()) : value)
        return nil
    }

    private mutating func set(_ field: String, to value: Substring) {
        switch field {
        case "event": event = String(value)
        case "data": data.append(value)
        case "id" where !value.utf8.contains(0): id = String(value)
        case "retry" where value.utf8.allSatisfy({ (0x30...0x39).contains($0) }): retry = Int(value) ?? retry
        default: break
        }
    }

    private mutating func dispatch() -> ServerSentEvent? {
        defer {
            event = ""
            data.removeAll(keepingCapacity: true)
        }
        if data.isEmpty { return nil }
        defer { retry = nil }
        return ServerSentEvent(
            event: event.isEmpty ? nil : event, data: data.joined(separator: "\n"), id: id.isEmpty ? nil : id,
            retry: retry)
    }
}

extension UInt8 {
    fileprivate static let lineFeed: UInt8 = 0x0A
    fileprivate static let carriageReturn: UInt8 = 0x0D
    fileprivate static let space: UInt8 = 0x20
    fileprivate static let colon: UInt8 = 0x3A
}

extension [UInt8] {
    fileprivate var withoutByteOrderMark: ArraySlice<UInt8> {
        starts(with: [0xEF, 0xBB, 0xBF]) ? dropFirst(3) : self[...]
    }
}

import Foundation
import HoneCore
import NIOCore
import NIOWebSocket
import Testing

@testable import Gateway

@Suite("Frames and events")
struct FrameFuzzTests {
    private static let cases = 1_000

    @Test("a client's frames are answered, forgotten or refused, whatever they are", arguments: FuzzSource.seeds)
    func clientFrames(seed: UInt64) {
        var source = FuzzSource(seed: seed)
        for _ in 0..<Self.cases {
            var frames = ClientFrames()
            for _ in 0..<source.number(1...6) {
                let isMasked = source.chance(0.9)
                let reaction = frames.receive(frame(&source, isMasked: isMasked))
                if !isMasked { #expect(reaction.isRefusal) }
                if case .fail(let code) = reaction { #expect((1002...1011).contains(code.number)) }
            }
        }
    }

    private func frame(_ source: inout FuzzSource, isMasked: Bool) -> WebSocketFrame {
        let opcodes = (0...15).compactMap { WebSocketOpcode(encodedWebSocketOpcode: UInt8($0)) }
        let bytes = source.chance(0.5) ? Array(source.text().utf8) : source.bytes(0...200)
        return WebSocketFrame(
            fin: source.chance(0.7), rsv1: source.chance(0.05), opcode: source.pick(opcodes),
            maskKey: isMasked ? WebSocketMaskingKey(source.bytes(4...4)) : nil, data: ByteBuffer(bytes: bytes))
    }

    @Test("an event's frame holds what was put into it, at every size", arguments: FuzzSource.seeds)
    func serverFrames(seed: UInt64) throws {
        var source = FuzzSource(seed: seed)
        for size in [0, 1, 60, 100, 125, 126, 65_400, 65_535, 65_536, 100_000] {
            let body = JSONValue.array([source.json(), .string(String(repeating: "x", count: size))])
            var bytes = try EventFrame.bytes(id: EventID(milliseconds: 7), type: "token", body)
            let frame = try #require(try unframed(&bytes))
            let event = try WireFormat.decode(JSONValue.self, from: frame)
            #expect(event["data"] == body && event["id"] == "7-0" && event["type"] == "token")
            #expect(bytes.readableBytes == 0)
        }
    }

    /// The payload of a server's frame, by RFC 6455 §5.2.
    private func unframed(_ bytes: inout ByteBuffer) throws -> Data? {
        #expect(bytes.readInteger(as: UInt8.self) == 0x81)
        let first = bytes.readInteger(as: UInt8.self)
        let short = try #require(first)
        let length =
            switch short {
            case 126: bytes.readInteger(as: UInt16.self).map(Int.init)
            case 127: bytes.readInteger(as: UInt64.self).map(Int.init)
            default: Int(short)
            }
        return length.flatMap { bytes.readBytes(length: $0) }.map { Data($0) }
    }

    @Test("a server-sent event is one event, whatever it holds", arguments: FuzzSource.seeds)
    func serverEvents(seed: UInt64) throws {
        var source = FuzzSource(seed: seed)
        for _ in 0..<Self.cases {
            let body = source.json()
            let text = String(buffer: try ServerEvent(id: "7-0", name: "token", body).bytes)
            #expect(text.hasSuffix("\n\n"))
            // The lines of the standard: LF, CR or both end one.
            let lines = text.split(omittingEmptySubsequences: false, whereSeparator: Self.endsLine)
            #expect(lines.count == 5)
            #expect(lines[0] == "id: 7-0" && lines[1] == "event: token")
            let data = Data(lines[2].dropFirst("data: ".count).utf8)
            #expect(try WireFormat.decode(JSONValue.self, from: data) == body)
        }
    }

    private static func endsLine(_ character: Character) -> Bool { ["\n", "\r", "\r\n"].contains(character) }

    @Test("the id of an event reads back, and nothing else is one", arguments: FuzzSource.seeds)
    func eventIDs(seed: UInt64) {
        var source = FuzzSource(seed: seed)
        for _ in 0..<Self.cases {
            let id = EventID(milliseconds: UInt64(source.number(0...Int.max)), sequence: UInt64(source.number(0...9)))
            #expect(EventID("\(id)") == id)
            let text = "\(source.text())\(source.number(0...99))-\(source.text())"
            if let taken = EventID(text) { #expect(EventID("\(taken)") == taken) }
        }
    }
}

extension ClientFrames.Reaction {
    fileprivate var isRefusal: Bool { if case .fail = self { true } else { false } }
}

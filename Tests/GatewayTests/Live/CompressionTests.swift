import Deflate
import Foundation
import HoneCore
import NIOCore
import TestServers
import Testing

@testable import Gateway

@Suite("Deflated messages on sockets", .timeLimit(.minutes(10)))
struct CompressionTests {
    typealias Client = SocketClient

    private static let agreed = "permessage-deflate; server_no_context_takeover; client_no_context_takeover"
    private static let offer = [("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits")]
    private static let text = String(repeating: "not once, ", count: 500)

    @Test(
        "an offer that can be met is met, each message standing for itself",
        arguments: [
            ("permessage-deflate", ""), ("Permessage-Deflate ;client_max_window_bits", ""),
            ("permessage-deflate; client_max_window_bits=9; client_no_context_takeover", ""),
            ("permessage-deflate; server_max_window_bits=12; client_max_window_bits=12", "; server_max_window_bits=12"),
            (
                "permessage-deflate; server_no_context_takeover; server_max_window_bits=\"15\"",
                "; server_max_window_bits=12"
            ),
            ("permessage-deflate; server_max_window_bits=8, permessage-deflate; client_max_window_bits", ""),
            ("permessage-bzip2, permessage-deflate", ""),
        ])
    func offers(_ offer: String, _ more: String) {
        #expect(DeflateOffer.answer(offer) == Self.agreed + more)
    }

    @Test(
        "an offer that cannot be met, or that nobody can read, is passed over",
        arguments: [
            "", ";", "x-webkit-deflate-frame", "permessage-deflate;", "permessage-deflate; server_max_window_bits",
            "permessage-deflate; server_max_window_bits=11", "permessage-deflate; server_max_window_bits=16",
            "permessage-deflate; server_max_window_bits=015", "permessage-deflate; server_max_window_bits=",
            "permessage-deflate; client_max_window_bits=7", "permessage-deflate; client_max_window_bits=x",
            "permessage-deflate; server_no_context_takeover=1", "permessage-deflate; mystery",
            "permessage-deflate; client_max_window_bits; client_max_window_bits",
        ])
    func refusals(_ offer: String) {
        #expect(DeflateOffer.answer(offer) == nil)
    }

    /// The texts of a client that agreed on deflating, and which of them were deflated.
    private func texts(_ client: Client, _ count: Int) async throws -> [(text: String, isDeflated: Bool)] {
        try await eventually("\(count) texts") { client.frames.filter { $0.opcode & 0xF == 1 }.count >= count }
        return try client.frames.filter { $0.opcode & 0xF == 1 }.map { frame in
            let isDeflated = frame.opcode == 0xC1
            let bytes = isDeflated ? try Deflate.inflate(frame.payload, limit: 1 << 20) : frame.payload
            return (String(decoding: bytes, as: UTF8.self), isDeflated)
        }
    }

    @Test("large texts come deflated to those who agreed, and say the same as to the others")
    func forms() async throws {
        try await TestGateway.open { gateway in
            let task = try await gateway.task()
            for _ in 0..<20 { _ = try await gateway.task() }
            let (plain, deflated) = (
                try await gateway.socket("/ws/tasks"), try await gateway.socket("/ws/tasks", headers: Self.offer)
            )
            #expect(deflated.head.contains(Self.agreed))
            let place = try #require(try await plain.texts(1)[0].id)
            for text in ["a", Self.text, "b"] { try await gateway.tell(task, text) }
            let said = try await plain.texts(4).map { String(decoding: $0.payload, as: UTF8.self) }
            let live = try await texts(deflated, 4)
            #expect(live.map(\.isDeflated) == [true, false, true, false])
            #expect(live.dropFirst().map(\.text) == Array(said.dropFirst()))
            #expect(try WireFormat.decode(JSONValue.self, from: Data(live[0].text.utf8))["type"] == "hello")

            let again = try await gateway.socket("/ws/tasks?after=\(place)", headers: Self.offer)
            let back = try await texts(again, 4)
            #expect(back.map(\.isDeflated) == [true, false, true, false])
            #expect(back.dropFirst().map(\.text) == Array(said.dropFirst()))
        }
    }

    @Test("a frame is deflated once for all; where that gains nothing, or it is small, it goes as it is")
    func once() throws {
        let large = LiveEvent(id: .zero, feed: .logs, routes: [], frame: SocketFrame.text(Self.text.utf8))
        let form = FrameForm(isDeflated: true)
        let first = try #require(large.frame(in: form))
        let second = try #require(large.owned(by: "key:1").frame(in: form))
        #expect(first.readableBytes < 100)
        #expect(
            first.withUnsafeReadableBytes { $0.baseAddress } == second.withUnsafeReadableBytes { $0.baseAddress })
        let noise = SocketFrame.text((0..<2_000).map { _ in UInt8.random(in: 0...255) })
        for frame in [noise, SocketFrame.text(Array(repeating: 65, count: 1_000))] {
            let event = LiveEvent(id: .zero, feed: .logs, routes: [], frame: frame)
            #expect(event.frame(in: form) == frame)
        }
    }

    @Test("a client may deflate what it says, in parts, too")
    func fromTheClient() async throws {
        let deflated = try #require(Deflate.deflate(Array(Self.text.utf8)))
        try await TestGateway.open { gateway in
            let client = try await gateway.socket("/ws/tasks", headers: Self.offer)
            try await client.send(1, deflated, reserved: 4)
            try await client.send(1, Array(deflated.prefix(9)), isFinal: false, reserved: 4)
            try await client.send(9, [1])
            try await client.send(0, Array(deflated.dropFirst(9)))
            try await client.send(1, Array("as it is".utf8))
            try await client.send(9, [2])
            try await eventually("both pongs") {
                client.frames.filter { $0.opcode == 10 }.map(\.payload) == [[1], [2]]
            }
            #expect(!client.frames.contains { $0.opcode == 8 })
        }
    }

    static let misdeeds = [
        Misdeed(
            "a bit on a continuation", 1002, Client.frame(1, [65], isFinal: false), Client.frame(0, [65], reserved: 4)),
        Misdeed("a bit on a ping", 1002, Client.frame(9, reserved: 4)),
        Misdeed("another bit", 1002, Client.frame(1, [65], reserved: 6)),
        Misdeed("a deflated binary message", 1003, Client.frame(2, [0], reserved: 4)),
        Misdeed("what is not deflated as it says", 1007, Client.frame(1, Array("plain".utf8), reserved: 4)),
        Misdeed("half of a deflated message", 1007, Client.frame(1, [0xF2, 0x48, 0xCD], reserved: 4)),
        Misdeed(
            "deflated text that is not UTF-8", 1007,
            Client.frame(1, Deflate.deflate(Array(repeating: 0xC3, count: 1_000)) ?? [], reserved: 4)),
        Misdeed(
            "a small message that becomes a large one", 1009,
            Client.frame(1, Deflate.deflate(Array(repeating: 65, count: 8_000_000)) ?? [], reserved: 4)),
    ]

    @Test("a broken rule closes the socket with the code that names it", arguments: misdeeds)
    func misdeed(_ misdeed: Misdeed) async throws {
        try await TestGateway.open { gateway in
            let client = try await gateway.socket("/ws/tasks", headers: Self.offer)
            try await client.write(misdeed.bytes)
            #expect(try await client.closeCode() == misdeed.code)
        }
    }
}

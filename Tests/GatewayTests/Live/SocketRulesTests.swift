import HoneCore
import HoneTestKit
import TestServers
import Testing

@testable import Gateway

/// Something that a client does, and what must come of it.
struct Misdeed: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let code: Int

    var testDescription: String { name }

    init(_ name: String, _ code: Int, _ frames: [UInt8]...) {
        self.name = name
        self.code = code
        bytes = frames.flatMap(\.self)
    }

    typealias Client = SocketClient

    static let all = [
        Misdeed("an unmasked text", 1002, Client.frame(1, [65], isMasked: false)),
        Misdeed("an unmasked empty ping", 1002, Client.frame(9, isMasked: false)),
        Misdeed("a reserved bit", 1002, Client.frame(1, [65], reserved: 4)),
        Misdeed("the second reserved bit", 1002, Client.frame(9, reserved: 2)),
        Misdeed("an unknown data opcode", 1002, Client.frame(3, [65])),
        Misdeed("an unknown control opcode", 1002, Client.frame(11)),
        Misdeed("a ping of 126 bytes", 1002, Client.frame(9, Array(repeating: 65, count: 126))),
        Misdeed("a ping in parts", 1002, Client.frame(9, [65], isFinal: false)),
        Misdeed("a continuation of nothing", 1002, Client.frame(0, [65])),
        Misdeed(
            "a text within a text", 1002, Client.frame(1, [65], isFinal: false), Client.frame(1, [65])),
        Misdeed("a binary message", 1003, Client.frame(2, [1, 2, 3])),
        Misdeed("text that is not UTF-8", 1007, Client.frame(1, [0xC3, 0x28])),
        Misdeed("a surrogate in UTF-8", 1007, Client.frame(1, [0xED, 0xA0, 0x80])),
        Misdeed(
            "text in parts that is not UTF-8", 1007, Client.frame(1, [0xC3], isFinal: false), Client.frame(0, [0x28])),
        Misdeed("a frame of more than 64 KiB", 1009, Client.frame(1, Array(repeating: 65, count: 65_537))),
        Misdeed(
            "parts of more than 64 KiB", 1009, Client.frame(1, Array(repeating: 65, count: 40_000), isFinal: false),
            Client.frame(0, Array(repeating: 65, count: 40_000))),
        Misdeed("a close frame of one byte", 1002, Client.frame(8, [3])),
        Misdeed("close code 999", 1002, Client.frame(8, [3, 231])),
        Misdeed("close code 1005", 1002, Client.frame(8, [3, 237])),
        Misdeed("close code 2999", 1002, Client.frame(8, [11, 183])),
        Misdeed("a reason that is not UTF-8", 1007, Client.frame(8, [3, 232, 0xFF])),
        Misdeed("ten times more frames than a second allows", 1008, (0..<400).flatMap { _ in Client.frame(10) }),
    ]
}

@Suite("What sockets accept")
struct SocketRulesTests {
    @Test("a broken rule closes the socket with the code that names it", arguments: Misdeed.all)
    func misdeeds(_ misdeed: Misdeed) async throws {
        try await TestGateway.open { gateway in
            let client = try await gateway.socket("/ws/tasks")
            try await client.write(misdeed.bytes)
            #expect(try await client.closeCode() == misdeed.code)
            try await client.send(8, [UInt8(misdeed.code >> 8), UInt8(misdeed.code & 0xFF)])
            try await eventually("the end of the connection") { client.isClosed }
        }
    }

    @Test("a ping comes back as a pong, between the parts of a message, too")
    func pongs() async throws {
        try await TestGateway.open { gateway in
            let client = try await gateway.socket("/ws/tasks")
            let euro = Array("€".utf8)
            try await client.send(1, [euro[0]], isFinal: false)
            try await client.send(9, [1, 2, 3])
            #expect(try await client.frame(10).payload == [1, 2, 3])
            try await client.send(0, Array(euro[1...]))
            try await client.send(1, [])
            try await client.send(9, Array(repeating: 7, count: 125))
            try await eventually("both pongs") { client.frames.filter { $0.opcode == 10 }.count == 2 }
            #expect(!client.frames.contains { $0.opcode == 8 })
        }
    }

    @Test("frames may come byte by byte")
    func slowly() async throws {
        try await TestGateway.open { gateway in
            let client = try await gateway.socket("/ws/tasks")
            for byte in SocketClient.frame(9, [42]) { try await client.write([byte]) }
            #expect(try await client.frame(10).payload == [42])
        }
    }

    @Test("a client that closes gets its code back, and the connection ends", arguments: [nil, 1000, 3000, 4999])
    func closing(_ code: Int?) async throws {
        try await TestGateway.open { gateway in
            let client = try await gateway.socket("/ws/tasks")
            try await client.send(8, code.map { [UInt8($0 >> 8), UInt8($0 & 0xFF)] } ?? [])
            #expect(try await client.closeCode() == code ?? 1005)
            try await eventually("the end of the connection") { client.isClosed }
        }
    }

    @Test("a client that answers pings stays, longer than HTTP would let it; a silent one is closed")
    func silence() async throws {
        let settings = [
            "HONE_GATEWAY_PING_EVERY": "100ms", "HONE_GATEWAY_SILENCE": "500ms", "HONE_READ_TIMEOUT": "1s",
            "HONE_IDLE_TIMEOUT": "1s",
        ]
        try await TestGateway.open(settings: settings) { gateway in
            let (lively, silent) = (try await gateway.socket("/ws/tasks"), try await gateway.socket("/ws/tasks"))
            async let end = silent.closeCode()
            var pings = 0
            while pings < 25 {
                try await eventually("ping \(pings + 1)") { lively.frames.filter { $0.opcode == 9 }.count > pings }
                pings += 1
                try await lively.send(10)
            }
            #expect(try await end == 1001)
            #expect(!lively.frames.contains { $0.opcode == 8 })
        }
    }

    @Test("a client that stops reading is told that it lagged and is closed; others feel nothing of it")
    func lagging() async throws {
        try await TestGateway.open { gateway in
            let task = try await gateway.task()
            let slow = try await gateway.socket("/ws/tasks/\(task)", receiveBuffer: 4_096)
            let quick = try await gateway.socket("/ws/tasks/\(task)")
            _ = try await slow.texts(1)
            try await slow.pauseReading()
            let text = String(repeating: "x", count: 50_000)
            for number in 0..<500 {
                try await gateway.tell(task, "\(number) \(text)")
                _ = try await quick.texts(number + 2)
            }
            let numbers = quick.texts.messages.map { $0.prefix { $0 != " " } }
            #expect(numbers == (0..<500).map { "\($0)"[...] })

            try await slow.goOnReading()
            #expect(try await slow.closeCode() == 1013)
            let lagged = try #require(slow.texts.last)
            #expect(lagged.type == "lagged")
            let place = try #require(slow.texts.dropLast().last?.id)
            #expect(lagged.json["data"]?["resume_from"]?.string == place)

            let again = try await gateway.socket("/ws/tasks/\(task)?after=\(place)")
            let missed = 500 - slow.texts.messages.count
            let rest = try await again.texts(missed + 1).messages.map { $0.prefix { $0 != " " } }
            #expect(rest == (500 - missed..<500).map { "\($0)"[...] })
        }
    }

    @Test("a client that closes while it reads nothing is let go all the same")
    func closingUnread() async throws {
        try await TestGateway.open(settings: ["HONE_GATEWAY_SOCKETS": "2"]) { gateway in
            let task = try await gateway.task()
            let slow = try await gateway.socket("/ws/tasks/\(task)", receiveBuffer: 4_096)
            let quick = try await gateway.socket("/ws/tasks/\(task)")
            _ = try await slow.texts(1)
            try await slow.pauseReading()
            let text = String(repeating: "x", count: 50_000)
            for number in 0..<200 {
                try await gateway.tell(task, text)
                _ = try await quick.texts(number + 2)
            }
            #expect(try await gateway.socket("/ws/tasks").status == 429)
            try await slow.send(8, [0x03, 0xE8])
            try await eventually("its place is free", poll: .milliseconds(100)) {
                try await gateway.socket("/ws/tasks").status == 101
            }
            #expect(!slow.frames.contains { $0.opcode == 8 })
        }
    }
}

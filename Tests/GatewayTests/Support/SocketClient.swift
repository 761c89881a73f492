import Foundation
import HoneCore
import HoneMessages
import HoneTestKit
import NIOCore
import NIOPosix
import Synchronization
import TestServers

@testable import Gateway

/// A WebSocket client that can do everything wrong: it writes the bytes it is told to and keeps what comes.
final class SocketClient: Sendable {
    struct Frame: Sendable, Equatable {
        let opcode: UInt8
        let payload: [UInt8]

        /// Of a text frame.
        var json: JSONValue { (try? WireFormat.decode(JSONValue.self, from: Data(payload))) ?? .null }
        var type: String? { json["type"]?.string }
        var id: String? { json["id"]?.string }
    }

    private let channel: any Channel
    private let inbox: Inbox

    private init(_ channel: any Channel, _ inbox: Inbox) {
        self.channel = channel
        self.inbox = inbox
    }

    /// A connection that nobody holds would be waited for when the gateway stops.
    deinit { channel.close(promise: nil) }

    /// Asks for an upgrade; what comes of it is in ``status``. `headers` come on top of the usual ones, `without` leaves some out.
    static func connect(
        _ port: Int, _ path: String, headers: [(String, String)] = [], without: [String] = [],
        receiveBuffer: Int? = nil
    ) async throws -> SocketClient {
        let client = try await open(port, receiveBuffer: receiveBuffer)
        try await client.handshake(path, headers: headers, without: without)
        return client
    }

    static func open(_ port: Int, receiveBuffer: Int? = nil) async throws -> SocketClient {
        let inbox = Inbox()
        var bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { $0.pipeline.addHandler(Collector(inbox)) }
        if let receiveBuffer {
            bootstrap = bootstrap.channelOption(.socketOption(.so_rcvbuf), value: SocketOptionValue(receiveBuffer))
        }
        return SocketClient(try await bootstrap.connect(host: "127.0.0.1", port: port).get(), inbox)
    }

    func handshake(_ path: String, headers: [(String, String)] = [], without: [String] = []) async throws {
        let usual = [
            ("Host", "127.0.0.1"), ("Upgrade", "websocket"), ("Connection", "Upgrade"),
            ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="), ("Sec-WebSocket-Version", "13"),
        ]
        let kept = usual.filter { field in !without.contains(field.0) && !headers.contains { $0.0 == field.0 } }
        let lines = (kept + headers).map { "\($0.0): \($0.1)\r\n" }.joined()
        try await write(Array("GET \(path) HTTP/1.1\r\n\(lines)\r\n".utf8))
        try await eventually("an answer to \(path)") { inbox.state.withLock { $0.head != nil || $0.isClosed } }
    }

    /// Sends bytes as they are.
    func write(_ bytes: [UInt8]) async throws {
        try await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get()
    }

    /// Sends a frame, right or wrong.
    func send(
        _ opcode: UInt8, _ payload: [UInt8] = [], isFinal: Bool = true, isMasked: Bool = true, reserved: UInt8 = 0
    ) async throws {
        try await write(Self.frame(opcode, payload, isFinal: isFinal, isMasked: isMasked, reserved: reserved))
    }

    static func frame(
        _ opcode: UInt8, _ payload: [UInt8] = [], isFinal: Bool = true, isMasked: Bool = true, reserved: UInt8 = 0
    ) -> [UInt8] {
        let mask: [UInt8] = [1, 2, 3, 4]
        let flag: UInt8 = isMasked ? 0x80 : 0
        var bytes = [(isFinal ? 0x80 : 0) | reserved << 4 | opcode]
        switch payload.count {
        case ...125: bytes.append(flag | UInt8(payload.count))
        case ...0xFFFF: bytes += [flag | 126, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)]
        default: bytes += [flag | 127] + (0..<8).reversed().map { UInt8(payload.count >> ($0 * 8) & 0xFF) }
        }
        guard isMasked else { return bytes + payload }
        return bytes + mask + payload.enumerated().map { $0.element ^ mask[$0.offset % 4] }
    }

    func pauseReading() async throws { try await channel.setOption(.autoRead, value: false).get() }
    func goOnReading() async throws { try await channel.setOption(.autoRead, value: true).get() }

    /// Ends the connection without a word.
    func drop() async throws { try await channel.close().get() }

    // MARK: what came

    var status: Int { inbox.state.withLock { $0.status } }
    var head: String { inbox.state.withLock { $0.head ?? "" } }
    /// Of an answer that is no upgrade.
    var body: JSONValue {
        inbox.state.withLock { (try? WireFormat.decode(JSONValue.self, from: Data($0.rest))) ?? .null }
    }
    var frames: [Frame] { inbox.state.withLock { $0.frames } }
    var texts: [Frame] { frames.filter { $0.opcode == 1 } }
    var isClosed: Bool { inbox.state.withLock { $0.isClosed } }

    /// Begins anew, for the next answer on the same connection.
    func forget() { inbox.state.withLock { $0 = Inbox.State() } }

    /// The texts, once there are so many.
    func texts(_ count: Int, within limit: Duration = .seconds(20)) async throws -> [Frame] {
        try await eventually(within: limit, "\(count) texts, there are \(texts.count)") { texts.count >= count }
        return texts
    }

    /// The first frame of this kind.
    func frame(_ opcode: UInt8, within limit: Duration = .seconds(20)) async throws -> Frame {
        try await eventually(within: limit, "a frame of opcode \(opcode)") { frames.contains { $0.opcode == opcode } }
        return frames.first { $0.opcode == opcode } ?? Frame(opcode: opcode, payload: [])
    }

    /// The code of the close frame.
    func closeCode(within limit: Duration = .seconds(20)) async throws -> Int {
        let payload = try await frame(8, within: limit).payload
        return payload.count < 2 ? 1005 : Int(payload[0]) << 8 | Int(payload[1])
    }
}

/// Sockets of one test.
final class Sockets: Sendable {
    private let all = Mutex<[SocketClient]>([])

    func hold(_ client: SocketClient) { all.withLock { $0.append(client) } }
    func letGo() { all.withLock { $0 = [] } }
}

/// What a client has got so far.
final class Inbox: Sendable {
    struct State {
        var rest: [UInt8] = []
        var head: String?
        var status = 0
        var frames: [SocketClient.Frame] = []
        var isClosed = false

        mutating func take(_ bytes: some Sequence<UInt8>) {
            rest += bytes
            if head == nil { takeHead() }
            while status == 101, let frame = takeFrame() { frames.append(frame) }
        }

        private mutating func takeHead() {
            guard let end = rest.firstRange(of: Array("\r\n\r\n".utf8)) else { return }
            let text = String(decoding: rest[..<end.lowerBound], as: UTF8.self)
            rest.removeSubrange(..<end.upperBound)
            status = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
            head = text
        }

        private mutating func takeFrame() -> SocketClient.Frame? {
            guard rest.count >= 2 else { return nil }
            let extra = rest[1] == 126 ? 2 : rest[1] == 127 ? 8 : 0
            guard rest.count >= 2 + extra else { return nil }
            let length = extra == 0 ? Int(rest[1]) : rest[2..<(2 + extra)].reduce(0) { $0 << 8 | Int($1) }
            guard rest.count >= 2 + extra + length else { return nil }
            let payload = Array(rest[(2 + extra)..<(2 + extra + length)])
            let opcode = rest[0]
            rest.removeSubrange(..<(2 + extra + length))
            // Ours are whole and without extensions; anything else shows as an opcode that nobody expects.
            return SocketClient.Frame(opcode: opcode & 0xF0 == 0x80 ? opcode & 0x0F : opcode, payload: payload)
        }
    }

    let state = Mutex(State())
}

private final class Collector: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer

    private let inbox: Inbox

    init(_ inbox: Inbox) {
        self.inbox = inbox
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data).readableBytesView
        inbox.state.withLock { $0.take(bytes) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        inbox.state.withLock { $0.isClosed = true }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

extension TestGateway {
    /// Opens a socket; while the gateway has not reached the bus yet it is asked again.
    func socket(
        _ path: String, headers: [(String, String)] = [], without: [String] = [], receiveBuffer: Int? = nil
    ) async throws -> SocketClient {
        let connect = {
            try await SocketClient.connect(port, path, headers: headers, without: without, receiveBuffer: receiveBuffer)
        }
        var client = try await connect()
        try await eventually("\(path) is served") {
            if client.status == 503 { client = try await connect() }
            return client.status != 503
        }
        sockets.hold(client)
        return client
    }

    /// Says that something moved in a task.
    func tell(
        _ task: TaskID, _ message: String, _ kind: ProgressMade.Kind = .token
    ) async throws {
        try await workshop.send(
            ProgressMade(subject: .task, subjectID: task.description, agentID: .ada, kind: kind, message: message))
    }

    /// Puts a task on record.
    func task() async throws -> TaskID {
        try await workshop.assign(TaskSubmitted(input: "What is it like?")).taskID
    }
}

extension [SocketClient.Frame] {
    /// What was said in the events, in their order.
    var messages: [String] { compactMap { $0.json["data"]?["message"]?.string } }
    var ids: [String] { filter { $0.type != "hello" }.compactMap(\.id) }
}

import Foundation
import HoneCore
import HoneIntelligence
import HoneMessages
import NIOCore
import Testing

@testable import Gateway

@Suite("Frames and their document")
struct FrameDocumentTests {
    private let document: JSONValue

    init() throws {
        document = try Contract.asyncAPI()
    }

    @Test("every socket of the document says hello as it tells there")
    func hellos() async throws {
        let addresses = (document["channels"]?.object ?? [:]).values.compactMap { $0["address"]?.string }
        let sockets = addresses.filter { $0.hasPrefix("/ws/") }
        #expect(sockets.count == 7)
        try await TestGateway.open { gateway in
            let task = try await gateway.task()
            for socket in sockets {
                let path = socket.replacing("{id}", with: task.description).replacing("{agent_id}", with: "ada")
                let client = try await gateway.socket(path)
                let hello = try await client.texts(1)[0]
                #expect(try violations(in: hello.json, of: "HelloFrame") == [], "\(path)")
            }
        }
    }

    @Test("what moves, and what is missed, is told as in the document")
    func events() async throws {
        try await TestGateway.open { gateway in
            let task = try await gateway.task()
            let client = try await gateway.socket("/ws/tasks/\(task)")
            try await gateway.tell(task, "warm")
            let event = try await client.texts(2)[1]
            #expect(try violations(in: event.json, of: "EventFrame") == [])
        }
        let place = EventID(milliseconds: 7)
        #expect(try violations(in: Self.value(EventFrame.gap(after: place)), of: "GapFrame") == [])
        #expect(try violations(in: Self.value(EventFrame.lagged(at: place)), of: "LaggedFrame") == [])
    }

    @Test("every kind of progress is a type of event")
    func kinds() {
        let types = document["components"]?["schemas"]?["EventFrame"]?["properties"]?["type"]?["enum"]?.array ?? []
        let kinds = ProgressMade.Kind.allCases.map(\.rawValue)
        #expect(types.compactMap(\.string) == kinds + ["stats", "log", "status", "alert"])
    }

    private func violations(in frame: JSONValue, of name: String) throws -> [String] {
        let schema: JSONValue = ["$ref": .string("#/components/schemas/\(name)")]
        return try JSONSchema(document.with(schema: schema)).violations(in: frame).map { "\($0)" }
    }

    /// A frame's text: what follows its head.
    private static func value(_ frame: ByteBuffer) throws -> JSONValue {
        let text = frame.readableBytesView.drop { $0 != UInt8(ascii: "{") }
        return try WireFormat.decode(JSONValue.self, from: Data(text))
    }
}

import Foundation
import HoneCore
import HoneTestKit
import TestServers
import Testing

@testable import Gateway

@Suite("Sockets and clients of other makes")
struct InteropTests {
    @Test("Python's websockets follows a task, is answered its ping, and closes in order")
    func websockets() async throws {
        let program = """
            import json, sys
            from websockets.sync.client import connect
            with connect(sys.argv[1], subprotocols=["hone.v1", "hone.bearer.x"]) as socket:
                frames = [json.loads(socket.recv(timeout=20)) for _ in range(4)]
                socket.send("understood " * 5000)
                answered = socket.ping().wait(20)
                protocol = socket.subprotocol
                extensions = [extension.name for extension in socket.protocol.extensions]
            print(json.dumps({"types": [frame["type"] for frame in frames], "answered": answered, "protocol": protocol,
                "extensions": extensions,
                "text": "".join(frame["data"].get("message", "") for frame in frames), "code": socket.close_code}))
            """
        try await TestGateway.open { gateway in
            let task = try await gateway.task()
            // The second is large enough to be deflated.
            let tokens = ["It is ", String(repeating: "–5 °C ", count: 1_000), " ☃"]
            for token in tokens { try await gateway.tell(task, token) }
            let url = "ws://127.0.0.1:\(gateway.port)/ws/tasks/\(task)?after=0"
            _ = try await gateway.socket("/ws/tasks")
            let outcome = try await OutsidePrograms.run(["python", "-c", program, url])
            #expect(outcome.status == 0, "\(outcome.complaints)")
            let said = try WireFormat.decode(JSONValue.self, from: Data(outcome.output.utf8))
            #expect(
                said == [
                    "types": ["hello", "token", "token", "token"], "answered": true, "protocol": "hone.v1",
                    "extensions": ["permessage-deflate"], "text": .string(tokens.joined()), "code": 1000,
                ])
        }
    }
}

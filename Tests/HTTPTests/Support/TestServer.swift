import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Synchronization

/// The base URL of a well-behaved server that runs as long as the test process.
func testServer() async throws -> String {
    try await "http://127.0.0.1:\(started.value)"
}

private let started = Task {
    let (ports, port) = AsyncStream<Int>.makeStream()
    var logger = Logger(label: "test-server")
    logger.logLevel = .error
    let application = Application(
        router: testRoutes(), configuration: .init(address: .hostname("127.0.0.1", port: 0), backlog: 1_024),
        onServerRunning: { channel in port.yield(channel.localAddress?.port ?? 0) }, logger: logger)
    Task {
        defer { port.finish() }
        try await application.run()
    }
    for await port in ports { return port }
    throw Signal.NotSeen()
}

/// One per test that waits at one.
private final class Gates: Sendable {
    private let signals = Mutex<[String: Signal]>([:])

    subscript(name: String) -> Signal {
        signals.withLock { signals in
            let signal = signals[name] ?? Signal()
            signals[name] = signal
            return signal
        }
    }
}

private func testRoutes() -> Router<BasicRequestContext> {
    let router = Router()
    router.get("hello") { _, _ in "hello" }
    for method in [.get, .post, .put, .patch, .delete, .head] as [HTTPRequest.Method] {
        router.on("echo", method: method, use: echo)
    }
    router.get("status/:code") { _, context in
        Response(status: .init(code: try context.parameters.require("code", as: Int.self)))
    }
    router.get("gzip") { _, _ in
        let bytes = try requireBytes(of: gzippedHundredThousandA)
        return Response(
            status: .ok, headers: [.contentEncoding: "gzip"], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
    let gates = Gates()
    router.get("events/:gate") { _, context in events(gates[try context.parameters.require("gate")]) }
    router.post("gate/:gate") { _, context in
        gates[try context.parameters.require("gate")].fire()
        return "open"
    }
    return router
}

/// The body comes back; what the server understood of the rest is in headers.
private func echo(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    let body = try await request.body.collect(upTo: 64 << 20)
    var response = Response(status: .ok, body: .init(byteBuffer: body))
    for field in request.headers {
        guard let name = HTTPField.Name("seen-\(field.name.rawName)") else { continue }
        response.headers.append(HTTPField(name: name, value: field.value.isEmpty ? "(empty)" : field.value))
    }
    if let name = HTTPField.Name("seen-method") { response.headers[name] = request.method.rawValue }
    return response
}

/// One event at once, the second and last when the gate opens.
private func events(_ gate: Signal) -> Response {
    Response(
        status: .ok, headers: [.contentType: "text/event-stream"],
        body: .init { writer in
            try await writer.write(ByteBuffer(string: "data: first\n\n"))
            try await gate.wait(within: .seconds(60))
            try await writer.write(ByteBuffer(string: "data: second\n\n"))
            try await writer.finish(nil)
        })
}

private func requireBytes(of base64: String) throws -> Data {
    guard let data = Data(base64Encoded: base64) else { throw Signal.NotSeen() }
    return data
}

private let gzippedHundredThousandA = """
    H4sIAAAAAAACA+3BMQEAAADCoKzrX8IaHkABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAArwaH+uIboIYBAA==
    """

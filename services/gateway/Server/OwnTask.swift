import Hummingbird

/// Answers each request in a task of its own.
///
/// A task keeps the deepest stack that it ever had, and a connection is one task: each that is kept open would hold what
/// its largest request took, and 10,000 sockets with nothing to say hundreds of megabytes.
struct OwnTask<Responder: HTTPResponder>: HTTPResponder where Responder.Context: Sendable {
    let responder: Responder

    func respond(to request: Request, context: Responder.Context) async throws -> Response {
        async let response = responder.respond(to: request, context: context)
        return try await response
    }
}

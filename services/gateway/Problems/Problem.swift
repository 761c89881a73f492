import Foundation
import HTTPTypes
import HoneCore
import Hummingbird

/// An error as the outside is told it: `application/problem+json`, RFC 9457. Says what was wrong with the request and
/// how to put it right, and nothing about our insides.
struct Problem: Error, HTTPResponseError {
    let status: HTTPResponse.Status
    /// A stable word for programs: `not_found`, `invalid_value`, ….
    let code: String
    let detail: String
    var faults: [InvalidValue] = []
    var headers = HTTPFields()

    func response(from request: Request, context: some RequestContext) throws -> Response {
        if request.uri.path.hasPrefix("/v1/") { return try openAIResponse() }
        var headers = headers
        headers[.contentType] = "application/problem+json"
        let body = try WireFormat.encode(ProblemBody(self, instance: request.uri.path))
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }
}

/// The members of RFC 9457, and ours: `code`, and `errors` with the fields that do not fit.
struct ProblemBody: Encodable {
    struct Fault: Encodable {
        let field: String
        let found: String
        let expected: String
    }

    let type = "about:blank"
    let title: String
    let status: Int
    let detail: String
    let instance: String
    let code: String
    let errors: [Fault]?

    init(_ problem: Problem, instance: String) {
        title = problem.status.reasonPhrase
        status = problem.status.code
        detail = problem.detail
        self.instance = instance
        code = problem.code
        let faults = problem.faults.map { Fault(field: $0.path, found: $0.found, expected: $0.expected) }
        errors = faults.isEmpty ? nil : faults
    }
}

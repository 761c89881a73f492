import HTTPTypes
import HoneAPI
import HoneCore
import Hummingbird

/// An error in OpenAI's form.
struct OpenAIError: Encodable {
    struct Content: Encodable {
        let message: String
        let type: String
        @OrNull var param: String?
        @OrNull var code: String?
    }

    let error: Content

    init(_ problem: Problem) {
        let fault = problem.faults.first
        error = Content(
            message: problem.detail, type: Self.type(of: problem), param: fault?.path,
            code: problem.status == .unauthorized ? "invalid_api_key" : problem.code)
    }

    private static func type(of problem: Problem) -> String {
        if problem.code == ErrorCode.costCapExceeded.rawValue { return "insufficient_quota" }
        return switch problem.status.code {
        case 401: "authentication_error"
        case 403: "permission_error"
        case 429: "rate_limit_error"
        case 500...: "server_error"
        default: "invalid_request_error"
        }
    }
}

extension Problem {
    /// Under `/v1` clients expect OpenAI's form, and 400 for whatever does not fit.
    func openAIResponse() throws -> Response {
        var headers = headers
        headers[.contentType] = "application/json; charset=utf-8"
        let body = ByteBuffer(bytes: try WireFormat.encode(OpenAIError(self)))
        return Response(
            status: status == .unprocessableContent ? .badRequest : status, headers: headers,
            body: ResponseBody(byteBuffer: body))
    }
}

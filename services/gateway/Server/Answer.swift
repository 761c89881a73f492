import HTTPTypes
import HoneCore
import Hummingbird

/// A JSON answer. What was asked for with GET carries an entity tag.
struct Answer<Body: Encodable & Sendable>: ResponseGenerator, Sendable {
    var body: Body
    var status: HTTPResponse.Status = .ok
    var headers = HTTPFields()

    init(_ body: Body, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) {
        self.body = body
        self.status = status
        self.headers = headers
    }

    func response(from request: Request, context: some RequestContext) throws -> Response {
        var headers = headers
        headers[.contentType] = "application/json; charset=utf-8"
        let bytes = try WireFormat.encode(body)
        if request.method == .get || request.method == .head {
            headers[.eTag] = EntityTag.weak(of: bytes)
            headers[.cacheControl] = "private, no-cache"
        }
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}

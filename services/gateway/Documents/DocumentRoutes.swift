import Foundation
import HTTPTypes
import Hummingbird

/// The API about itself. Open to everybody: it tells nothing that the source does not.
struct DocumentRoutes: RouteArea {
    func add(to router: Router<GatewayContext>) {
        router.get("/openapi.json") { _, _ in Self.json(try Documents.openAPI.get()) }
        router.get("/asyncapi.json") { _, _ in Self.json(try Documents.asyncAPI.get()) }
        router.get("/docs") { _, _ in Self.response(try Documents.page.get()) }
    }

    private static func json(_ document: Data) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "application/json; charset=utf-8", .cacheControl: "no-cache",
                .eTag: EntityTag.weak(of: document),
            ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: document)))
    }

    private static func response(_ page: DocumentPage) -> Response {
        let headers: HTTPFields = [
            .contentType: "text/html; charset=utf-8", .cacheControl: "no-cache",
            .contentSecurityPolicy: page.policy, .xContentTypeOptions: "nosniff",
            .eTag: EntityTag.weak(of: Data(page.html.utf8)),
        ]
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: page.html)))
    }
}

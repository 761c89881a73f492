import Crypto
import Foundation

/// `/docs`: one page that holds its own style and script, and may load nothing but the two documents it shows.
struct DocumentPage {
    let html: String
    /// What the browser may do for this page: run this very script, use this very style, ask this very gateway.
    let policy: String

    init() throws {
        let style = try CarriedFile.text("page/page.css")
        let script = try CarriedFile.text("page/page.js")
        html = try CarriedFile.text("page/index.html")
            .replacing("<style></style>", with: "<style>\(style)</style>")
            .replacing("<script></script>", with: "<script>\(script)</script>")
        policy = [
            "default-src 'none'", "script-src \(Self.source(script))", "style-src \(Self.source(style))",
            "connect-src 'self'", "img-src data:", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
        ].joined(separator: "; ")
    }

    private static func source(_ text: String) -> String {
        "'sha256-\(Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString())'"
    }
}

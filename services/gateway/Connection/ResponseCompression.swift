import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPCompression

/// Gzips answers that gain by it, for callers who take it: JSON and other text of a kibibyte or more, never a stream.
enum ResponseCompression {
    private static let smallest = 1_024

    /// Between the encoder and the codec of HTTP types, one of its own for each connection.
    @Sendable static func handlers() -> [any RemovableChannelHandler] {
        [
            HTTPResponseCompressor { head, isPossible in
                let isWorthIt = isWorthIt(&head.headers)
                if isWorthIt { head.headers.add(name: "Vary", value: "Accept-Encoding") }
                return isWorthIt && isPossible ? .compressIfPossible : .doNotCompress
            }
        ]
    }

    private static func isWorthIt(_ headers: inout HTTPHeaders) -> Bool {
        // An answer to HEAD has a length and no body.
        if headers.contains(name: HTTPField.Name.headAnswer.rawName) {
            headers.remove(name: HTTPField.Name.headAnswer.rawName)
            return false
        }
        guard let length = headers.first(name: "content-length").flatMap({ Int($0) }), length >= smallest,
            let type = headers.first(name: "content-type"), !headers.contains(name: "content-encoding")
        else { return false }
        return type.contains("json") || type.hasPrefix("text/")
    }
}

extension HTTPField.Name {
    /// Between the observer and the compressor alone.
    static let headAnswer = known("Hone-Head-Answer")
}

import HTTPTypes
import HoneCore
import NIOCore
import NIOHTTP1

/// An answer to what never became a request: written past encoder and compressor, which know of no request.
struct RawAnswer {
    let problem: Problem

    func write(on context: ChannelHandlerContext) {
        var bytes = context.channel.allocator.buffer(capacity: 512)
        bytes.writeString(text)
        let encoder = try? context.pipeline.syncOperations.context(handlerType: HTTPResponseEncoder.self)
        (encoder ?? context).writeAndFlush(NIOAny(bytes), promise: nil)
    }

    private var text: String {
        let body = (try? WireFormat.encode(ProblemBody(problem, instance: ""))).map {
            String(decoding: $0, as: UTF8.self)
        }
        return """
            HTTP/1.1 \(problem.status.code) \(problem.status.reasonPhrase)\r
            content-type: application/problem+json\r
            content-length: \(body?.utf8.count ?? 0)\r
            connection: close\r
            \r
            \(body ?? "")
            """
    }
}

extension Problem {
    /// What the parser of HTTP refused.
    init(unparsable error: any Error) {
        if let error = error as? HTTPParserError, error == .headerOverflow {
            self.init(
                status: .requestHeaderFieldsTooLarge, code: "headers_too_large",
                detail: "The request's headers are too large or too many.")
        } else {
            self = .malformed("This is not a request of HTTP/1.1.")
        }
    }

    static func tooSlow() -> Problem {
        Problem(status: .requestTimeout, code: "request_timeout", detail: "The request took too long to arrive.")
    }
}

/// Collects header lines until the head of the final answer is complete.
struct HeadParser {
    struct TooLarge: Error {}

    private static let maximumBytes = 256 << 10

    private let followsRedirects: Bool
    private var status = 0
    private var version = ""
    private var headers: [HTTPHeader] = []
    private var bytes = 0
    private var isComplete = false

    init(followsRedirects: Bool) {
        self.followsRedirects = followsRedirects
    }

    /// The head, at the empty line that ends it. Later lines are trailers and are ignored.
    mutating func feed(_ line: [UInt8]) throws(TooLarge) -> ResponseHead? {
        if isComplete { return nil }
        bytes += line.count
        guard bytes <= Self.maximumBytes else { throw TooLarge() }
        let content = line[...].trimmed
        if content.isEmpty { return endOfHead() }
        if content.starts(with: "HTTP/".utf8) { begin(content.text) } else { add(content) }
        return nil
    }

    private mutating func begin(_ statusLine: String) {
        let words = statusLine.split(separator: " ", maxSplits: 2)
        version = String(words[0].dropFirst("HTTP/".count))
        status = words.count > 1 ? Int(words[1]) ?? 0 : 0
        headers = []
    }

    private mutating func add(_ line: ArraySlice<UInt8>) {
        guard let colon = line.firstIndex(of: 0x3A) else { return }
        headers.append(HTTPHeader(line[..<colon].trimmed.text, line[(colon + 1)...].trimmed.text))
    }

    private mutating func endOfHead() -> ResponseHead? {
        let head = ResponseHead(status: status, httpVersion: version, headers: HTTPHeaders(headers))
        guard status >= 200, !(followsRedirects && head.isRedirect) else { return nil }
        isComplete = true
        return head
    }
}

extension ResponseHead {
    fileprivate var isRedirect: Bool {
        [301, 302, 303, 307, 308].contains(status) && headers["Location"] != nil
    }
}

extension ArraySlice<UInt8> {
    fileprivate var text: String { String(decoding: self, as: UTF8.self) }

    /// Without blanks and line ends around it.
    fileprivate var trimmed: ArraySlice<UInt8> {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }
        var rest = drop(while: isBlank)
        while let last = rest.last, isBlank(last) { rest.removeLast() }
        return rest
    }
}

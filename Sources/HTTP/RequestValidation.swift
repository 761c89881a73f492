extension HTTPRequest {
    /// Refuses what would change the meaning of the request on the wire. Names the fault, never the value.
    func validate() throws(HTTPError) {
        guard method.isToken else { throw .invalidRequest(reason: "the method is not a token") }
        for header in headers {
            guard header.name.isToken else { throw .invalidRequest(reason: "a header's name is not a token") }
            guard header.value.utf8.allSatisfy({ $0 != 0x0A && $0 != 0x0D && $0 != 0 }) else {
                throw .invalidRequest(reason: "the value of header \(header.name) contains a line break or NUL")
            }
        }
    }
}

extension String {
    /// https://www.rfc-editor.org/rfc/rfc9110#name-tokens
    fileprivate var isToken: Bool {
        !isEmpty && utf8.allSatisfy { (0x21...0x7E).contains($0) && !Self.delimiters.contains($0) }
    }

    private static let delimiters = Set("\"(),/:;<=>?@[\\]{}".utf8)
}

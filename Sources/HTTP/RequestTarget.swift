import CCurl

/// The parts of a URL that may be shown, as libcurl itself understands it.
struct RequestTarget: CustomStringConvertible {
    let scheme: String
    /// Host and, where the URL names one, port.
    let host: String
    let path: String

    init(parsing url: String) throws(HTTPError) {
        guard let parts = URLParts(url) else {
            throw .invalidRequest(reason: "the URL is malformed or not absolute")
        }
        guard let scheme = parts[.scheme], ["http", "https"].contains(scheme) else {
            throw .invalidRequest(reason: "the URL's scheme is neither http nor https")
        }
        self.scheme = scheme
        host = [parts[.host] ?? "", parts[.port]].compactMap(\.self).joined(separator: ":")
        path = parts[.path] ?? "/"
    }

    var description: String { "\(scheme)://\(host)\(path)" }
}

/// The only owner of one `CURLU`.
@safe private struct URLParts: ~Copyable {
    enum Part { case scheme, host, port, path }

    private let parsed: OpaquePointer

    init?(_ url: String) {
        guard !url.utf8.contains(0), let parsed = unsafe curl_url() else { return nil }
        let flags = UInt32(CURLU_NON_SUPPORT_SCHEME)
        guard unsafe curl_url_set(parsed, CURLUPART_URL, url, flags) == CURLUE_OK else {
            unsafe curl_url_cleanup(parsed)
            return nil
        }
        unsafe self.parsed = parsed
    }

    deinit { unsafe curl_url_cleanup(parsed) }

    subscript(part: Part) -> String? {
        let code =
            switch part {
            case .scheme: CURLUPART_SCHEME
            case .host: CURLUPART_HOST
            case .port: CURLUPART_PORT
            case .path: CURLUPART_PATH
            }
        var text: UnsafeMutablePointer<CChar>?
        guard unsafe curl_url_get(parsed, code, &text, 0) == CURLUE_OK, let text = unsafe text else { return nil }
        defer { unsafe curl_free(text) }
        return unsafe String(cString: text)
    }
}

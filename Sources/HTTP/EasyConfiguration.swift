import CCurl

extension EasyHandle {
    func configure(_ request: HTTPRequest, _ options: HTTPClientOptions) throws(HTTPError) {
        try set(CURLOPT_URL, request.url)
        try set(CURLOPT_NOSIGNAL, 1)
        try set(CURLOPT_NOPROGRESS, 0)
        // A name server that does not answer must not keep the loop waiting for the resolver's thread.
        try set(CURLOPT_QUICK_EXIT, 1)
        try set(CURLOPT_CONNECTTIMEOUT_MS, max(1, request.timeouts.connect.milliseconds))
        try set(CURLOPT_TCP_KEEPALIVE, 1)
        try setProtocol(redirects: request.maximumRedirects)
        try setTrust(options)
        try setProxy(options.proxy)
        try setMessage(request, userAgent: options.userAgent)
    }

    private func setProtocol(redirects: Int) throws(HTTPError) {
        try set(CURLOPT_PROTOCOLS_STR, "http,https")
        try set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https")
        try set(CURLOPT_FOLLOWLOCATION, redirects > 0 ? 1 : 0)
        try set(CURLOPT_MAXREDIRS, redirects)
        try set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS)
        try set(CURLOPT_ACCEPT_ENCODING, "")
    }

    private func setTrust(_ options: HTTPClientOptions) throws(HTTPError) {
        try set(CURLOPT_SSL_VERIFYPEER, 1)
        try set(CURLOPT_SSL_VERIFYHOST, 2)
        try set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        if let file = options.certificateAuthorities { try set(CURLOPT_CAINFO, file) }
    }

    private func setProxy(_ proxy: HTTPProxy) throws(HTTPError) {
        try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        switch proxy {
        case .environment: break
        case .none: try set(CURLOPT_PROXY, "")
        case .url(let url): try set(CURLOPT_PROXY, url)
        }
    }

    private func setMessage(_ request: HTTPRequest, userAgent: String) throws(HTTPError) {
        try set(CURLOPT_USERAGENT, userAgent)
        try setHeaders(request.headerLines)
        switch (request.method, request.body) {
        case ("HEAD", nil): try set(CURLOPT_NOBODY, 1)
        case ("POST", let body), ("PUT", let body), ("PATCH", let body): try setBody(body ?? [])
        case (_, let body?): try setBody(body)
        default: break
        }
        if !["GET", "HEAD", "POST"].contains(request.method) || (request.method == "GET" && request.body != nil) {
            try set(CURLOPT_CUSTOMREQUEST, request.method)
        }
    }

    private func set(_ option: CURLoption, _ value: some BinaryInteger) throws(HTTPError) {
        try set(option, Int(value))
    }
}

extension HTTPRequest {
    /// As libcurl wants them: "Name;" is an empty header, "Name:" takes one of its own away.
    fileprivate var headerLines: [String] {
        let lines = headers.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
        let own = ["Expect", "Content-Type"].filter { name in !headers.contains { $0.isNamed(name) } }
        return lines + own.map { "\($0):" }
    }
}

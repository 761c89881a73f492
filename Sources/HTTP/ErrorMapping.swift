import CCurl

extension EasyHandle {
    /// The error that a result of libcurl means; `nil` for success.
    func error(for code: Code, host: String) -> HTTPError? {
        let reason = explanation(of: code)
        switch code {
        case CURLE_OK:
            return nil
        case CURLE_OPERATION_TIMEDOUT:
            return .timedOut(phase: .connect, host: host)
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT, CURLE_PROXY:
            return .cannotConnect(host: host, reason: reason)
        case _ where isRefusedByProxy:
            return .cannotConnect(host: host, reason: reason)
        case CURLE_SSL_CONNECT_ERROR where reason.tellsOfLostConnection:
            return .connectionLost(host: host, reason: reason)
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM,
            CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS:
            return .tls(host: host, reason: reason)
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING,
            CURLE_TOO_MANY_REDIRECTS:
            return .invalidResponse(host: host, reason: reason)
        case CURLE_URL_MALFORMAT, CURLE_BAD_FUNCTION_ARGUMENT:
            return .invalidRequest(reason: reason)
        default:
            return .connectionLost(host: host, reason: reason)
        }
    }
}

extension String {
    /// libcurl has one code for a refused handshake and for a connection that broke in its midst.
    fileprivate var tellsOfLostConnection: Bool {
        ["SSL_ERROR_SYSCALL", "reset by peer", "unexpected eof"].contains { contains($0) }
    }
}

import CCurl

/// Hears of everything that happens to a transfer, on the loop's thread.
protocol TransferObserver: AnyObject {
    /// Bytes went either way.
    func moved()
    /// False stops the transfer.
    func receivedHeader(_ line: [UInt8]) -> Bool
    func receivedBody(_ bytes: [UInt8]) -> Transfer.Acceptance
}

/// The only owner of one `CURL`. It lives on the loop's thread alone, hence not `Sendable`.
@safe final class EasyHandle {
    typealias Code = CURLcode

    /// The handle's address, good for looking it up only.
    struct ID: Hashable {
        private let address: UInt

        init(_ easy: UnsafeMutableRawPointer) {
            address = UInt(bitPattern: easy)
        }
    }

    let id: ID
    private let easy: UnsafeMutableRawPointer
    private let reason: UnsafeMutablePointer<CChar>
    private var headers: UnsafeMutablePointer<curl_slist>?
    weak var observer: (any TransferObserver)?
    var movedBytes: (received: curl_off_t, sent: curl_off_t) = (0, 0)

    init() throws(HTTPError) {
        guard let easy = unsafe curl_easy_init() else { throw .invalidRequest(reason: "no memory") }
        unsafe self.easy = easy
        id = unsafe ID(easy)
        unsafe reason = .allocate(capacity: Int(CURL_ERROR_SIZE))
        unsafe reason.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        unsafe ccurl_set_pointer(easy, CURLOPT_ERRORBUFFER, reason)
    }

    deinit {
        unsafe curl_easy_cleanup(easy)
        unsafe curl_slist_free_all(headers)
        unsafe reason.deallocate()
    }

    func withPointer<Result>(_ body: (UnsafeMutableRawPointer) -> Result) -> Result {
        unsafe body(easy)
    }

    /// Lets a paused transfer go on. Returns the failure if there was one.
    func unpause() -> Code? {
        let code = unsafe curl_easy_pause(easy, CURLPAUSE_CONT)
        return code == CURLE_OK ? nil : code
    }

    /// How long it took until the request could be sent; `nil` before that.
    var connectedAfter: Duration? {
        var microseconds: curl_off_t = 0
        unsafe ccurl_get_offset(easy, CURLINFO_PRETRANSFER_TIME_T, &microseconds)
        return microseconds > 0 ? .microseconds(microseconds) : nil
    }

    /// Whether a proxy refused to open a tunnel.
    var isRefusedByProxy: Bool {
        var status = 0
        unsafe ccurl_get_long(easy, CURLINFO_HTTP_CONNECTCODE, &status)
        return status >= 300
    }

    /// What libcurl says about the failure. It names hosts; a text that could hold a URL or a user is replaced by a
    /// general one.
    func explanation(of code: Code) -> String {
        let detail = unsafe String(cString: reason)
        let isSafe = !detail.isEmpty && !detail.contains("://") && !detail.contains("@")
        return isSafe ? detail : unsafe String(cString: curl_easy_strerror(code))
    }
}

// MARK: options

extension EasyHandle {
    func set(_ option: CURLoption, _ value: Int) throws(HTTPError) {
        try check(unsafe ccurl_set_long(easy, option, value))
    }

    func set(_ option: CURLoption, _ value: String) throws(HTTPError) {
        guard !value.utf8.contains(0) else { throw .invalidRequest(reason: "a NUL in the request") }
        try check(unsafe ccurl_set_string(easy, option, value))
    }

    /// libcurl keeps a copy.
    func setBody(_ bytes: [UInt8]) throws(HTTPError) {
        try check(unsafe ccurl_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(bytes.count)))
        try check(unsafe ccurl_set_bytes(easy, CURLOPT_COPYPOSTFIELDS, bytes.isEmpty ? [0] : bytes))
    }

    func setHeaders(_ lines: [String]) throws(HTTPError) {
        for line in lines {
            guard let longer = unsafe curl_slist_append(headers, line) else {
                throw .invalidRequest(reason: "no memory")
            }
            unsafe headers = unsafe longer
        }
        try check(unsafe ccurl_set_list(easy, CURLOPT_HTTPHEADER, headers))
    }

    /// Calls the observer, which has to live as long as the handle is on a loop.
    func observe(by observer: any TransferObserver) throws(HTTPError) {
        self.observer = observer
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        for option in [CURLOPT_WRITEDATA, CURLOPT_HEADERDATA, CURLOPT_XFERINFODATA] {
            try check(unsafe ccurl_set_pointer(easy, option, context))
        }
        try check(unsafe ccurl_set_sink(easy, CURLOPT_WRITEFUNCTION, Callbacks.body))
        try check(unsafe ccurl_set_sink(easy, CURLOPT_HEADERFUNCTION, Callbacks.header))
        try check(unsafe ccurl_set_progress(easy, Callbacks.progress))
    }

    private func check(_ code: Code) throws(HTTPError) {
        guard code == CURLE_OK else {
            throw .invalidRequest(reason: unsafe String(cString: curl_easy_strerror(code)))
        }
    }
}

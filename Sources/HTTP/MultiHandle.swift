import CCurl

/// The owner of one `CURLM`.
///
/// `Sendable` because only the loop's thread calls anything but `wakeUp`, which libcurl allows from any thread
/// until `free`; the loop's mailbox lock keeps those two apart.
@safe struct MultiHandle: @unchecked Sendable {
    private let multi: UnsafeMutableRawPointer?

    init(maximumConnectionsPerHost: Int) {
        Curl.initialize()
        unsafe multi = curl_multi_init()
        unsafe ccurl_multi_set_long(multi, CURLMOPT_MAX_HOST_CONNECTIONS, maximumConnectionsPerHost)
        unsafe ccurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, 256)
        // A stream that nobody reads would stall the others on its HTTP/2 connection, so each has its own.
        unsafe ccurl_multi_set_long(multi, CURLMOPT_PIPELINING, Int(CURLPIPE_NOTHING))
    }

    func free() {
        unsafe curl_multi_cleanup(multi)
    }

    func wakeUp() {
        unsafe curl_multi_wakeup(multi)
    }

    func add(_ handle: EasyHandle) throws(HTTPError) {
        let code = unsafe handle.withPointer { unsafe curl_multi_add_handle(multi, $0) }
        guard code == CURLM_OK else {
            throw .invalidRequest(reason: unsafe String(cString: curl_multi_strerror(code)))
        }
    }

    func remove(_ handle: EasyHandle) {
        unsafe handle.withPointer { _ = unsafe curl_multi_remove_handle(multi, $0) }
    }

    func perform() {
        var running: Int32 = 0
        unsafe curl_multi_perform(multi, &running)
    }

    /// The next transfer that libcurl is done with.
    func nextFinished() -> (EasyHandle.ID, EasyHandle.Code)? {
        var left: Int32 = 0
        while let message = unsafe curl_multi_info_read(multi, &left) {
            guard unsafe message.pointee.msg == CURLMSG_DONE, let easy = unsafe message.pointee.easy_handle else {
                continue
            }
            return (unsafe EasyHandle.ID(easy), unsafe ccurl_message_result(message))
        }
        return nil
    }

    /// Sleeps until a socket, a time-out of libcurl's, a wake-up, or this long.
    func poll(until wait: Duration?) {
        let milliseconds = (wait ?? .seconds(60)).milliseconds
        unsafe curl_multi_poll(multi, nil, 0, Int32(clamping: max(0, milliseconds)), nil)
    }
}

extension Duration {
    /// Rounded up, so that a wait of this many milliseconds is not too short.
    var milliseconds: Int {
        let (seconds, attoseconds) = components
        guard seconds < 1 << 40 else { return Int(Int32.max) }
        return Int(seconds) * 1_000 + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}

import CCurl

/// The functions libcurl calls, all on the loop's thread while the handle is alive.
enum Callbacks {
    private static let stop = Int(CURL_WRITEFUNC_ERROR)

    static let body: curl_write_callback = { bytes, size, count, context in
        guard let handle = unsafe handle(context) else { return stop }
        let length = size * count
        switch handle.observer?.receivedBody(unsafe copy(bytes, length)) {
        case .taken: return length
        case .full: return Int(CURL_WRITEFUNC_PAUSE)
        case .ended, nil: return stop
        }
    }

    static let header: curl_write_callback = { bytes, size, count, context in
        guard let handle = unsafe handle(context) else { return stop }
        let length = size * count
        return handle.observer?.receivedHeader(unsafe copy(bytes, length)) == true ? length : stop
    }

    static let progress: curl_xferinfo_callback = { context, _, received, _, sent in
        if let handle = unsafe handle(context), handle.movedBytes != (received, sent) {
            handle.movedBytes = (received, sent)
            handle.observer?.moved()
        }
        return 0
    }

    private static func handle(_ context: UnsafeMutableRawPointer?) -> EasyHandle? {
        unsafe context.map { unsafe Unmanaged<EasyHandle>.fromOpaque($0).takeUnretainedValue() }
    }

    private static func copy(_ bytes: UnsafeMutablePointer<CChar>?, _ length: Int) -> [UInt8] {
        unsafe Array(UnsafeRawBufferPointer(start: bytes, count: bytes == nil ? 0 : length))
    }
}

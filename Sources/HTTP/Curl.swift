import CCurl
import Glibc

/// What concerns libcurl as a whole.
enum Curl {
    private static let initialized = curl_global_init(Int(CURL_GLOBAL_DEFAULT))

    /// Once per process, before the first handle.
    static func initialize() {
        _ = initialized
    }
}

enum ThreadSignals {
    /// With `CURLOPT_NOSIGNAL`, OpenSSL's writes to a closed socket would raise SIGPIPE and end the process.
    static func blockBrokenPipe() {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe sigaddset(&signals, SIGPIPE)
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    }
}

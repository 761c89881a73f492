import Foundation

/// How many files, sockets among them, this process may have open.
enum OpenFiles {
    /// Takes all that the system lets it have: the usual limit of 1,024 would end at as many sockets.
    static func allow() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}

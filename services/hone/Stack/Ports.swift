import Foundation

/// Ports of loopback.
enum Ports {
    /// `wanted` if nobody listens there, else a free one below those that Linux hands to outgoing connections.
    static func free(preferring wanted: Int?, except taken: Set<Int> = []) throws -> Int {
        if let wanted, !taken.contains(wanted), isFree(wanted) { return wanted }
        for _ in 0..<500 {
            let port = Int.random(in: 15_000..<32_000)
            if !taken.contains(port), isFree(port) { return port }
        }
        throw CommandFault("no free port on 127.0.0.1")
    }

    static func isFree(_ port: Int) -> Bool {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard socket >= 0 else { return false }
        defer { close(socket) }
        // As servers bind: a port that only waits out its last connection is free.
        var reuse: Int32 = 1
        setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &reuse, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}

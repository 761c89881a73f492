import Foundation
import TestServers

/// The socket calls that a relay needs. All block, and belong on threads.
enum Sockets {
    static func thread(_ body: @escaping @Sendable () -> Void) {
        let thread = Thread(block: body)
        thread.stackSize = 256 << 10
        thread.start()
    }

    static func listen(_ port: Int) throws -> Int32 {
        let socket = stream()
        var yes: Int32 = 1
        setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        let isBound = withLoopback(port) { bind(socket, $0, $1) } == 0
        guard isBound, Foundation.listen(socket, 128) == 0 else {
            close(socket)
            throw ServerFailure("cannot listen on port \(port): errno \(errno)")
        }
        return socket
    }

    /// Nil when the listener was shut down.
    static func accept(_ listener: Int32) -> Int32? {
        while true {
            let socket = Foundation.accept(listener, nil, nil)
            if socket >= 0 {
                prepare(socket)
                return socket
            }
            if errno != EINTR && errno != ECONNABORTED { return nil }
        }
    }

    static func connect(_ port: Int) -> Int32? {
        let socket = stream()
        guard withLoopback(port, { Foundation.connect(socket, $0, $1) }) == 0 else {
            close(socket)
            return nil
        }
        prepare(socket)
        return socket
    }

    /// Returns when either side has ended.
    static func copy(from source: Int32, to sink: Int32) {
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = recv(source, &buffer, buffer.count, 0)
            if count < 0 && errno == EINTR { continue }
            guard count > 0, sendAll(buffer[..<count], to: sink) else { return }
        }
    }

    private static func sendAll(_ bytes: ArraySlice<UInt8>, to sink: Int32) -> Bool {
        bytes.withUnsafeBytes { bytes in
            var sent = 0
            while sent < bytes.count {
                let count = send(sink, bytes.baseAddress?.advanced(by: sent), bytes.count - sent, Int32(MSG_NOSIGNAL))
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { return false }
                sent += count
            }
            return true
        }
    }

    private static func stream() -> Int32 {
        socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    }

    private static func prepare(_ socket: Int32) {
        _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
        var yes: Int32 = 1
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
    }

    private static func withLoopback<Result>(
        _ port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port)).bigEndian
        address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
    }
}

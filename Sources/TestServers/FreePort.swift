import Foundation
import Synchronization

/// No port of loopback could be had.
public struct NoFreePort: Error {}

private let portsHandedOut = Mutex<Set<Int>>([])

/// A port of 127.0.0.1 that nobody listens on and that this process has not handed out before.
///
/// It lies below the range from which Linux picks ports for outgoing connections, so none of those can take it.
public func freePort() throws -> Int {
    for _ in 0..<200 {
        let port = Int.random(in: 15_000..<32_000)
        if portsHandedOut.withLock({ $0.insert(port).inserted }), canBind(port) { return port }
    }
    throw NoFreePort()
}

private func canBind(_ port: Int) -> Bool {
    let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard socket >= 0 else { return false }
    defer { close(socket) }
    return withLoopbackAddress(port) { bind(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) } == 0
}

/// Calls `body` with the address 127.0.0.1:port in the form the socket calls want.
func withLoopbackAddress<Result>(_ port: Int, _ body: (UnsafePointer<sockaddr>) -> Result) -> Result {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
    return withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1, body)
    }
}

import Foundation
import Glibc

/// A server on loopback that answers every command with the `INFO` of another version.
final class OldRedis: Sendable {
    let port: Int
    private let listener: Int32

    init(version: String) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 8) == 0 && getsockname(listener, $0, &length) == 0
            }
        }
        guard isBound else { throw POSIXError(.EADDRINUSE) }
        port = Int(UInt16(bigEndian: address.sin_port))
        self.listener = listener
        let info = "# Server\r\nredis_version:\(version)\r\n"
        let answer = Array("$\(info.utf8.count)\r\n\(info)\r\n".utf8)
        Thread.detachNewThread {
            while case let client = accept(listener, nil, nil), client >= 0 {
                Thread.detachNewThread { Self.serve(client, answer) }
            }
        }
    }

    deinit { shutdown(listener, Int32(SHUT_RDWR)) }

    /// One answer for each command of a pipeline: a command begins with `*`.
    private static func serve(_ client: Int32, _ answer: [UInt8]) {
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while case let count = read(client, &buffer, buffer.count), count > 0 {
            for _ in 0..<buffer.prefix(count).count(where: { $0 == UInt8(ascii: "*") }) {
                _ = send(client, answer, answer.count, Int32(MSG_NOSIGNAL))
            }
        }
        close(client)
    }
}

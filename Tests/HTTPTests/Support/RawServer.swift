import Foundation
import Glibc
import Synchronization

/// A server on loopback whose every byte the test decides. Each connection is handled on a thread of its own.
final class RawServer: Sendable {
    let port: Int
    private let listener: Int32
    private let connections = Mutex(0)

    var url: String { "http://127.0.0.1:\(port)" }
    var accepted: Int { connections.withLock { $0 } }

    init(_ handler: @escaping @Sendable (RawConnection) -> Void) throws {
        (listener, port) = try Self.listen()
        let descriptor = listener
        Thread.detachNewThread { [weak self] in
            while case let client = accept(descriptor, nil, nil), client >= 0 {
                self?.connections.withLock { $0 += 1 }
                Thread.detachNewThread {
                    let connection = RawConnection(client)
                    handler(connection)
                    connection.close()
                }
            }
            Glibc.close(descriptor)
        }
    }

    deinit { shutdown(listener, Int32(SHUT_RDWR)) }

    /// Answers every request on every connection with these bytes, then closes.
    convenience init(answering bytes: [UInt8]) throws {
        try self.init { connection in
            guard connection.readHead() != nil else { return }
            connection.write(bytes)
        }
    }

    static func freePort() throws -> Int {
        let (descriptor, port) = try listen()
        Glibc.close(descriptor)
        return port
    }

    private static func listen() throws -> (Int32, Int) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(descriptor, generic, length) == 0 && Glibc.listen(descriptor, 512) == 0
                    && getsockname(descriptor, generic, &length) == 0
            }
        }
        guard bound else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
    }
}

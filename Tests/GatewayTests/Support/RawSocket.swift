import Foundation
import TestServers

/// A connection on which anything can be sent, HTTP or not.
final class RawSocket: Sendable {
    private let file: Int32

    /// With a small `receiveBuffer` the other side soon feels that nobody reads.
    init(port: Int, receiveBuffer: Int32? = nil) throws {
        file = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        if var size = receiveBuffer {
            setsockopt(file, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
        let outcome = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(file, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard outcome == 0 else { throw POSIXError(.ECONNREFUSED) }
    }

    deinit { close(file) }

    /// False when the other side has closed.
    @discardableResult
    func send(_ text: String) -> Bool { send(Data(text.utf8)) }

    @discardableResult
    func send(_ data: Data) -> Bool {
        data.withUnsafeBytes { Foundation.send(file, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            == data.count
    }

    func closeSending() { shutdown(file, Int32(SHUT_WR)) }

    /// All that comes until the other side closes, or `isEnough`. Throws when neither happens in time.
    func receive(
        within limit: Duration = .seconds(10), until isEnough: ((String) -> Bool)? = nil
    ) async throws -> String {
        var received = Data()
        var hasEnded = false
        try await eventually(
            within: limit, "an answer; so far: \(String(decoding: received.prefix(200), as: UTF8.self))"
        ) {
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while !hasEnded {
                let count = recv(file, &buffer, buffer.count, Int32(MSG_DONTWAIT))
                if count > 0 { received += buffer[..<count] }
                if count == 0 || (count < 0 && errno != EAGAIN) { hasEnded = true }
                if count <= 0 { break }
            }
            return hasEnded || isEnough?(String(decoding: received, as: UTF8.self)) ?? false
        }
        return String(decoding: received, as: UTF8.self)
    }
}

extension TestGateway {
    /// Sends `text` as it is and returns all that comes until the gateway closes.
    func raw(_ text: String) async throws -> String {
        let socket = try RawSocket(port: port)
        socket.send(text)
        return try await socket.receive()
    }

    /// The status line's code.
    static func code(_ answer: String) -> Int? {
        answer.split(separator: " ").dropFirst().first.flatMap { Int($0) }
    }
}

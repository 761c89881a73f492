import Foundation

extension RawServer {
    /// Answers in the place of any upstream and says what it was asked for.
    static func proxy() throws -> RawServer {
        try RawServer { connection in
            guard let line = connection.readHead()?.split(separator: "\r\n").first else { return }
            connection.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nproxy: \(line)")
        }
    }

    /// Sends as much as the client takes.
    static func endless() throws -> RawServer {
        try RawServer { connection in
            _ = connection.readHead()
            connection.write("HTTP/1.1 200 OK\r\n\r\n")
            while connection.write([UInt8](repeating: 0, count: 4_096)) {}
        }
    }

    /// Sends one event on each connection at once, and the second and last when somebody asks for `/gate`.
    static func events() throws -> RawServer {
        let gate = DispatchSemaphore(value: 0)
        return try RawServer { connection in
            if connection.readHead()?.hasPrefix("GET /gate ") == true {
                connection.write("HTTP/1.1 204 No Content\r\n\r\n")
            } else {
                connection.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: first\n\n")
                gate.wait()
                connection.write("data: second\n\n")
            }
            // Lets the next one through, who lets the next one through.
            gate.signal()
        }
    }
}

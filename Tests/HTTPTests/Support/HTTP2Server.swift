import Foundation

/// `openssl s_server` speaks TLS and ALPN; the few HTTP/2 frames of one answer are written here.
final class HTTP2Server: Sendable {
    let host: String
    /// The self-signed certificate, a PEM file.
    let certificate: String
    private let directory: URL
    private let process: Process

    var url: String { "https://\(host)/" }

    init() async throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "http2-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let (key, authority) = (directory.appending(path: "key.pem").path, directory.appending(path: "cert.pem").path)
        certificate = authority
        let request = try Self.openssl([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key,
            "-out", authority, "-days", "1", "-subj", "/CN=test", "-addext", "subjectAltName=IP:127.0.0.1",
        ])
        await Self.end(of: request)

        let port = try RawServer.freePort()
        host = "127.0.0.1:\(port)"
        let (input, output) = (Pipe(), Pipe())
        process = try Self.openssl(
            ["s_server", "-accept", host, "-cert", authority, "-key", key, "-alpn", "h2", "-quiet"], input, output)
        Thread.detachNewThread {
            Self.answer(reading: output.fileHandleForReading, writing: input.fileHandleForWriting)
        }
    }

    deinit {
        process.terminate()
        try? FileManager.default.removeItem(at: directory)
    }

    /// Waits on a thread of its own: the wait blocks, and a pool of two must not.
    private static func end(of process: Process) async {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                process.waitUntilExit()
                continuation.resume()
            }
        }
    }

    private static func openssl(_ arguments: [String], _ input: Pipe? = nil, _ output: Pipe? = nil) throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        process.standardInput = input ?? FileHandle.nullDevice
        process.standardOutput = output ?? FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    /// https://www.rfc-editor.org/rfc/rfc9113#name-frame-format
    private static func answer(reading: FileHandle, writing: FileHandle) {
        func read(_ count: Int) -> [UInt8]? {
            var bytes: [UInt8] = []
            while bytes.count < count {
                guard let more = try? reading.read(upToCount: count - bytes.count), !more.isEmpty else { return nil }
                bytes += more
            }
            return bytes
        }
        func write(_ type: UInt8, flags: UInt8, stream: [UInt8], _ payload: [UInt8]) {
            try? writing.write(contentsOf: [0, 0, UInt8(payload.count), type, flags] + stream + payload)
        }
        let (data, headers, settings): (UInt8, UInt8, UInt8) = (0, 1, 4)
        guard read("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8.count) != nil else { return }
        write(settings, flags: 0, stream: [0, 0, 0, 0], [])
        while let frame = read(9), read(Int(frame[0]) << 16 | Int(frame[1]) << 8 | Int(frame[2])) != nil {
            guard frame[3] == headers else { continue }
            let (statusOK, endOfHeaders, endOfStream): (UInt8, UInt8, UInt8) = (0x88, 4, 1)
            write(headers, flags: endOfHeaders, stream: Array(frame[5...]), [statusOK])
            write(data, flags: endOfStream, stream: Array(frame[5...]), Array("over HTTP/2".utf8))
        }
    }
}

import Foundation
import Testing

/// The built `hone`, run as people run it.
struct HoneProgram {
    struct Outcome {
        let status: Int32
        let output: String
        let complaints: String

        var lines: [String] { output.split(separator: "\n").map(String.init) }

        func json<Value: Decodable>(_ type: Value.Type) throws -> Value {
            try JSONDecoder().decode(type, from: Data(output.utf8))
        }
    }

    /// Nothing of the tests' own environment reaches it but the path to programs.
    var environment: [String: String] = [:]
    var folder = Scratch.repository

    func run(_ arguments: String..., input: String = "") async throws -> Outcome {
        let scratch = try Scratch()
        let (output, complaints) = (try scratch.file("out", ""), try scratch.file("err", ""))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try Self.path())
        process.arguments = arguments
        process.environment = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? ""]
            .merging(environment) { _, given in given }
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: scratch.file("in", input)))
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: complaints))
        try await Self.finish(process)
        return Outcome(
            status: process.terminationStatus, output: try String(contentsOfFile: output, encoding: .utf8),
            complaints: try String(contentsOfFile: complaints, encoding: .utf8))
    }

    /// Beside the tests' own program, under the name of its product or of its target.
    private static func path() throws -> String {
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let folders = [tests, Bundle.main.executablePath, CommandLine.arguments.first].compactMap(\.self)
            .map { ($0 as NSString).deletingLastPathComponent }
        let places = folders.flatMap { ["\($0)/hone", "\($0)/Hone"] }
        return try #require(places.first(where: FileManager.default.isExecutableFile), "hone is not built")
    }

    private static func finish(_ process: Process) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            do {
                try process.run()
            } catch {
                process.terminationHandler = nil
                continuation.resume(throwing: error)
            }
        }
    }
}

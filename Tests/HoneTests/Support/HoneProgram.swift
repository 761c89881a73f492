import Foundation
import Testing

@testable import Hone

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
        try await run(arguments, input: input)
    }

    func run(_ arguments: [String], input: String = "") async throws -> Outcome {
        let scratch = try Scratch()
        let (output, complaints) = (try scratch.file("out", ""), try scratch.file("err", ""))
        let (program, given) = (try Self.path(), try scratch.file("in", input))
        // Not Foundation's `Process`: it takes a child for alive as long as any other child, such as a test's Redis,
        // holds a file that it inherited by accident.
        let process = DetachedProcess(
            command: ["/bin/sh", "-c", Self.script, "run", given, output, complaints, program] + arguments,
            environment: ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? ""]
                .merging(environment) { _, wanted in wanted },
            folder: folder, log: "/dev/null")
        let status = try await process.startAndWait()
        return Outcome(
            status: status, output: try String(contentsOfFile: output, encoding: .utf8),
            complaints: try String(contentsOfFile: complaints, encoding: .utf8))
    }

    private static let script = """
        in=$1 out=$2 err=$3; shift 3; exec "$@" <"$in" >"$out" 2>"$err"
        """

    /// Beside the tests' own program, under the name of its product or of its target.
    static func path() throws -> String {
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let folders = [tests, Bundle.main.executablePath, CommandLine.arguments.first].compactMap(\.self)
            .map { ($0 as NSString).deletingLastPathComponent }
        let places = folders.flatMap { ["\($0)/hone", "\($0)/Hone"] }
        return try #require(places.first(where: FileManager.default.isExecutableFile), "hone is not built")
    }
}

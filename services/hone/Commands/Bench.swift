import ArgumentParser
import Foundation

struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Take one measurement of the bus, of routing or of sorting, and print it as a line of JSON.",
        discussion: """
            Hands its arguments to `hone-bench`, which is built beside this program: `hone bench --help` lists what it \
            measures. `make bench` measures everything, side by side with its peers.
            """)

    @Argument(parsing: .captureForPassthrough, help: "What to measure, and its options.") var arguments: [String] = []

    func run() throws {
        let program = try ServiceBinaries.beside().path(of: "bench")
        let words = ([program] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        execv(program, words)
        // Only a failure comes back.
        throw CommandFault("\(program) cannot be run: \(String(cString: strerror(errno))); `make build` builds it")
    }
}

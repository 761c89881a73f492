import Foundation

/// The programs of the services, which are built beside `hone`.
struct ServiceBinaries: Sendable {
    /// In the order in which a task meets them.
    static let names = [
        "router", "executor", "evaluator", "peer-reviewer", "stats-aggregator", "optimizer", "gateway",
    ]

    let folder: String
    /// The `hone` that keeps them running.
    let keeper: String

    /// Beside this very program.
    static func beside() throws -> ServiceBinaries {
        let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return ServiceBinaries(folder: (program as NSString).deletingLastPathComponent, keeper: program)
    }

    func path(of name: String) -> String { "\(folder)/hone-\(name)" }

    /// Those that are built.
    var built: [String] {
        Self.names.filter { FileManager.default.isExecutableFile(atPath: path(of: $0)) }
    }
}

import Foundation

/// A private installation: Redis, Postgres and every service, all of one folder.
struct Stack {
    let folder: StackFolder
    let binaries: ServiceBinaries
    /// The environment that the services get, ours as a rule.
    let environment: [String: String]
    /// Told what happens, a line at a time.
    let report: (String) -> Void

    init(
        folder: StackFolder, binaries: ServiceBinaries,
        environment: [String: String] = ProcessInfo.processInfo.environment, report: @escaping (String) -> Void
    ) {
        self.folder = folder
        self.binaries = binaries
        self.environment = environment
        self.report = report
    }

    /// The stack of the working directory, with the programs beside this one.
    static func here(_ report: @escaping (String) -> Void) throws -> Stack {
        Stack(folder: StackFolder(), binaries: try .beside(), report: report)
    }
}

import ArgumentParser
import Foundation
import HoneService
import Logging

/// The command line of Hone: sets up, feeds, watches and mends an installation.
@main
struct Hone: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hone", abstract: "A self-improving platform for agents.",
        discussion: """
            Settings come from the environment, from .env, and from what `hone up` started here; `hone config` lists \
            them. Exit codes: 0 done, 1 not done, 2 wrong usage.
            """,
        version: HoneVersion.current,
        groupedSubcommands: [
            CommandGroup(
                name: "Stack",
                subcommands: [
                    Up.self, Down.self, Scale.self, Status.self, AlertsCommand.self, Doctor.self, Migrate.self,
                    Bench.self, Keep.self,
                ]),
            CommandGroup(
                name: "Resources",
                subcommands: [
                    Apply.self, Get.self, Agents.self, PromptsCommand.self, BenchmarksCommand.self, KeysCommand.self,
                    BudgetCommand.self, Config.self,
                ]),
            CommandGroup(
                name: "Work",
                subcommands: [
                    Submit.self, Watch.self, Tasks.self, LeaderboardCommand.self, Judges.self, RoutingCommand.self,
                    Dead.self, Replay.self,
                ]),
            CommandGroup(
                name: "Improvement",
                subcommands: [
                    OptimizeCommand.self, ExperimentsCommand.self, Candidates.self, Approve.self, Reject.self,
                    Deploy.self, Rollback.self,
                ]),
            CommandGroup(name: "Results", subcommands: [Report.self, Export.self]),
        ])

    static func main() async {
        LoggingSystem.bootstrap { _ in SwiftLogNoOpLogHandler() }
        do {
            var command = try parseAsRoot()
            if var waiting = command as? any AsyncParsableCommand {
                try await waiting.run()
            } else {
                try command.run()
            }
        } catch {
            end(with: error)
        }
    }

    /// Says what went wrong in plain lines, and leaves with the code of the contract.
    private static func end(with error: any Error) -> Never {
        let code = exitCode(for: error)
        switch code {
        case .success: print(fullMessage(for: error))
        case .validationFailure: Terminal.complain(fullMessage(for: error))
        default: if !(error is ExitCode) { Terminal.complain(faultLines(of: error).map { "hone: \($0)" }) }
        }
        Foundation.exit(code == .validationFailure ? 2 : code.rawValue)
    }
}

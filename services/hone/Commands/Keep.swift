import ArgumentParser

/// What `hone up` puts between itself and each service.
struct Keep: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run a program, and start it again when it ends by itself.", shouldDisplay: false)

    @Option(help: "File that is to name the program's process.")
    var pidFile: String

    @Option(help: "File that its output is appended to.")
    var log: String

    @Argument(parsing: .postTerminator, help: "The program's path and its arguments.")
    var command: [String]

    func run() throws {
        let status = try Keeper(command: command, pidFile: pidFile, log: log).run()
        if status != 0 { throw ExitCode(status) }
    }
}

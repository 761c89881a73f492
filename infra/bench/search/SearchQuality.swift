import ArgumentParser

/// What a benchmark of searches needs from Hone, one program: a landscape of prompts as a model server, our search as a
/// partner that asks and is told, and the truth about any prompt. `compare.py` sets both sides going.
@main
struct SearchQuality: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hone-search", abstract: "Serve a landscape of prompts, search it, and say how good a prompt is.",
        subcommands: [Serve.self, Drive.self, Truth.self, Sweep.self])
}

import ArgumentParser
import Foundation
import ScriptedModel

/// Serves landscapes over the OpenAI wire protocol until it is stopped: `landscape-SEED` does tasks, `reflection-SEED`
/// improves prompts.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Serve landscapes as OpenAI-compatible models.")

    @Option var port = 0

    func run() async throws {
        let landscapes = ServedLandscapes()
        let model = try await ScriptedModel.start(port: port) { await landscapes.reply(to: $0) }
        print(model.baseURL)
        fflush(nil)
        try await model.wait()
    }
}

import ArgumentParser
import Foundation
import HoneCore
import HoneEvolution

/// Reads one JSON document per line, `{"seed": 1, "system": "…"}`, and prints how likely such a prompt is to pass a case
/// that no search has seen.
struct Truth: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Say how good prompts truly are in a landscape.")

    private struct Question: Decodable {
        let seed: UInt64
        let system: String
    }

    func run() throws {
        while let line = readLine() {
            let question = try WireFormat.decode(Question.self, from: Data(line.utf8))
            print(Landscape(seed: question.seed).trueQuality(question.system))
        }
    }
}

import ArgumentParser
import Foundation
import HoneCore
import HoneEvolution

/// Runs one search as a partner in a conversation of JSON lines: the first says what to search (``DriveOrder``), then every
/// wave of trials and proposals is printed (``DriveWave``) and its answers are read (``DriveAnswers``), and last the best
/// prompt is printed (``DriveEnd``).
struct Drive: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Search, asking standard output and told by standard input.")

    func run() throws {
        let order = try Self.read(DriveOrder.self)
        var run = try order.run()
        let proposer =
            order.operators == true ? OperatorProposer(examples: order.examples ?? [], seed: order.seed) : nil
        var proposals = 0
        while case let requests = run.ask(), !requests.isEmpty {
            let wished = requests.compactMap { if case .proposal(let wish) = $0 { wish } else { nil } }
            proposals += wished.count
            guard proposer == nil || wished.isEmpty else {
                for wish in wished {
                    let offer = proposer?.propose(wish, knowing: run.board)
                    run.tell(proposal: wish.number, offer?.genome, maker: offer?.maker ?? "operators")
                }
                continue
            }
            try Self.write(DriveWave(requests, run.board, order))
            try Self.read(DriveAnswers.self).tell(&run, about: wished, of: order)
        }
        try Self.write(
            DriveEnd(
                best: run.best.genome.template, number: run.best.number, rollouts: order.rollouts - run.rolloutsLeft,
                proposals: proposals, candidates: run.board.candidates.count))
    }

    private static func read<Value: Decodable>(_ type: Value.Type) throws -> Value {
        guard let line = readLine() else { throw CleanExit.message("the other side has gone") }
        return try WireFormat.decode(type, from: Data(line.utf8))
    }

    private static func write(_ value: some Encodable) throws {
        print(String(decoding: try WireFormat.encode(value), as: UTF8.self))
        fflush(nil)
    }
}

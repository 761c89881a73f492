import Hummingbird
import NIOCore

/// One streamed answer, token by token.
struct Performance: Sendable {
    /// Thrown to drop the connection in mid-answer.
    private struct Cut: Error {}

    let answer: Answer
    let wire: any WireProtocol
    let ledger: Ledger

    /// Writes the answer to its end, or to where the script breaks it off.
    @concurrent func play(to writer: inout any ResponseBodyWriter) async throws {
        do {
            try await say(to: &writer)
        } catch let cut as Cut {
            ledger.finished()
            throw cut
        } catch {
            ledger.abandoned()
            throw error
        }
        ledger.finished()
        try await writer.finish(nil)
    }

    @concurrent private func say(to writer: inout any ResponseBodyWriter) async throws {
        try await pause(answer.reply.firstTokenDelayMilliseconds)
        for frame in wire.opening(answer) { try await write(frame, to: &writer) }
        for (index, token) in tokens.enumerated() {
            if index > 0 { try await pause(answer.reply.tokenDelayMilliseconds) }
            try await write(wire.frame(token: token, answer), to: &writer)
        }
        switch answer.misbehaviour {
        case .halfStream: return
        case .cutStream: throw Cut()
        case .stall: try await pause(3_600_000)
        case .errorInStream: try await write(wire.overload(), to: &writer)
        default: for frame in wire.closing(answer) { try await write(frame, to: &writer) }
        }
    }

    private var tokens: ArraySlice<String> {
        switch answer.misbehaviour {
        case .halfStream, .cutStream, .stall, .errorInStream: answer.tokens.prefix((answer.tokens.count + 1) / 2)
        default: answer.tokens[...]
        }
    }

    @concurrent private func write(_ frame: String, to writer: inout any ResponseBodyWriter) async throws {
        try await writer.write(ByteBuffer(string: frame))
    }
}

import Testing

@testable import Redis

@Suite("Values without a server")
struct ValueTests {
    @Test("commands are written as the protocol wants, byte for byte")
    func wire() {
        let commands = [
            RedisCommand("XGROUP CREATE", ["k", .bytes([0, 13, 10]), 42]),
            RedisCommand("SET", ["é", RedisArgument(0.5)]),
        ]
        let expected =
            "*5\r\n$6\r\nXGROUP\r\n$6\r\nCREATE\r\n$1\r\nk\r\n$3\r\n\0\r\n\r\n$2\r\n42\r\n"
            + "*3\r\n$3\r\nSET\r\n$2\r\né\r\n$3\r\n0.5\r\n"
        #expect(String(decoding: commands.encoded(), as: UTF8.self) == expected)
    }

    @Test("stream ids read back as written and sort by time, then number")
    func streamIDs() {
        #expect(RedisStreamID("1700000000000-7")?.description == "1700000000000-7")
        #expect(RedisStreamID("5") == RedisStreamID(milliseconds: 5, sequence: 0))
        for text in ["", "-", "5-", "-5", "a-1", "1-2-3", "*"] { #expect(RedisStreamID(text) == nil) }
        #expect(RedisStreamID(milliseconds: 9, sequence: 9) < RedisStreamID(milliseconds: 10, sequence: 0))
        #expect(RedisStreamID(milliseconds: 9, sequence: .max).next == RedisStreamID(milliseconds: 10, sequence: 0))
    }

    @Test(
        "scripts are named by the SHA-1 of their source",
        arguments: [
            ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"), ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
            (String(repeating: "a", count: 1_000), "291e9a6c66994949b57ba5e650361e98fc36b1ba"),
            (String(repeating: "a", count: 55), "c1c8bbdc22796e28c0e15163d20899b65621d65a"),
            (String(repeating: "a", count: 56), "c2db330f6083854c99d4b5bfb6e8f29f201be699"),
            (String(repeating: "a", count: 64), "0098ba824b5c16427bd7a1122a5a442a25ec644d"),
        ])
    func sha1(_ source: String, _ digest: String) { #expect(RedisScript(source).sha1 == digest) }

    @Test("a block time is never zero, which would mean for ever")
    func blockTime() {
        #expect(RedisArgument(milliseconds: .microseconds(5)) == 1)
        #expect(RedisArgument(milliseconds: .seconds(2)) == 2000)
    }

    @Test("the pause between attempts doubles up to its limit, and is jittered")
    func backoff() {
        var random = SystemRandomNumberGenerator()
        let options = RedisOptions()
        for (failures, ceiling) in [(1, 50), (2, 100), (3, 200), (30, 5_000)] {
            let pause = options.backoff(afterFailures: failures, using: &random)
            #expect(pause >= .milliseconds(ceiling) / 2 && pause <= .milliseconds(ceiling))
        }
    }

    @Test("errors are sorted by whether to try again")
    func errors() {
        #expect(RedisError(reply: "LOADING Redis is loading", to: "GET").isTransient)
        #expect(RedisError(reply: "ERR max number of clients reached", to: "GET").isTransient)
        #expect(!RedisError(reply: "WRONGTYPE Operation", to: "GET").isTransient)
        #expect(RedisError(reply: "NOAUTH", to: "GET") == .server(command: "GET", code: "NOAUTH", message: ""))
    }

    @Test("arguments that Redis repeats in an error are left out")
    func redaction() {
        let error = RedisError(reply: "ERR unknown command 'ATUH', with args beginning with: 'hush'", to: "ATUH")
        #expect(error == .server(command: "ATUH", code: "ERR", message: "unknown command 'ATUH'"))
    }
}

import HTTP
import Testing

@Suite("Server-sent events")
struct ServerSentEventParserTests {
    private func parse(_ text: String) -> [ServerSentEvent] {
        var parser = ServerSentEventParser()
        return parser.feed(text.utf8)
    }

    @Test("line feed, carriage return and both end a line", arguments: ["\n", "\r", "\r\n"])
    func lineEnds(_ end: String) {
        let events = parse("data: a\(end)data: b\(end)\(end)data: c\(end)\(end)")
        #expect(events == [ServerSentEvent(data: "a\nb"), ServerSentEvent(data: "c")])
    }

    @Test("a stream cut at any byte gives the same events", arguments: ["\n", "\r", "\r\n"])
    func cuts(_ end: String) {
        let text = "\u{FEFF}: hi|event: tök|id: 7|retry: 250|data: {\"a\":1}|data:  ü|||data: z||data: lost"
        let bytes = Array(text.replacing("|", with: end).utf8)
        var whole = ServerSentEventParser()
        let expected = whole.feed(bytes)
        #expect(
            expected == [
                ServerSentEvent(event: "tök", data: "{\"a\":1}\n ü", id: "7", retry: 250),
                ServerSentEvent(data: "z", id: "7"),
            ])
        for cut in 0...bytes.count {
            var parser = ServerSentEventParser()
            #expect(parser.feed(bytes[..<cut]) + parser.feed(bytes[cut...]) == expected, "cut at \(cut)")
        }
        var byByte = ServerSentEventParser()
        #expect(bytes.flatMap { byByte.feed([$0]) } == expected)
    }

    @Test("a byte order mark is skipped at the start and only there")
    func byteOrderMark() {
        #expect(parse("\u{FEFF}data: a\n\n") == [ServerSentEvent(data: "a")])
        #expect(parse("\n\u{FEFF}data: a\n\n").isEmpty)
    }

    @Test("comments, unknown fields and events without data give nothing")
    func silence() {
        #expect(parse(": ping\n\nfoo: bar\n\nevent: x\n\n\n").isEmpty)
        #expect(parse("event: x\n\ndata: a\n\n") == [ServerSentEvent(data: "a")])
    }

    @Test("one blank after the colon is taken away, and a field may have no colon")
    func values() {
        #expect(parse("data\n\n") == [ServerSentEvent(data: "")])
        #expect(parse("data:a:b\ndata:  c\n\n") == [ServerSentEvent(data: "a:b\n c")])
        #expect(parse("data\ndata\n\n") == [ServerSentEvent(data: "\n")])
    }

    @Test("an id stays until the stream changes it; one with NUL is ignored")
    func ids() {
        let events = parse("id: 1\ndata: a\n\ndata: b\n\nid: 2\u{0}\ndata: c\n\nid\ndata: d\n\n")
        #expect(events.map(\.id) == ["1", "1", "1", nil])
    }

    @Test("only a number is a reconnection time, and it comes once")
    func retry() {
        let events = parse("retry: 10\nretry: x\nretry: -1\nretry:\n\ndata: a\n\ndata: b\n\n")
        #expect(events.map(\.retry) == [10, nil])
    }

    @Test("an event the stream's end cuts off is dropped")
    func unfinished() async throws {
        let chunks = AsyncStream<[UInt8]> { continuation in
            for chunk in ["data: a\n", "\ndata: b\n"] { continuation.yield(Array(chunk.utf8)) }
            continuation.finish()
        }
        var seen: [String] = []
        for try await event in chunks.serverSentEvents { seen.append(event.data) }
        #expect(seen == ["a"])
    }
}

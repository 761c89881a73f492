import Testing

@testable import Redis

@Suite("Replies in one piece")
struct ReplyTests {
    @Test("an array of any depth reads back as it was made")
    func nested() {
        let inner: RedisArray = [.bulk([1, 2]), .null, .array([.integer(-7), .array([])])]
        let outer: RedisArray = [.simple("OK"), .array(inner), .error("ERR no"), .bulk([])]
        #expect(outer.count == 4)
        #expect(outer[1].elements == inner)
        #expect(outer[1].elements?[2].elements?.first == .integer(-7))
        #expect(outer[1].elements?.last?.elements?.last == .array([]))
        #expect(outer != RedisArray(outer.dropLast()))
        #expect(Set([outer, RedisArray(Array(outer))]).count == 1)
    }

    @Test("one builder makes reply after reply, each with memory of its own")
    func builder() {
        let builder = ReplyBuilder()
        var made: [RedisValue] = []
        for number in 0..<3 {
            let first = builder.array(of: 2, at: nil)
            builder.text("id".utf8, .bulk, at: first)
            builder.put(ReplyNode(kind: .integer, count: 0, start: number), at: first + 1)
            made.append(builder.finish())
        }
        builder.text("PONG".utf8, .simple, at: nil)
        #expect(builder.finish() == .simple("PONG"))
        #expect(made == (0..<3).map { .array([.bulk(Array("id".utf8)), .integer($0)]) })
    }

    @Test("the first error is found where it is")
    func firstError() {
        let results: RedisArray = [.integer(1), .error("ERR one"), .error("ERR two")]
        #expect(results.firstError?.index == 1)
        #expect(results.firstError?.text == "ERR one")
        #expect(([.integer(1), .array([.error("ERR inside")])] as RedisArray).firstError == nil)
    }

    @Test("an entry is its id and its names and values in turn; anything else is none")
    func entries() {
        let content: RedisArray = [.bulk(Array("a".utf8)), .bulk([0xFF]), .bulk(Array("b".utf8)), .bulk([])]
        let id = RedisValue.bulk(Array("5-1".utf8))
        let entry = RedisStreamEntry(.array([id, .array(content)]))
        #expect(entry?.id == RedisStreamID("5-1"))
        #expect(entry?.fields == [RedisField("a", [0xFF]), RedisField("b", [UInt8]())])
        #expect(entry?.texts.map { Array($0) } == content.compactMap(\.bytes))
        #expect(RedisStreamEntry(.array([id, .null]))?.isDeleted == true)
        #expect(RedisStreamEntry(.array([id, .array([])]))?.isDeleted == false)
        #expect(RedisStreamEntry(.array([id, .array([.integer(1), .integer(2)])])) == nil)
        #expect(RedisStreamEntry(.array([id, .array([.bulk([])])])) == nil)
        #expect(RedisStreamEntry(.array([.bulk(Array("nothing".utf8)), .array([])])) == nil)
    }

    @Test("several texts go out as several arguments")
    func texts() {
        let texts = RedisTexts([Array("name".utf8), [], Array("value".utf8)])
        let one = RedisCommand("XADD", ["k", "*", .texts(texts)])
        let many = RedisCommand("XADD", ["k", "*", "name", "", "value"])
        #expect([one].encoded() == [many].encoded())
    }

    @Test("an id has digits only, and no more than fit", arguments: ["+1-0", "1-+0", "18446744073709551616"])
    func badIDs(_ text: String) {
        #expect(RedisStreamID(text) == nil)
    }

    @Test("the largest id reads back")
    func largestID() {
        #expect(RedisStreamID("18446744073709551615-18446744073709551615")?.sequence == .max)
        #expect(RedisStreamID("17")?.description == "17-0")
    }
}

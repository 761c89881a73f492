import TestServers
import Testing

@testable import Redis

@Suite("Keys and their slots")
struct KeySlotTests {
    @Test("the checksum is that of the specification")
    func checksum() { #expect(KeySlot(of: "123456789").number == 0x31C3 % 16_384) }

    @Test("keys with the same hash tag share a slot")
    func tags() {
        #expect(KeySlot(of: "hone:{3}:tasks") == KeySlot(of: "3"))
        #expect(KeySlot(of: "{user1000}.following") == KeySlot(of: "{user1000}.followers"))
        #expect(KeySlot(of: "foo{bar}{zap}") == KeySlot(of: "bar"))
        #expect(KeySlot(of: "foo{{bar}}zap") == KeySlot(of: "{bar"))
    }

    @Test("an empty or unfinished tag is no tag")
    func noTags() {
        #expect(KeySlot(of: "foo{}{bar}") != KeySlot(of: "bar"))
        #expect(KeySlot(of: "foo{bar") != KeySlot(of: "bar"))
        #expect(KeySlot(of: "").number == 0)
    }

    @Test("text, bytes and numbers have the slot of what goes over the wire")
    func kinds() {
        #expect(KeySlot(of: RedisArgument.bytes(bytes("k"))) == KeySlot(of: "k"))
        #expect(KeySlot(of: RedisArgument.integer(12)) == KeySlot(of: "12"))
    }

    @Test(
        "a command knows its keys",
        arguments: [
            (RedisCommand.get("a"), ["a"]),
            (.del(["a", "b"]), ["a", "b"]),
            (.xadd("a", [RedisField("b", "c")]), ["a"]),
            (.xgroupCreate("a", group: "g"), ["a"]),
            (.xinfoStream("a"), ["a"]),
            (.xread(streams: [("a", "0"), ("b", "$")], count: 1, block: .seconds(1)), ["a", "b"]),
            (.xreadgroup(group: "STREAMS", consumer: "STREAMS", streams: ["a", "b"]), ["a", "b"]),
            (.evalsha(RedisScript("return 1"), keys: ["a", "b"], arguments: ["c"]), ["a", "b"]),
            (.eval(RedisScript("return 1"), keys: [], arguments: ["c"]), []),
            (.lmove(from: "a", .right, to: "b", .left), ["a", "b"]),
            (.ping, []), (.info("server"), []), (.configGet("*"), []),
            (RedisCommand("SCRIPT LOAD", ["return 1"]), []),
        ])
    func keys(_ command: RedisCommand, _ keys: [RedisArgument]) { #expect(Array(command.keys) == keys) }
}

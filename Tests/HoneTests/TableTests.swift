import HoneCore
import Testing

@testable import Hone

@Suite("Tables and values for people")
struct TableTests {
    @Test("numbers stand to the right, texts to the left, and no line ends in blanks")
    func alignment() {
        var table = Table(.text("agent"), .number("tasks"), .text("note"))
        table.add("remus", "7", "")
        table.add("a longer name", "1200", "fine")
        #expect(
            table.text.split(separator: "\n").map(String.init) == [
                "AGENT          TASKS  NOTE",
                "remus              7",
                "a longer name   1200  fine",
            ])
    }

    @Test("a table without rows says so instead of showing titles")
    func empty() {
        #expect(Table(.text("agent")).text(orNothing: "no agents") == "no agents")
    }

    @Test("what is not known is a dash, never a zero")
    func unknown() {
        #expect(Format.score(nil) == "–" && Format.text(Int?.none) == "–" && Format.value(.null) == "–")
        #expect(Format.score(0) == "0.000" && Format.seconds(1.5) == "1.50 s")
    }

    @Test("long texts are cut to one line")
    func cut() {
        #expect(Format.short("one\ntwo") == "one two")
        #expect(Format.short(String(repeating: "x", count: 100), 10) == "xxxxxxxxx…")
    }
}

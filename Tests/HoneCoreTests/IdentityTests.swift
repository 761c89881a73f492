import Foundation
import HoneCore
import Testing

@Suite("ids")
struct IdentityTests {
    @Test("a derived id follows RFC 9562: the DNS example of appendix A.4")
    func version5() throws {
        let dns = try #require(UUID(uuidString: "6ba7b810-9dad-11d1-80b4-00c04fd430c8"))
        #expect(
            UUID.v5(namespace: dns, name: "www.example.com").text == "2ed6657d-e927-568b-95e1-2665a8aea6a2")
    }

    @Test("new ids sort by the time they were made at")
    func version7() {
        var generator = SystemRandomNumberGenerator()
        let times = (0..<200).map { Date(timeIntervalSince1970: 1_700_000_000 + Double($0)) }
        let ids = times.map { TaskID.new(at: $0, using: &generator) }
        #expect(ids == ids.sorted())
        #expect(ids.allSatisfy { $0.description.dropFirst(14).first == "7" })
        #expect(ids.allSatisfy { "89ab".contains($0.description.dropFirst(19).first ?? "x") })
    }

    @Test("an id is written in lower case, with and without dashes")
    func text() {
        let id = UUID()
        #expect(id.text == id.uuidString.lowercased())
        #expect(id.hexadecimal == id.text.filter { $0 != "-" })
    }

    @Test("an id is read in either case, and nothing else is")
    func reading() {
        let id = UUID()
        #expect(UUID(canonical: id.text) == id)
        #expect(UUID(canonical: id.uuidString) == id)
        for wrong in [
            "", id.hexadecimal, id.text + "0", "g" + id.text.dropFirst(), "-" + id.text.dropFirst(), " " + id.text,
        ] {
            #expect(UUID(canonical: wrong) == nil)
        }
        #expect(UUID(canonical: String(id.text.prefix(8)) + "0" + id.text.dropFirst(9)) == nil)
    }

    @Test("the same cause gives the same id, another part another one")
    func derived() {
        let task = TaskID.new()
        #expect(PromptID(derivedFrom: task, "a") == PromptID(derivedFrom: task, "a"))
        #expect(PromptID(derivedFrom: task, "a") != PromptID(derivedFrom: task, "b"))
    }

    @Test("an id is lower case and survives JSON")
    func json() throws {
        let task = TaskID.new()
        let data = try WireFormat.encode([task])
        #expect(String(decoding: data, as: UTF8.self) == "[\"\(task)\"]")
        #expect(task.description == task.description.lowercased())
        #expect(try WireFormat.decode([TaskID].self, from: data) == [task])
    }

    @Test(
        "a name is short and safe in keys, URLs and files",
        arguments: [
            ("remus", true), ("smollm2-135m", true), ("org/model:v1.2", true), ("", false), ("-a", false),
            ("a b", false), ("é", false), ("a\n", false),
        ])
    func names(text: String, isValid: Bool) {
        #expect((AgentID(text) != nil) == isValid)
    }
}

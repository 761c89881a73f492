import Foundation
import HTTPTypes
import HoneAPI
import HoneCore
import HoneMessages
import HoneStore
import Testing

@testable import Gateway

@Suite("Bodies that were tampered with")
struct BodyFuzzTests {
    private static let cases = 600

    @Test("are taken or refused with 400 or 422, telling nothing of our insides", arguments: FuzzSource.seeds)
    func bodies(seed: UInt64) throws {
        var source = FuzzSource(seed: seed)
        let task = try Contract.file("samples/hone.task.submitted.v1.json")
        let feedback = try Contract.file("samples/hone.feedback.received.v1.json")
        let chat: JSONValue = [
            "model": "hone/auto", "messages": [["role": "user", "content": "hello"]], "stream": true, "stop": ["x"],
        ]
        for _ in 0..<Self.cases {
            try refuses(TaskSubmitted.self, task, &source) { try $0.validate() }
            try refuses(FeedbackForm.self, feedback, &source) { _ in }
            try refuses(ChatCompletionRequest.self, chat, &source) { try $0.check() }
        }
    }

    private func refuses<Body: Decodable>(
        _ type: Body.Type, _ document: JSONValue, _ source: inout FuzzSource, _ check: (Body) throws -> Void
    ) throws {
        let isBent = source.chance(0.5)
        let whole = try WireFormat.encode(isBent ? source.bent(document) : document)
        let data = isBent ? whole : source.damaged(whole)
        do {
            try check(WireFormat.value(type, fromOutside: data))
        } catch let problem as Problem {
            #expect([400, 422].contains(problem.status.code))
            #expect(!problem.detail.contains("Swift") && !problem.detail.contains("Error("))
            #expect(problem.detail.utf8.count < 4_000)
        } catch {
            #expect(error is InvalidValue, "\(error)")
        }
    }

    @Test("what an encoder wrote passes the inspection", arguments: FuzzSource.seeds)
    func inspection(seed: UInt64) throws {
        var source = FuzzSource(seed: seed)
        for _ in 0..<Self.cases {
            let document = try WireFormat.encode(["body": source.json(depth: 8)])
            #expect(throws: Never.self) { try JSONInspection.inspect(document) }
        }
    }

    @Test("a name that is there twice is found wherever it is, however it is spelled", arguments: FuzzSource.seeds)
    func duplicates(seed: UInt64) throws {
        var source = FuzzSource(seed: seed)
        for _ in 0..<Self.cases {
            var document = #"{"name":1,"other":[],"n\#(source.pick(["a", #"\u0061"#]))me":{}}"#
            for _ in 0..<source.number(0...20) {
                let sibling = String(decoding: try WireFormat.encode(source.json(depth: 2)), as: UTF8.self)
                document = source.chance(0.5) ? "[\(sibling),\(document)]" : "{\"a\":\(sibling),\"b\":\(document)}"
            }
            #expect(throws: JSONInspection.Flaw.self) { try JSONInspection.inspect(Data(document.utf8)) }
        }
    }

    @Test("a cursor of somebody else is refused, one of ours comes back", arguments: FuzzSource.seeds)
    func cursors(seed: UInt64) throws {
        var source = FuzzSource(seed: seed)
        for _ in 0..<Self.cases {
            let time = Date(timeIntervalSince1970: Double(source.number(0...4_000_000_000)))
            let place = TimePlace(time, id: source.text())
            let cursor = try Cursor.text(place)
            #expect(try Cursor.place(TimePlace.self, from: cursor) == place)
            let foreign = source.chance(0.5) ? source.text() : String(cursor.dropLast(source.number(1...4)))
            do {
                _ = try Cursor.place(TimePlace.self, from: foreign)
            } catch {
                #expect(error.path == "cursor")
            }
        }
    }

    @Test("a line that is no case is named by its number", arguments: FuzzSource.seeds)
    func lines(seed: UInt64) throws {
        var source = FuzzSource(seed: seed)
        let good: JSONValue = ["id": "1", "input": "I love it.", "expected": ["choice": "positive"], "split": "train"]
        for _ in 0..<Self.cases {
            let lines = try (0..<source.number(1...6)).map { _ in
                let line = try WireFormat.encode(source.chance(0.5) ? source.bent(good) : good)
                return String(decoding: source.chance(0.3) ? source.damaged(line) : line, as: UTF8.self)
            }
            let text = lines.joined(separator: "\n")
            do {
                _ = try CaseLines.cases(in: text)
            } catch {
                let count = text.split(separator: "\n", omittingEmptySubsequences: false).count
                #expect(!error.list.isEmpty && error.list.allSatisfy { (1...count).contains($0.line) })
            }
        }
    }
}

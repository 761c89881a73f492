import Foundation
import HoneCore
import ScriptedModel
import TestServers
import Testing

@testable import Hone

@Suite("Recording and replaying a run", .timeLimit(.minutes(5)))
struct ReplayTests {
    /// Answers at random and at random speed, so that no run is like another; one task is answered with rubbish twice.
    private static func moodyModel() async throws -> ScriptedModel {
        let script = Script(
            [ScriptedRule(.misbehaving(.garbage), when: ScriptedCondition(contains: "Weightlifter"), times: 2)],
            otherwise: .text("sports"))
        let words = ["positive", "negative", "refund", "login", "sports", "science", "food", "one two three"]
        return try await ScriptedModel.start(script) { request in
            guard !request.lastUserText.contains("Weightlifter") else { return nil }
            return ScriptedReply(
                text: request.schema == nil ? words.randomElement() : nil,
                firstTokenDelayMilliseconds: .random(in: 0...60), tokenDelayMilliseconds: .random(in: 0...10))
        }
    }

    @Test("the sample job, replayed on a fresh database, makes no call and the same rows to the last digit")
    func sampleJob() async throws {
        let model = try await Self.moodyModel()
        let scratch = try Scratch()
        let file = scratch.path + "/recordings.jsonl"
        let endpoint = ["OPENAI_BASE_URL": model.baseURL]
        let key = "sk-not-to-be-kept-0123456789"

        let recording = endpoint.merging(["HONE_REPLAY": "record", "OPENAI_API_KEY": key]) { $1 }
        let recorded = try await SampleSite.open(recording) { site in
            try await site.doSampleJob(tasks: 30, session: "replayed")
            try await site.expectSuccess(site.program.run("replay", "export", file))
            #expect(try await site.count("executions") > 30, "one task went to a second agent")
            #expect(try await site.count("judgements") > 0)
            #expect(try await site.count("agent_peer_evaluations") > 0)
            return try await site.rows()
        }
        let calls = model.requests.count
        #expect(calls > 40)
        #expect(!(try String(contentsOfFile: file, encoding: .utf8)).contains(key))

        // The server stays up, to see that nobody asks it.
        try await SampleSite.open(endpoint.merging(["HONE_REPLAY": "replay"]) { $1 }) { site in
            try await site.expectSuccess(site.program.run("replay", "import", file))
            try await site.doSampleJob(tasks: 30, session: "replayed")
            let rows = try await site.rows()
            let difference = rows.difference(from: recorded).map { "\($0)" }.prefix(6)
            #expect(rows == recorded, "\(difference.joined(separator: "\n"))")
        }
        #expect(model.requests.count == calls)
        await model.stop()
        withExtendedLifetime(scratch) {}
    }

    @Test("recordings are carried whole, once, or not at all")
    func carrying() async throws {
        let scratch = try Scratch()
        func program() async throws -> HoneProgram {
            HoneProgram(environment: ["DATABASE_URL": try await TestRecord.url()], folder: scratch.path)
        }
        let call = """
            {"call":{"is_fault":false,"model":"m","ordinal":0,"outcome":{"pieces":[]},"purpose":"task",\
            "recorded_at":"2026-11-21T08:30:00.125Z","request":{"messages":[]},\
            "request_hash":"\(String(repeating: "ab", count: 32))","work":"1/1"}}
            """
        let other = #"{"circumstance":{"kind":"timing","subject":"1/1","value":{"seconds":0.1}}}"#
        let text = [#"{"hone_recordings":1}"#, call, other].map { $0 + "\n" }.joined()
        let first = try await program()
        let taken = try await first.run("replay", "import", "-", "--json", input: text)
        #expect(try taken.json(JSONValue.self) == ["calls": 1, "circumstances": 1])
        let again = try await first.run("replay", "import", "-", "--json", input: text)
        #expect(try again.json(JSONValue.self) == ["calls": 0, "circumstances": 0])
        #expect(try await first.run("replay", "export", "-").output == text)

        let list = try await first.run("replay", "--json", "--work", "1").json(JSONValue.self)
        #expect(list["items"]?[0]?["model"] == "m" && list["totals"]?[0]?["calls"] == 1 && list["circumstances"] == 1)
        #expect(try await first.run("replay", "list").lines.last?.hasPrefix("1 calls, ") == true)

        let broken: [(String, String)] = [
            (call, "line 1: hone_recordings: expected"), (#"{"hone_recordings":2}"#, "line 1: hone_recordings"),
            (text + #"{"call":{"model":1}}"#, "line 4: call."), (text + "{}", "line 4: expected a call"),
        ]
        let second = try await program()
        for (text, complaint) in broken {
            let outcome = try await second.run("replay", "import", "-", input: text)
            #expect(outcome.status == 1 && outcome.complaints.contains(complaint), "\(outcome.complaints)")
        }
        #expect(try await second.run("replay").lines.first == "no recordings")

        #expect(try await first.run("replay", "prune").status == 2)
        let kept = try await first.run("replay", "prune", "--days", "40000", "--json").json(JSONValue.self)
        #expect(kept == ["calls": 0, "circumstances": 0])
        let gone = try await first.run("replay", "prune", "--all", "--json").json(JSONValue.self)
        #expect(gone == ["calls": 1, "circumstances": 1])
    }
}

import Foundation
import HTTP
import HoneBus
import HoneCore
import HoneMessages
import HoneTestKit
import Testing

@testable import Gateway

@Suite("Feedback on tasks", .timeLimit(.minutes(10)))
struct FeedbackTests {
    @Test("feedback goes where it is counted, under the same id for the same key")
    func feedback() async throws {
        try await TestGateway.open { gateway in
            let id = try await gateway.submitted(["input": "great phone"])
            let key = HTTPHeader("Idempotency-Key", "k1")
            let text = #"{"score":9,"comment":"good","tags":["fast"]}"#
            for _ in 0..<2 {
                let answer = try await gateway.postText("/api/tasks/\(id)/feedback", Array(text.utf8), headers: [key])
                #expect(answer.status == 202, "\(answer.text)")
            }
            let posted = try await gateway.workshop.posted(FeedbackReceived.self)
            #expect(posted.map(\.body.stars) == [5] && posted.first?.body.tags == ["fast"])
            #expect(posted.first?.body.taskID == id && posted.first?.body.comment == "good")
        }
    }

    @Test("feedback said again under its key is the same message, another's or of another task is another one")
    func feedbackIdentity() throws {
        let form = try WireFormat.decode(FeedbackForm.self, from: Data(#"{"rating":4}"#.utf8))
        let (ann, ben) = (Caller(id: "ann", role: .publisher), Caller(id: "ben", role: .publisher))
        let (first, second) = (TaskID.new(), TaskID.new())
        func id(_ task: TaskID, _ caller: Caller, _ key: String?) throws -> UUID {
            try form.message(on: task, from: caller, key: key, traceparent: nil).messageID
        }
        #expect(try id(first, ann, "k") == id(first, ann, "k"))
        let others = [try id(first, ann, "l"), try id(first, ben, "k"), try id(second, ann, "k")]
        #expect(try Set(others + [id(first, ann, "k")]).count == 4)
        #expect(try id(first, ann, nil) != id(first, ann, nil))
    }

    @Test("what is no opinion is refused, and the field named")
    func feedbackRules() async throws {
        try await TestGateway.open { gateway in
            let id = "\(try await gateway.submitted(["input": "great phone"]))"
            let wrong: [(JSONValue, String)] = [
                ([:], "rating"), (["rating": 0], "rating"), (["rating": 6], "rating"), (["score": 0], "score"),
                (["score": 11], "score"), (["rating": "5"], "rating"),
                (["rating": 4.5], "rating"), (["score": 1e30], "score"),
                (["rating": 5, "score": 9], "rating"), (["rating": 5, "stars": 5], "stars"),
                (["rating": 5, "comment": 7], "comment"), (["rating": 5, "tags": "fast"], "tags"),
                (["rating": 5, "tags": [1]], "tags[0]"), (["rating": 5, "task_id": .string(id)], "task_id"),
                (["rating": 5, "comment": .string(String(repeating: "x", count: 16_385))], "comment"),
            ]
            for (body, field) in wrong {
                let answer = try await gateway.rate(id, body)
                #expect(try answer.status == 422 && answer.fault == field, "\(answer.text)")
            }
            #expect(try await gateway.workshop.posted(FeedbackReceived.self).isEmpty)
            for body in [["rating": 1], ["score": 10]] as [JSONValue] {
                #expect(try await gateway.rate(id, body).status == 202)
            }
            #expect(try await gateway.workshop.posted(FeedbackReceived.self).map(\.body.stars) == [1, 5])
        }
    }
}

extension TestGateway {
    func rate(_ task: String, _ opinion: JSONValue) async throws -> HTTPResponse {
        try await post("/api/tasks/\(task)/feedback", opinion)
    }
}

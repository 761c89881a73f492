import Foundation
import HoneCore
import HoneMessages
import Testing

@Suite("a submitted task")
struct TaskSubmittedTests {
    private func submission(_ json: String) throws -> TaskSubmitted {
        let message = try WireFormat.decode(TaskSubmitted.self, from: Data(json.utf8))
        try message.validate()
        return message
    }

    @Test("needs nothing but an input")
    func smallest() throws {
        let message = try submission(#"{"input":"Is this review positive?"}"#)
        #expect(message.input == "Is this review positive?")
        #expect(message.lane == .standard)
        #expect(message.taskID == nil)
    }

    @Test("keeps fields that it does not know")
    func unknownFields() throws {
        let message = try submission(#"{"input":"x","colour":{"name":"red"},"priority":9}"#)
        #expect(message.unknown == ["colour": ["name": "red"]])
        #expect(message.lane == .interactive)
    }

    @Test("passes fields that it does not know on to the executor")
    func unknownFieldsTravel() throws {
        let task = try submission(#"{"input":"x","colour":"red"}"#)
        let assigned = TaskAssigned(
            task: task, taskID: .new(), agentID: try #require(AgentID("remus")), promptID: nil, attempt: 1,
            routingDecisionID: .new())
        let copy = try WireFormat.decode(TaskAssigned.self, from: WireFormat.encode(assigned))
        #expect(copy.task.unknown == ["colour": "red"])
        #expect(copy.agentID == assigned.agentID)
        #expect(copy.taskID == assigned.taskID)
    }

    @Test(
        "a fault names the path, what was found and what was expected",
        arguments: [
            (#"{"category":"a"}"#, "input", "nothing"),
            (#"{"input":7}"#, "input", "7"),
            (#"{"input":""}"#, "input", "\"\""),
            (#"{"input":"x","task_id":"12"}"#, "task_id", "\"12\""),
            (#"{"input":"x","complexity":6}"#, "complexity", "6"),
            (#"{"input":"x","complexity":"hard"}"#, "complexity", "\"hard\""),
            (#"{"input":"x","priority":-1}"#, "priority", "-1"),
            (#"{"input":"x","constraints":{"max_cost":"cheap"}}"#, "constraints.max_cost", "\"cheap\""),
            (#"{"input":"x","constraints":{"max_cost":-1}}"#, "constraints.max_cost", "-1.0"),
            (#"{"input":"x","constraints":{"agents":["a",7]}}"#, "constraints.agents[1]", "7"),
            (#"{"input":"x","expected":{}}"#, "expected", "an object"),
            (#"{"input":"x","expected":{"regex":"("}}"#, "expected.regex", "\"(\""),
            (#"{"input":"x","deadline":"tomorrow"}"#, "deadline", "\"tomorrow\""),
            (#"{"input":"x","metadata":[1]}"#, "metadata", "an array of 1"),
            (#"{"input":"x""#, "", "text that is not JSON"),
            (#"["input"]"#, "", "an array of 1"),
        ])
    func faults(json: String, path: String, found: String) throws {
        let fault = try #require(throws: InvalidValue.self) { try submission(json) }
        #expect(fault.path == path)
        #expect(fault.found == found)
        #expect(!fault.expected.isEmpty)
    }
}

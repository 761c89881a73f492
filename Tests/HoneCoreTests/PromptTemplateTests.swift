import Foundation
import HoneCore
import Testing

@Suite("Prompt templates")
struct PromptTemplateTests {
    @Test("what a template does not say is not encoded, so that prompts keep their ids")
    func absent() throws {
        let template = PromptTemplate(
            system: "Judge.", demonstrations: [Demonstration(user: "fine", assistant: "good")])
        let json = #"{"demonstrations":[{"assistant":"good","user":"fine"}],"system":"Judge.","user":"{{ input }}"}"#
        #expect(String(decoding: try WireFormat.encode(template), as: UTF8.self) == json)
        #expect(try WireFormat.decode(PromptTemplate.self, from: Data(json.utf8)) == template)
    }

    @Test("labels, the form of the answer and parameters survive a round trip")
    func whole() throws {
        for answer in [AnswerForm.choices(["b", "a"]), .jsonSchema(["type": "object"])] {
            let template = PromptTemplate(
                labels: ["a": "A"], answer: answer,
                parameters: ModelParameters(temperature: 0.5, topP: 0.9, maxTokens: 8))
            #expect(try WireFormat.decode(PromptTemplate.self, from: WireFormat.encode(template)) == template)
        }
    }

    @Test("an answer has one form", arguments: [#"{"choices":["a"],"json_schema":{}}"#, "{}"])
    func forms(json: String) throws {
        let fault = #expect(throws: InvalidValue.self) {
            try WireFormat.decode(PromptTemplate.self, from: Data(#"{"answer":\#(json)}"#.utf8))
        }
        #expect(fault?.path == "answer" && fault?.expected == "exactly one of choices, json_schema")
    }

    @Test("a prompt's parameters take the place of the agent's, one by one")
    func parameters() {
        let agent = ModelParameters(temperature: 0, maxTokens: 8, seed: 1)
        let both = agent.overridden(by: ModelParameters(temperature: 1, stop: ["\n"]))
        #expect(both == ModelParameters(temperature: 1, maxTokens: 8, stop: ["\n"], seed: 1))
        #expect(agent.overridden(by: nil) == agent)
    }
}

@Suite("Label words")
struct LabelWordTests {
    private func words(_ labels: [String: String], _ choices: [String]? = nil) throws -> LabelWords {
        try #require(LabelWords(PromptTemplate(labels: labels, answer: choices.map(AnswerForm.choices))))
    }

    @Test("a template without labels and choices has none")
    func none() {
        #expect(LabelWords(PromptTemplate()) == nil)
        #expect(LabelWords(PromptTemplate(answer: .jsonSchema([:]))) == nil)
    }

    @Test("words stand in the order of the choices, else of the labels")
    func order() throws {
        #expect(try words(["positive": "good", "negative": "bad"]).words == ["bad", "good"])
        #expect(try words(["negative": "bad"], ["positive", "negative"]).words == ["positive", "bad"])
    }

    @Test(
        "the first word that is found, whole and in any case, tells the label; without one the answer is as it is",
        arguments: [
            ("good", "positive"), ("Good.", "positive"), ("**BAD**, not good", "negative"), ("goodness", "goodness"),
            ("It is bad", "negative"), ("positive", "positive"), ("", ""), ("no idea", "no idea"),
            ("the goods are badly made; good", "positive"),
        ])
    func meaning(answer: String, label: String) throws {
        #expect(try words(["positive": "good", "negative": "bad"]).meant(by: answer) == label)
    }

    @Test("of words that begin at one place the longest counts")
    func longest() throws {
        let words = try words(["c": "C", "cpp": "C++", "maybe": "not sure", "no": "not"])
        #expect(words.meant(by: "c++ it is") == "cpp")
        #expect(words.meant(by: "c it is") == "c")
        #expect(words.meant(by: "Not sure") == "maybe")
    }

    @Test("demonstrations say the words, also where labels change places")
    func saying() throws {
        let swapped = try words(["up": "down", "down": "up"])
        #expect(swapped.said("up") == "down")
        #expect(swapped.said("Up, then down; upper") == "down, then up; upper")
        #expect(swapped.meant(by: swapped.said("up")) == "up")
        #expect(try words(["größe": "Maß"]).said("die GRÖSSE, die Größe") == "die GRÖSSE, die Maß")
    }
}

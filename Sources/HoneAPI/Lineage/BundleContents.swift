import Foundation
import HoneCore

/// The entries of a bundle, read.
struct BundleContents {
    private(set) var header: BundledHeader?
    private(set) var prompts: [PromptID: BundledPrompt] = [:]
    /// By the id in the entry's name.
    private(set) var transitions: [String: [PromptBody.Transition]] = [:]
    private(set) var diffs: [String: BundledDiff] = [:]
    private(set) var suites: [String: BundledSuite] = [:]
    private(set) var searches: [String: OptimizationBody] = [:]
    private(set) var experiments: [String: BundledExperiment] = [:]
    private(set) var ablation: BundledAblation?

    /// Throws where it cannot be read, or its name does not fit what it holds.
    mutating func take(_ entry: LineageBundle.Entry) throws(InvalidValue) {
        let parts = entry.name.split(separator: "/", maxSplits: 1).map(String.init)
        let id = parts.count > 1 ? parts[1] : ""
        switch parts.first {
        case "bundle": header = try entry.read()
        case "ablation": ablation = try entry.read()
        case "prompts":
            let prompt = try entry.read() as BundledPrompt
            try Self.expect(id, "\(prompt.id)")
            prompts[prompt.id] = prompt
        case "transitions": transitions[id] = try entry.read()
        case "diffs":
            let diff = try entry.read() as BundledDiff
            try Self.expect(id, "\(diff.child)/\(diff.parent)")
            diffs[id] = diff
        case "benchmarks":
            let suite = try entry.read() as BundledSuite
            try Self.expect(id, suite.id)
            suites[id] = suite
        case "optimizations":
            let search = try entry.read() as OptimizationBody
            try Self.expect(id, "\(search.id)")
            searches[id] = search
        case "experiments":
            let experiment = try entry.read() as BundledExperiment
            try Self.expect(id, "\(experiment.experiment.id)")
            experiments[id] = experiment
        default:
            throw InvalidValue(path: "name", found: "\"\(entry.name)\"", expected: "an entry that a bundle has")
        }
    }

    private static func expect(_ name: String, _ id: String) throws(InvalidValue) {
        guard name != id else { return }
        throw InvalidValue(path: "name", found: "\"\(name)\"", expected: "\"\(id)\", as in the entry")
    }
}

extension LineageBundle.Entry {
    fileprivate func read<Part: Decodable>() throws(InvalidValue) -> Part {
        let data: Data
        do {
            data = try WireFormat.encode(content)
        } catch {
            throw InvalidValue(path: "", found: "something else", expected: "JSON")
        }
        return try WireFormat.decode(Part.self, from: data)
    }
}

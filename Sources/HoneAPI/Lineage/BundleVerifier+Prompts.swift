import HoneCore
import HoneStore

// What a bundle says of prompts.

extension BundleVerifier {
    mutating func checkPrompts() {
        for prompt in contents.prompts.values.sorted(by: { $0.createdAt < $1.createdAt }) {
            checkID(of: prompt)
            checkParents(of: prompt)
            checkMoves(of: prompt)
        }
        checkAncestry()
        for (name, diff) in contents.diffs.sorted(by: { $0.key < $1.key }) {
            let isPair = contents.prompts[diff.child]?.parents.contains { $0.id == diff.parent } == true
            expect(isPair, .diffs, "diffs/\(name)", "the one is no parent of the other")
        }
    }

    private mutating func checkID(of prompt: BundledPrompt) {
        let id = NewPrompt(agentID: prompt.agentID, template: prompt.template, actor: "").id
        expect(
            id == prompt.id, .ids, "prompts/\(prompt.id)",
            "its id does not follow from its agent and its words: they are those of \(id)")
    }

    private mutating func checkParents(of prompt: BundledPrompt) {
        for parent in prompt.parents {
            let place = "diffs/\(prompt.id)/\(parent.id)"
            look(.ancestry)
            guard let other = contents.prompts[parent.id] else {
                blame(.ancestry, "prompts/\(parent.id)", "it is a parent of \(prompt.id) and not there")
                continue
            }
            look(.diffs)
            guard let diff = contents.diffs["\(prompt.id)/\(parent.id)"] else {
                blame(.diffs, place, "there is no such entry")
                continue
            }
            if LineDiff.apply(diff.hunks, to: other.template.page) != prompt.template.page {
                blame(.diffs, place, "applied to the parent it does not give the child")
            }
            let unified = PromptDiffBody(prompt.words, against: other.words).unified
            if diff.unified != unified { blame(.diffs, place, "its text is not what the two prompts differ in") }
        }
    }

    /// Everything there is an ancestor of the prompt that the bundle is about, and nobody their own.
    private mutating func checkAncestry() {
        guard let id = contents.header?.promptID else { return }
        expect(contents.prompts[id] != nil, .ancestry, "prompts/\(id)", "the bundle is about it, and it is not there")
        if let prompt = contents.prompts[id] {
            expect(
                prompt.agentID == contents.header?.agentID, .ancestry, "bundle",
                "the prompt is one of \(prompt.agentID)")
        }
        let reached = ancestors(of: id)
        for stranger in contents.prompts.keys where stranger != id && !reached.contains(stranger) {
            blame(.ancestry, "prompts/\(stranger)", "it is no ancestor of \(id)")
        }
        for prompt in contents.prompts.keys where ancestors(of: prompt).contains(prompt) {
            blame(.ancestry, "prompts/\(prompt)", "it is its own ancestor")
        }
    }

    private func ancestors(of id: PromptID) -> Set<PromptID> {
        var (found, open) = (Set<PromptID>(), [id])
        while let next = open.popLast() {
            for parent in contents.prompts[next]?.parents ?? [] where found.insert(parent.id).inserted {
                open.append(parent.id)
            }
        }
        return found
    }

    private mutating func checkMoves(of prompt: BundledPrompt) {
        let place = "transitions/\(prompt.id)"
        look(.transitions)
        guard let moves = contents.transitions["\(prompt.id)"] else {
            return blame(.transitions, place, "there is no such entry")
        }
        var present: PromptLifecycle?
        for (number, move) in moves.enumerated() {
            if move.from != present {
                blame(.transitions, place, "move \(number + 1) does not begin where the one before it ended")
            } else if !PromptLifecycle.allows(move.from, to: move.to) {
                blame(.transitions, place, "move \(number + 1): \(IllegalPromptMove(from: move.from, to: move.to))")
            }
            if move.actor.isEmpty { blame(.transitions, place, "move \(number + 1) names nobody who made it") }
            if number > 0, move.at < moves[number - 1].at {
                blame(.transitions, place, "move \(number + 1) is older than the one before it")
            }
            present = move.to
        }
        if present != prompt.state {
            blame(
                .transitions, place,
                "they end at \(present?.rawValue ?? "nothing"), the prompt at \(prompt.state?.rawValue ?? "nothing")")
        }
    }
}

extension BundledPrompt {
    fileprivate var words: Prompt { Prompt(id: id, agentID: agentID, version: version, template: template) }
}

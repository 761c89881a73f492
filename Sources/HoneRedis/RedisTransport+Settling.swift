import Foundation
public import HoneBus
import HoneCore
import Logging
import Redis

extension RedisTransport {
    public func settle(_ settlements: [Settlement], as member: GroupMember) async throws {
        let steps = steps(for: settlements, as: member)
        try await translating(keys: steps.map(\.key)) {
            guard steps.count > 1, try await cluster != nil else { return try await carryOut(steps, as: member) }
            // What other slots are to get goes first: without it nothing is acknowledged.
            try await carryOutEach(steps.filter(\.leavesItsSlot), as: member)
            try await carryOutEach(steps.filter { !$0.leavesItsSlot }, as: member)
        }
    }

    private func carryOutEach(_ steps: [Step], as member: GroupMember) async throws {
        let parts = try await parts(steps, by: \.key)
        _ = try await tryEach(parts) { try await self.carryOut($0, as: member) }.all()
    }

    /// One command of a settlement's transaction.
    private struct Step: Sendable {
        let key: String
        /// The stream of the delivery.
        let home: String
        let command: RedisCommand
        /// Set for a follow-up, which is kept when its stream does not take it.
        var followUp: Envelope?

        var leavesItsSlot: Bool { key != home && KeySlot(of: key) != KeySlot(of: home) }
    }

    private func steps(for settlements: [Settlement], as member: GroupMember) -> [Step] {
        var steps: [Step] = []
        var acknowledged: [StreamName: [RedisArgument]] = [:]
        for settlement in settlements {
            acknowledged[settlement.delivery.stream, default: []].append(.string(settlement.delivery.entryID))
            append(settlement, as: member, to: &steps)
        }
        for (stream, ids) in acknowledged {
            let key = keys.key(stream)
            let acknowledgement = RedisCommand("XACK", [.string(key), .string(member.group)] + ids)
            steps.append(Step(key: key, home: key, command: acknowledgement))
        }
        return steps
    }

    private func append(_ settlement: Settlement, as member: GroupMember, to steps: inout [Step]) {
        let delivery = settlement.delivery
        switch settlement.verdict {
        case .skip: break
        case .done(let publications):
            append(publications, of: delivery.stream, to: &steps)
        case .retry(let time, let fault):
            let home = keys.key(delivery.stream)
            let next = delivery.retried(by: member.group, because: fault, at: options.clock())
            let message = DelayedMember(next, to: home)
            let due = (time.timeIntervalSince1970 * 1_000).rounded(.up)
            steps.append(
                Step(key: keys.delayed, home: home, command: .zadd(keys.delayed, [.init(message.bytes, score: due)])))
        case .dead(let fault, let publications):
            append(publications, of: delivery.stream, to: &steps)
            let home = keys.key(delivery.stream)
            let letter = delivery.deadLetter(because: fault, streamKey: home, member: member, at: options.clock())
            steps.append(Step(key: keys.dead, home: home, command: .add(letter, to: keys.dead)))
        }
    }

    private func append(_ publications: [Publication], of stream: StreamName, to steps: inout [Step]) {
        for publication in publications {
            let addition = addition(publication)
            steps.append(
                Step(
                    key: addition.key, home: keys.key(stream), command: addition.command,
                    followUp: addition.envelope))
        }
    }

    /// One transaction. Redis carries out the rest of one when a command fails in it, so a follow-up whose stream
    /// refuses it becomes a dead letter instead of being lost.
    private func carryOut(_ steps: [Step], as member: GroupMember) async throws {
        guard let first = steps.first else { return }
        if steps.count == 1, first.followUp == nil {
            try await commands.send(first.command)
            return
        }
        let multi = [RedisCommand("MULTI")] + steps.map(\.command) + [RedisCommand("EXEC")]
        let replies = try await commands.pipeline(multi)
        guard case .array(let results) = replies.last, results.count == steps.count else {
            throw refusal(in: replies, of: steps)
        }
        guard results.firstError != nil else { return }
        for (step, result) in zip(steps, results) {
            guard case .error(let text) = result else { continue }
            guard let followUp = step.followUp else { throw refusal(in: [result], of: [step]) }
            try await bury(followUp, of: step.key, because: text, as: member)
        }
    }

    private func refusal(in replies: [RedisValue], of steps: [Step]) -> BusError {
        let texts = replies.compactMap { if case .error(let text) = $0 { text } else { nil } }
        let text = texts.first ?? "EXEC answered nothing"
        if ["OOM", "LOADING", "BUSY", "NOREPLICAS"].contains(where: text.hasPrefix) { return .unavailable(text) }
        if text.hasPrefix("WRONGTYPE") { return .wrongType(key: steps.map(\.key).joined(separator: " or ")) }
        if text.hasPrefix("READONLY") { return .readOnly(server: endpoint.address) }
        return .refused(text)
    }

    private func bury(
        _ envelope: Envelope, of key: String, because text: String, as member: GroupMember
    ) async throws {
        options.logger.error(
            "a follow-up could not be published and is a dead letter now",
            metadata: ["key": "\(key)", "error": "\(text)"])
        let unsent = Delivery(stream: StreamName(topic: key), entryID: "", envelope: envelope, entryDeliveries: 0)
        let nobody = GroupMember(group: "", consumer: member.consumer, service: member.service)
        let letter = unsent.deadLetter(
            because: TaskFault(.internal, "not published: \(text)"), streamKey: key, member: nobody,
            at: options.clock())
        try await commands.send(.add(letter, to: keys.dead))
    }
}

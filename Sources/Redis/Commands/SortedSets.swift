/// A member of a sorted set and its score.
public struct RedisScoredMember: Sendable, Hashable {
    public let member: [UInt8]
    public let score: Double

    public init(_ member: [UInt8], score: Double) {
        self.member = member
        self.score = score
    }

    public init(_ member: String, score: Double) { self.init(Array(member.utf8), score: score) }

    /// The member as text; bytes that are not UTF-8 are repaired.
    public var text: String { String(decoding: member, as: UTF8.self) }
}

/// One end of a range of scores. A number means: up to and with it.
public enum RedisScoreBound: Sendable, Hashable, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
    case lowest
    case highest
    case including(Double)
    case excluding(Double)

    public init(floatLiteral score: Double) { self = .including(score) }
    public init(integerLiteral score: Int) { self = .including(Double(score)) }

    var argument: RedisArgument {
        switch self {
        case .lowest: "-inf"
        case .highest: "+inf"
        case .including(let score): RedisArgument(score)
        case .excluding(let score): "(\(score)"
        }
    }
}

extension RedisCommand {
    public static func zadd(_ key: String, _ members: [RedisScoredMember]) -> RedisCommand {
        RedisCommand("ZADD", [.string(key)] + members.flatMap { [RedisArgument($0.score), .bytes($0.member)] })
    }

    public static func zrem(_ key: String, _ members: [RedisArgument]) -> RedisCommand {
        RedisCommand("ZREM", [.string(key)] + members)
    }

    public static func zcard(_ key: String) -> RedisCommand { RedisCommand("ZCARD", [.string(key)]) }

    public static func zcount(
        _ key: String, min: RedisScoreBound = .lowest, max: RedisScoreBound = .highest
    ) -> RedisCommand {
        RedisCommand("ZCOUNT", [.string(key), min.argument, max.argument])
    }

    public static func zscore(_ key: String, _ member: RedisArgument) -> RedisCommand {
        RedisCommand("ZSCORE", [.string(key), member])
    }

    public static func zrangeByScore(
        _ key: String, min: RedisScoreBound = .lowest, max: RedisScoreBound = .highest, limit: Int? = nil,
        withScores: Bool = false
    ) -> RedisCommand {
        let scores: [RedisArgument] = withScores ? ["WITHSCORES"] : []
        let limit: [RedisArgument] = limit.map { ["LIMIT", 0, RedisArgument($0)] } ?? []
        return RedisCommand("ZRANGEBYSCORE", [.string(key), min.argument, max.argument] + scores + limit)
    }
}

extension RedisExecutor {
    /// Adds members or changes their scores; returns how many are new.
    @discardableResult
    public func zadd(_ key: String, _ members: [RedisScoredMember]) async throws -> Int {
        members.isEmpty ? 0 : try await ask(.zadd(key, members)).integer()
    }

    /// Removes members and returns how many there were.
    @discardableResult
    public func zrem(_ key: String, _ members: [RedisArgument]) async throws -> Int {
        members.isEmpty ? 0 : try await ask(.zrem(key, members)).integer()
    }

    /// How many members there are.
    public func zcard(_ key: String) async throws -> Int { try await ask(.zcard(key)).integer() }

    /// How many members have a score in the range.
    public func zcount(
        _ key: String, min: RedisScoreBound = .lowest, max: RedisScoreBound = .highest
    ) async throws -> Int {
        try await ask(.zcount(key, min: min, max: max)).integer()
    }

    /// The score of a member, nil if it is not there.
    public func zscore(_ key: String, _ member: RedisArgument) async throws -> Double? {
        let answer = try await ask(.zscore(key, member))
        return try answer.isNull ? nil : answer.number()
    }

    /// The members in a range of scores, lowest first, at most `limit` of them.
    public func zrangeByScore(
        _ key: String, min: RedisScoreBound = .lowest, max: RedisScoreBound = .highest, limit: Int? = nil
    ) async throws -> [[UInt8]] {
        try await ask(.zrangeByScore(key, min: min, max: max, limit: limit)).elements().map { try $0.bytes() }
    }

    /// The same with the scores.
    public func zrangeByScoreWithScores(
        _ key: String, min: RedisScoreBound = .lowest, max: RedisScoreBound = .highest, limit: Int? = nil
    ) async throws -> [RedisScoredMember] {
        let answer = try await ask(.zrangeByScore(key, min: min, max: max, limit: limit, withScores: true)).elements()
        return try stride(from: 0, to: answer.count - 1, by: 2).map {
            RedisScoredMember(try answer[$0].bytes(), score: try answer[$0 + 1].number())
        }
    }
}

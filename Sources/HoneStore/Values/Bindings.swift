public import Foundation
public import HoneCore
public import HoneIntelligence
public import Postgres

extension Identifier: PostgresEncodable {
    public var postgresValue: PostgresValue { uuid.postgresValue }
}

extension Name: PostgresEncodable {}

extension MicroUSD: PostgresEncodable {
    public var postgresValue: PostgresValue { rawValue.postgresValue }
}

/// As the tables hold it: a whole number of micro-dollars. Messages carry dollars instead.
extension MicroUSD: Decodable {
    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(Int64.self))
    }
}

extension TaskStatus: PostgresEncodable {}
extension ErrorCode: PostgresEncodable {}
extension AgentType: PostgresEncodable {}
extension AgentRole: PostgresEncodable {}
extension AgentLifecycle: PostgresEncodable {}
extension ModelProvider: PostgresEncodable {}
extension PromptLifecycle: PostgresEncodable {}
extension Role: PostgresEncodable {}
extension AlertKind: PostgresEncodable {}
extension AlertSeverity: PostgresEncodable {}
extension BudgetScope: PostgresEncodable {}
extension CallPurpose: PostgresEncodable {}

extension PostgresJSONReadable {
    public init(json: Data) throws { self = try DirectJSON.decode(Self.self, from: json) }
}

// What is read for every task.
extension JSONValue: PostgresJSONReadable {}
extension Expectation: PostgresJSONReadable {}
extension Array: PostgresJSONReadable where Element == LedgerEvidence.Opinion {}

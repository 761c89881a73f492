import Foundation
import HoneCore
import HoneIntelligence
import Testing

func agentID(_ name: String) throws -> AgentID { try #require(AgentID(name)) }
func category(_ name: String) throws -> Category { try #require(Category(name)) }

func isClose(_ left: Double?, _ right: Double, within tolerance: Double = 1e-9) -> Bool {
    guard let left else { return false }
    return abs(left - right) <= tolerance
}

func uuid(_ number: Int) -> UUID { UUID.v5(namespace: .hone, name: "\(number)") }

import Foundation
import HoneCore

/// What the gateway tells of itself, made when it is first asked for.
enum Documents {
    static let openAPI = Result { try WireFormat.encode(ContractBundle("openapi.yaml").document) }
    static let asyncAPI = Result { try WireFormat.encode(ContractBundle("asyncapi.yaml").document) }
    static let page = Result { try DocumentPage() }
}

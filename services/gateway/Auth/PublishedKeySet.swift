import Foundation
import HoneCore
import JWTKit

/// A JSON Web Key Set (RFC 7517 §5). Keys of other kinds and for other uses are passed over.
enum PublishedKeySet {
    private struct Document: Decodable {
        let keys: [JSONValue]
    }

    static func keys(in data: Data) async -> [TokenKey] {
        let members = (try? JSONDecoder().decode(Document.self, from: data))?.keys ?? []
        var keys: [TokenKey] = []
        for member in members {
            if let key = await key(member) { keys.append(key) }
        }
        return keys
    }

    private static func key(_ member: JSONValue) async -> TokenKey? {
        guard member["use"]?.string ?? "sig" == "sig", let algorithm = algorithm(of: member),
            let data = try? JSONEncoder().encode(member), var jwk = try? JSONDecoder().decode(JWK.self, from: data)
        else { return nil }
        let id = jwk.keyIdentifier?.string
        jwk.keyIdentifier = jwk.keyIdentifier ?? JWKIdentifier(string: "")
        jwk.algorithm = algorithm == .rs256 ? .rs256 : .es256
        let collection = JWTKeyCollection()
        guard (try? await collection.add(jwk: jwk, isDefault: true)) != nil else { return nil }
        return TokenKey(algorithm: algorithm, id: id, collection: collection)
    }

    private static func algorithm(of key: JSONValue) -> TokenAlgorithm? {
        switch (key["kty"]?.string, key["crv"]?.string, key["alg"]?.string) {
        case ("RSA", _, nil), ("RSA", _, "RS256"): .rs256
        case ("EC", "P-256", nil), ("EC", "P-256", "ES256"): .es256
        default: nil
        }
    }
}

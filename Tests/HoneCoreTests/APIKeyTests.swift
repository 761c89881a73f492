import Foundation
import HoneCore
import Testing

@Suite("Keys to the gateway")
struct APIKeyTests {
    @Test("are read back from their text, and no two are alike")
    func form() throws {
        let keys = (0..<100).map { _ in APIKey.generate() }
        #expect(Set(keys.map(\.text.exposed)).count == 100 && Set(keys.map(\.prefix)).count == 100)
        for key in keys {
            let text = key.text.exposed
            #expect(text.wholeMatch(of: /hone_[a-z0-5]{12}_[A-Za-z0-9_-]{43}/) != nil, "\(text)")
            #expect(try #require(APIKey(text)).prefix == key.prefix)
            #expect(!"\(key)".contains(text.suffix(43)))
        }
    }

    @Test("match their own hash under its salt, and nothing else")
    func hashes() {
        let (key, other, salt) = (APIKey.generate(), APIKey.generate(), APIKey.salt())
        let hash = key.hash(salt: salt)
        #expect(key.matches(hash: hash, salt: salt))
        #expect(!other.matches(hash: hash, salt: salt))
        #expect(!key.matches(hash: hash, salt: APIKey.salt()))
        #expect(!key.matches(hash: Data(), salt: salt) && !key.matches(hash: hash.dropLast(), salt: salt))
        #expect(key.hash(salt: APIKey.salt()) != hash)
    }

    @Test(
        "texts that are none are not read",
        arguments: ["", "hone", "hone_", "hone__", "hone_abcdefgh_", "x_y_z", "_hone_"])
    func nonsense(text: String) {
        #expect(APIKey(text) == nil)
        #expect(APIKey("hone_ABCDEFGHIJKL_" + String(repeating: "a", count: 43)) == nil)
        #expect(APIKey("hone_abcdefghijkl_" + String(repeating: "a", count: 44)) == nil)
    }
}

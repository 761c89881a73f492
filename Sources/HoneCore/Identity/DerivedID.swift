import Crypto
public import Foundation

extension UUID {
    /// An id made from its cause (RFC 9562 §5.5: SHA-1 of namespace and name): the same cause always gives the same id,
    /// so that a redelivered message writes nothing twice.
    public static func v5(namespace: UUID, name: String) -> UUID {
        var hash = Insecure.SHA1()
        withUnsafeBytes(of: namespace.uuid) { hash.update(bufferPointer: $0) }
        hash.update(data: Data(name.utf8))
        var bytes = Array(hash.finalize().prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x50
        bytes[8] = bytes[8] & 0x3F | 0x80
        return bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }

    /// The root under which Hone derives ids from texts of the outside world.
    public static let hone = UUID(high: 0x9d1c_4f8e_62b7_5a3d, low: 0x8e41_07c5_b92f_d6a8)

    /// An id that this id causes; `part` says which of its consequences.
    public func derived(_ part: String) -> UUID {
        .v5(namespace: self, name: part)
    }
}

extension Identifier {
    /// The id of what `cause` brings about; `part` tells its consequences apart.
    public init<Cause>(derivedFrom cause: Identifier<Cause>, _ part: String) {
        self.init(cause.uuid.derived(part))
    }
}

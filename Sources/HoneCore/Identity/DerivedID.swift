import Crypto
public import Foundation

extension UUID {
    /// An id made from its cause (RFC 9562 §5.5: SHA-1 of namespace and name): the same cause always gives the same id,
    /// so that a redelivered message writes nothing twice.
    public static func v5(namespace: UUID, name: String) -> UUID {
        let cause = withUnsafeBytes(of: namespace.uuid, Array.init) + name.utf8
        var id = Insecure.SHA1.hash(data: cause).withUnsafeBytes { $0.loadUnaligned(as: uuid_t.self) }
        id.6 = id.6 & 0x0F | 0x50
        id.8 = id.8 & 0x3F | 0x80
        return UUID(uuid: id)
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

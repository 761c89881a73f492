/// The object ids of the types that decode differently, and names for messages (`pg_type.dat` of the server).
enum PostgresType {
    static let bytea: UInt32 = 17
    static let json: UInt32 = 114
    static let jsonb: UInt32 = 3802
    static let jsonArray: UInt32 = 199
    static let jsonbArray: UInt32 = 3807
    static let byteaArray: UInt32 = 1001

    static func isJSON(_ type: UInt32) -> Bool { type == json || type == jsonb }

    /// The type of an array's elements, where it matters; otherwise 0.
    static func element(of type: UInt32) -> UInt32 {
        switch type {
        case jsonArray: json
        case jsonbArray: jsonb
        case byteaArray: bytea
        default: 0
        }
    }

    static func name(_ type: UInt32) -> String {
        names[type] ?? (type == 0 ? "an array element" : "type \(type)")
    }

    private static let names: [UInt32: String] = [
        16: "bool", 17: "bytea", 20: "bigint", 21: "smallint", 23: "integer", 25: "text", 114: "json", 199: "json[]",
        700: "real", 701: "double precision", 1000: "bool[]", 1001: "bytea[]", 1005: "smallint[]", 1007: "integer[]",
        1009: "text[]", 1015: "varchar[]", 1016: "bigint[]", 1021: "real[]", 1022: "double precision[]", 1042: "char",
        1043: "varchar", 1082: "date", 1083: "time", 1114: "timestamp", 1115: "timestamp[]", 1184: "timestamptz",
        1185: "timestamptz[]", 1186: "interval", 1231: "numeric[]", 1700: "numeric", 2950: "uuid", 2951: "uuid[]",
        3802: "jsonb", 3807: "jsonb[]",
    ]
}

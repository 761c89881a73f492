// swift-tools-version: 6.2
import PackageDescription

/// What every target of ours is compiled with. Said once, tested in `HoneCoreTests/LanguageTests.swift`.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

extension Target {
    static func library(
        _ name: String, on below: Target.Dependency..., wrapsC: Bool = false
    ) -> Target {
        .target(name: name, dependencies: below, swiftSettings: wrapsC ? strict + [.strictMemorySafety()] : strict)
    }

    /// Every service stands on the frame and speaks to the bus and the record; `more` is what only it needs.
    static func service(_ folder: String, _ module: String, on more: Target.Dependency...) -> Target {
        let frame: [Target.Dependency] = [
            "HoneService", "HoneBus", "HoneCore", "HoneMessages", "HoneStore", .lifecycle, .logging,
        ]
        return .executableTarget(
            name: module, dependencies: frame + more, path: "services/\(folder)", swiftSettings: strict)
    }

    static func tests(of name: String, on below: Target.Dependency...) -> Target {
        .testTarget(name: "\(name)Tests", dependencies: [.init(stringLiteral: name)] + below, swiftSettings: strict)
    }
}

extension Target.Dependency {
    static let arguments = product(name: "ArgumentParser", package: "swift-argument-parser")
    static let asyncAlgorithms = product(name: "AsyncAlgorithms", package: "swift-async-algorithms")
    static let configuration = product(name: "Configuration", package: "swift-configuration")
    static let crypto = product(name: "Crypto", package: "swift-crypto")
    static let httpTypes = product(name: "HTTPTypes", package: "swift-http-types")
    static let hummingbird = product(name: "Hummingbird", package: "hummingbird")
    static let hummingbirdCore = product(name: "HummingbirdCore", package: "hummingbird")
    static let jwt = product(name: "JWTKit", package: "jwt-kit")
    static let lifecycle = product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
    static let logging = product(name: "Logging", package: "swift-log")
    static let metrics = product(name: "Metrics", package: "swift-metrics")
    static let nio = product(name: "NIOCore", package: "swift-nio")
    static let nioCompression = product(name: "NIOHTTPCompression", package: "swift-nio-extras")
    static let nioHTTP1 = product(name: "NIOHTTP1", package: "swift-nio")
    static let nioHTTPParts = product(name: "NIOHTTPTypes", package: "swift-nio-extras")
    static let nioHTTPTypes = product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras")
    static let nioPosix = product(name: "NIOPosix", package: "swift-nio")
    static let nioWebSocket = product(name: "NIOWebSocket", package: "swift-nio")
    static let stencil = product(name: "Stencil", package: "Stencil")
    static let unixSignals = product(name: "UnixSignals", package: "swift-service-lifecycle")
    static let yams = product(name: "Yams", package: "Yams")
}

let package = Package(
    name: "hone",
    products: [
        .executable(name: "hone", targets: ["Hone"]),
        .executable(name: "hone-router", targets: ["Router"]),
        .executable(name: "hone-executor", targets: ["Executor"]),
        .executable(name: "hone-evaluator", targets: ["Evaluator"]),
        .executable(name: "hone-peer-reviewer", targets: ["PeerReviewer"]),
        .executable(name: "hone-stats-aggregator", targets: ["StatsAggregator"]),
        .executable(name: "hone-optimizer", targets: ["Optimizer"]),
        .executable(name: "hone-gateway", targets: ["Gateway"]),
        .executable(name: "publish-example", targets: ["PublishExample"]),
        .executable(name: "hone-chaos", targets: ["Chaos"]),
        .executable(name: "hone-bench", targets: ["BusBench"]),
        .executable(name: "hone-search", targets: ["SearchQuality"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-async-algorithms", from: "1.1.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/stencilproject/Stencil", from: "0.15.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.0"),
    ],
    targets: [
        // MARK: floor 0: C
        .systemLibrary(name: "CHiredis", providers: [.apt(["libhiredis-dev"])]),
        .systemLibrary(name: "CLibPQ", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "CDocuments", exclude: ["page"]),

        // MARK: floor 1: drivers and ground
        .library("Redis", on: "CHiredis", wrapsC: true),
        .library("Postgres", on: "CLibPQ", wrapsC: true),
        .library("HTTP", on: "CCurl", wrapsC: true),
        .library("Deflate", on: "CZlib", wrapsC: true),
        .library("HoneCore", on: .crypto),
        .library("Charts"),

        // MARK: floor 2: pure parts and mechanism
        .library("HoneIntelligence", on: "HoneCore"),
        .library("HoneEvolution", on: "HoneCore"),
        .library("HoneBus", on: "HoneCore", .logging, .metrics),

        // MARK: floor 3: catalogue and adapters
        .library("HoneMessages", on: "HoneBus", "HoneCore"),
        .library("HoneRedis", on: "HoneBus", "HoneCore", "Redis", .logging, .metrics),
        .library("HoneStore", on: "HoneCore", "HoneIntelligence", "Postgres"),
        .library("HoneModels", on: "HoneCore", "HTTP", .crypto, .logging, .metrics, .stencil),

        // MARK: floor 4: frame
        .library(
            "HoneAPI",
            on: "HoneBus", "HoneCore", "HoneEvolution", "HoneIntelligence", "HoneMessages", "HoneModels", "HoneStore",
            "Postgres", .crypto, .yams),
        .library(
            "HoneService",
            on: "HoneCore", "HoneBus", "HoneIntelligence", "HoneMessages", "HoneRedis", "HoneStore", "HoneModels",
            "Postgres", "Redis",
            .arguments, .asyncAlgorithms, .configuration, .hummingbird, .lifecycle, .logging, .metrics, .unixSignals),

        // MARK: services
        .service("router", "Router", on: "HoneIntelligence", "HoneModels", "HoneRedis", .metrics),
        .service("executor", "Executor", on: "HoneModels"),
        .service("evaluator", "Evaluator", on: "HoneIntelligence", "HoneModels", .metrics),
        .service("peer-reviewer", "PeerReviewer", on: "HoneIntelligence", "HoneModels"),
        .service("stats-aggregator", "StatsAggregator", on: "HoneIntelligence", .metrics),
        .service(
            "optimizer", "Optimizer", on: "HoneEvolution", "HoneIntelligence", "HoneModels", "Postgres", .metrics),
        .service(
            "gateway", "Gateway", on: "CDocuments", "Deflate", "HTTP", "HoneAPI", "HoneIntelligence", "HoneModels",
            "HoneRedis", .asyncAlgorithms, .crypto, .httpTypes, .hummingbird, .hummingbirdCore, .jwt, .metrics, .nio,
            .nioCompression, .nioHTTP1, .nioHTTPParts, .nioHTTPTypes, .nioPosix, .nioWebSocket, .yams),
        .service(
            "hone", "Hone", on: "Charts", "HoneAPI", "HoneEvolution", "HoneIntelligence", "HoneModels", "HoneRedis",
            .arguments, .yams),

        // MARK: examples
        .executableTarget(
            name: "PublishExample", dependencies: ["Redis"], path: "infra/examples/swift", swiftSettings: strict),

        // MARK: benchmarks
        .executableTarget(
            name: "BusBench",
            dependencies: [
                "HoneRedis", "HoneBus", "HoneCore", "HoneEvolution", "HoneIntelligence", "Redis", .arguments, .logging,
            ],
            path: "infra/bench/bus", swiftSettings: strict),

        // MARK: what only tests import
        .library("TestServers"),
        .library("ScriptedModel", on: "HoneCore", .hummingbird),
        .library("BusTestKit", on: "HoneBus", "HoneCore", "TestServers", .logging),
        .library(
            "HoneTestKit",
            on: "TestServers", "BusTestKit", "ScriptedModel", "HoneService", "HoneBus", "HoneCore", "HoneMessages",
            "HoneRedis", "HoneStore", "Postgres", "Redis", .lifecycle, .logging),

        .library("ChaosKit", on: "TestServers", "ScriptedModel", "HoneCore", "Postgres", "Redis"),

        // MARK: tools of tests
        .executableTarget(
            name: "Chaos", dependencies: ["ChaosKit", .arguments], path: "infra/chaos", swiftSettings: strict),
        .executableTarget(
            name: "SearchQuality", dependencies: ["HoneEvolution", "HoneCore", "ScriptedModel", .arguments],
            path: "infra/bench/search",
            exclude: ["README.md", "compare.py", "models.py", "requirements.txt", "sides.py", "worlds.py"],
            swiftSettings: strict),

        // MARK: tests
        .tests(of: "Redis", on: "TestServers"),
        .tests(of: "Postgres", on: "TestServers"),
        .tests(of: "HTTP", on: .hummingbird),
        .tests(of: "Deflate"),
        .tests(of: "HoneCore"),
        .tests(of: "Charts"),
        .tests(of: "HoneIntelligence", on: "HoneCore", "TestServers"),
        .tests(of: "HoneEvolution", on: "HoneCore", "TestServers"),
        .tests(of: "HoneBus", on: "BusTestKit", "TestServers"),
        .tests(of: "HoneMessages", on: "HoneBus", "HoneCore", "HoneIntelligence"),
        .tests(of: "HoneRedis", on: "BusTestKit", "TestServers"),
        .tests(of: "HoneStore", on: "TestServers"),
        .tests(of: "HoneModels", on: "ScriptedModel"),
        .tests(of: "HoneAPI", on: "HoneEvolution", "HoneTestKit", "Postgres"),
        .tests(of: "HoneService", on: "HTTP", "TestServers", "BusTestKit", "HoneBus", .lifecycle, .logging, .metrics),
        .tests(of: "Router", on: "HoneTestKit"),
        .tests(of: "Executor", on: "HoneTestKit", "HoneIntelligence"),
        .tests(of: "Evaluator", on: "HoneTestKit", "HoneIntelligence", "ScriptedModel"),
        .tests(of: "PeerReviewer", on: "HoneTestKit", "Postgres"),
        .tests(of: "StatsAggregator", on: "BusTestKit", "TestServers"),
        .tests(
            of: "Optimizer", on: "Router", "Executor", "Evaluator", "HoneAPI", "HoneTestKit", "HoneEvolution",
            "HoneIntelligence",
            "HoneModels", "Postgres", "ScriptedModel", "TestServers"),
        .tests(
            of: "Gateway", on: "Deflate", "Router", "Executor", "Evaluator", "StatsAggregator", "BusTestKit",
            "HoneTestKit", "HoneAPI", "HoneIntelligence", "HoneMessages", "HTTP", "Postgres", "TestServers", .crypto,
            .httpTypes, .hummingbird, .hummingbirdCore, .jwt, .nio, .nioHTTP1, .nioHTTPTypes, .nioPosix,
            .nioWebSocket),
        .testTarget(
            name: "JourneyTests",
            dependencies: [
                "Router", "Executor", "Evaluator", "PeerReviewer", "StatsAggregator", "HoneIntelligence", "HoneTestKit",
                "ScriptedModel",
            ],
            swiftSettings: strict),
        .tests(
            of: "Hone", on: "BusTestKit", "Charts", "ScriptedModel", "TestServers", "HoneEvolution", "HoneIntelligence",
            "Router", "Executor", "Evaluator", "PeerReviewer", "StatsAggregator", "Optimizer", "Gateway"),
        .testTarget(
            name: "ChaosTests", dependencies: ["ChaosKit", "Postgres", "Redis", "TestServers"], swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)

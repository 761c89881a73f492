import Redis
import Testing

@Suite("Endpoints")
struct EndpointTests {
    @Test("a URL says where the server is and how to get in")
    func whole() throws {
        let endpoint = try RedisEndpoint(url: "redis://kai:s%40f%3Ae%2F@redis.example:6380/3")
        #expect(
            endpoint
                == RedisEndpoint(
                    host: "redis.example", port: 6380, username: "kai", password: "s@f:e/", database: 3))
    }

    @Test("all but the host may be left out", arguments: ["redis://localhost", "redis://localhost/"])
    func defaults(_ url: String) throws {
        #expect(try RedisEndpoint(url: url) == RedisEndpoint(host: "localhost"))
    }

    @Test("a password without a user belongs to the default user, and may hold a plain @")
    func passwordOnly() throws {
        let endpoint = try RedisEndpoint(url: "redis://:a@b@localhost")
        #expect(endpoint.username == nil)
        #expect(endpoint.password == "a@b")
        #expect(endpoint.host == "localhost")
    }

    @Test("an IPv6 address stands in brackets")
    func brackets() throws {
        #expect(try RedisEndpoint(url: "redis://[::1]:7000") == RedisEndpoint(host: "::1", port: 7000))
        #expect(try RedisEndpoint(url: "redis://[::1]").description == "redis://[::1]:6379/0")
    }

    @Test(
        "a URL that makes no sense is refused without repeating it",
        arguments: [
            "", "localhost:6379", "http://secret@host", "redis://", "redis://:6379", "redis://host:port",
            "redis://host:0", "redis://host:65536", "redis://host/first", "redis://host/-1", "redis://host/0?x=secret",
            "redis+sentinel://host:1", "redis+sentinel://host:1/", "redis+sentinel://host:1,/name",
            "redis+sentinel:///name", "redis+sentinel://host:1/name/secret", "redis://secret@host",
            "redis://host:1,", "redis://host?x=secret", "redis+sentinel://host/name?secret=x",
            "redis+sentinel://host/name?sentinel_password=", "redis+sentinel://host/name?sentinel_password=%zzsecret",
            "redis+sentinel://host/name?sentinel_username=secret", "redis+sentinel://host?sentinel_password=secret",
            "redis://user:%zzsecret@host", "redis://user:@host", "redis://[::1]secret",
        ])
    func refused(_ url: String) {
        let error = #expect(throws: RedisError.self) { try RedisEndpoint(url: url) }
        guard case .invalidEndpoint(let reason) = error else {
            Issue.record("not an endpoint error: \(String(describing: error))")
            return
        }
        #expect(!reason.contains("secret"))
        #expect(error?.isTransient == false)
    }

    @Test("sentinels are named with the primary that they watch")
    func sentinels() throws {
        let url = "redis+sentinel://kai:hush@one:5000,[::1],three/the-primary/2"
        let endpoint = try RedisEndpoint(url: url)
        let addresses = [
            RedisAddress(host: "one", port: 5_000), RedisAddress(host: "::1", port: 26_379),
            RedisAddress(host: "three", port: 26_379),
        ]
        #expect(endpoint.sentinels == RedisSentinels(addresses, primary: "the-primary"))
        #expect(endpoint.username == "kai" && endpoint.password == "hush" && endpoint.database == 2)
        #expect(
            endpoint.description
                == "redis+sentinel://kai:***@one:5000,[::1]:26379,three:26379/the-primary/2")
        #expect(try RedisEndpoint(url: "redis+sentinel://host/name").database == 0)
    }

    @Test("sentinels may have a login of their own, and its password shows nowhere")
    func sentinelLogin() throws {
        let url = "redis+sentinel://:hush1@one,two/name/1?sentinel_username=guard&sentinel_password=hush2%26%2F"
        let endpoint = try RedisEndpoint(url: url)
        let sentinels = try #require(endpoint.sentinels)
        #expect(sentinels.username == "guard" && sentinels.password == "hush2&/" && sentinels.primary == "name")
        #expect(endpoint.password == "hush1" && endpoint.username == nil && endpoint.database == 1)
        var dumped = ""
        dump(sentinels, to: &dumped)
        for text in ["\(endpoint)", endpoint.address, "\(sentinels)", String(reflecting: sentinels), dumped] {
            #expect(!text.contains("hush"))
        }
        #expect(endpoint.description.hasSuffix("/name/1?sentinel_username=guard&sentinel_password=***"))
    }

    @Test("several hosts are nodes of one cluster")
    func nodes() throws {
        let endpoint = try RedisEndpoint(url: "redis://kai:hush@one,[::1]:7000,three:7001/")
        #expect(endpoint.host == "one" && endpoint.port == 6_379 && endpoint.password == "hush")
        #expect(
            endpoint.others == [RedisAddress(host: "::1", port: 7_000), RedisAddress(host: "three", port: 7_001)])
        #expect(endpoint.address == "one:6379,[::1]:7000,three:7001")
    }

    @Test("TLS is refused with a reason")
    func tls() {
        let error = #expect(throws: RedisError.self) { try RedisEndpoint(url: "rediss://host") }
        #expect(error?.description.contains("TLS") == true)
    }

    @Test("the password shows in no description")
    func masked() throws {
        let endpoint = try RedisEndpoint(url: "redis://kai:hush@host:1/2")
        var dumped = ""
        dump(endpoint, to: &dumped)
        #expect(endpoint.description == "redis://kai:***@host:1/2")
        for text in ["\(endpoint)", String(reflecting: endpoint), "\([endpoint])", dumped] {
            #expect(!text.contains("hush"))
        }
    }
}

import Crypto
import Foundation
import HTTP
import HoneCore
import Testing

@testable import Gateway

@Suite("The documents")
struct DocumentTests {
    @Test("are open to everybody, even where everything else needs a key")
    func open() async throws {
        try await TestGateway.open(settings: ["HONE_AUTH": "on"]) { gateway in
            for path in ["/openapi.json", "/asyncapi.json", "/docs"] {
                let response = try await gateway.get(path)
                #expect(response.status == 200, "\(path)")
            }
        }
    }

    @Test("are what the files say")
    func served() async throws {
        try await TestGateway.open { gateway in
            let openAPI = try await gateway.get("/openapi.json")
            #expect(openAPI.headers["content-type"] == "application/json; charset=utf-8")
            let contract = (openAPI: try Contract.openAPI(), asyncAPI: try Contract.asyncAPI())
            #expect(try openAPI.value == contract.openAPI)
            #expect(try await gateway.get("/asyncapi.json").value == contract.asyncAPI)
        }
    }

    @Test("the binary carries every file of the contract as it is")
    func carried() throws {
        for folder in ["schemas", "samples"] {
            for file in try Contract.files(in: folder) {
                let path = "\(folder)/\(file)"
                let onDisk = try String(contentsOf: Contract.folder.appending(path: path), encoding: .utf8)
                #expect(try CarriedFile.text(path) == onDisk)
            }
        }
    }

    @Test("the page may run its own script and nothing else")
    func page() async throws {
        try await TestGateway.open { gateway in
            let response = try await gateway.get("/docs")
            let html = String(decoding: response.body, as: UTF8.self)
            let policy = try #require(response.headers["content-security-policy"])
            #expect(policy.hasPrefix("default-src 'none'"))
            #expect(!policy.contains("unsafe"))
            for (name, tag) in [("script-src", "script"), ("style-src", "style")] {
                let content = try #require(html.split(separator: "<\(tag)>").last?.split(separator: "</\(tag)>").first)
                let hash = Data(SHA256.hash(data: Data(content.utf8))).base64EncodedString()
                #expect(policy.contains("\(name) 'sha256-\(hash)'"))
            }
            #expect(!html.contains("http://") && !html.contains("https://"))
        }
    }
}

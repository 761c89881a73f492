import Foundation
import HoneCore

@testable import Router

/// A message as Celery 5.7 with kombu 5.7 sent it for `app.send_task("hone.submit", kwargs={"input": "hi é"})`, and
/// ways to change it.
enum CelerySample {
    static let id = "fa643a54-cf2e-4b3d-8005-73ca5f8d8640"

    static let text = #"""
        {"body": "W1tdLCB7ImlucHV0IjogImhpIFx1MDBlOSJ9LCB7ImNhbGxiYWNrcyI6IG51bGwsICJlcnJiYWNrcyI6IG51bGwsICJjaGFpbiI6IG51bGwsICJjaG9yZCI6IG51bGx9XQ==",
         "content-encoding": "utf-8", "content-type": "application/json",
         "headers": {"lang": "py", "task": "hone.submit", "id": "fa643a54-cf2e-4b3d-8005-73ca5f8d8640", "shadow": null,
          "eta": null, "expires": null, "group": null, "group_index": null, "retries": 0, "timelimit": [null, null],
          "root_id": "fa643a54-cf2e-4b3d-8005-73ca5f8d8640", "parent_id": null, "argsrepr": "()",
          "kwargsrepr": "{'input': 'hi \u00e9'}", "origin": "gen32391@vm", "ignore_result": null,
          "replaced_task_nesting": 0, "stamped_headers": null, "stamps": {}},
         "properties": {"correlation_id": "fa643a54-cf2e-4b3d-8005-73ca5f8d8640",
          "reply_to": "140b4e4a-02d2-3f7b-9d04-fa8c552cddb7", "delivery_mode": 2,
          "delivery_info": {"exchange": "", "routing_key": "celery"}, "priority": 0, "body_encoding": "base64",
          "delivery_tag": "b6ee5074-2104-4b97-a58f-2847e3bc3faa"}}
        """#

    static var message: CeleryMessage {
        get throws { try WireFormat.decode(CeleryMessage.self, from: Data(text.utf8)) }
    }

    /// The sample with another body and other headers, properties and members on top of its own.
    static func message(
        _ body: JSONValue? = nil, headers: [String: JSONValue] = [:], properties: [String: JSONValue] = [:],
        members: [String: JSONValue] = [:]
    ) throws -> CeleryMessage {
        guard case .object(var document) = try message.document else { throw CancellationError() }
        if let body { document["body"] = .string(try WireFormat.encode(body).base64EncodedString()) }
        document["headers"] = .object((document["headers"]?.object ?? [:]).merging(headers) { $1 })
        document["properties"] = .object((document["properties"]?.object ?? [:]).merging(properties) { $1 })
        return CeleryMessage(.object(document.merging(members) { $1 }))
    }

    /// `[args, kwargs, embed]`.
    static func body(
        _ positional: [JSONValue] = [], _ keywords: [String: JSONValue] = ["input": "x"],
        embed: [String: JSONValue] = [:]
    ) -> JSONValue {
        [.array(positional), .object(keywords), .object(embed)]
    }
}

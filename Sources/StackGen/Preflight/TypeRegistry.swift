internal import AWS
internal import Foundation

/// The region's registry of resource types, asked once for each type.
actor TypeRegistry {
    /// What the registry says of a type.
    enum Entry: Sendable {
        /// The type is there; `actions` are what its handlers do, by handler, where the registry tells.
        case known(actions: [String: [String]])
        /// There is no such type in the region.
        case missing
        /// The caller may not ask, or the answer was no answer.
        case unasked(reason: String)
    }

    private let client: AWSClient
    private var requests: [String: Task<Entry, any Error>] = [:]

    init(client: AWSClient) {
        self.client = client
    }

    /// What the registry says of a type.
    func entry(of typeName: String) async throws -> Entry {
        if let request = requests[typeName] { return try await request.value }
        let client = client
        let request = Task { try await Self.ask(typeName, client) }
        requests[typeName] = request
        return try await request.value
    }

    private static func ask(_ typeName: String, _ client: AWSClient) async throws -> Entry {
        do {
            let answer = try await client.send(DescribeTypeInput(typeName: typeName))
            return .known(actions: actions(in: answer.schema ?? ""))
        } catch let error as AWSServiceError {
            if error.code == "TypeNotFoundException" { return .missing }
            return .unasked(reason: error.description)
        }
    }

    /// The permissions of the handlers in a resource schema: `create`, `update`, `delete`, ….
    /// Source: "Resource type schema", CloudFormation CLI User Guide.
    private static func actions(in schema: String) -> [String: [String]] {
        struct Schema: Decodable {
            struct Handler: Decodable { let permissions: [String]? }
            let handlers: [String: Handler]?
        }
        let decoded = try? JSONDecoder().decode(Schema.self, from: Data(schema.utf8))
        return (decoded?.handlers ?? [:]).compactMapValues(\.permissions)
    }
}

import Foundation

/// A call of the JSON 1.1 protocol: the input is the body, the operation stands in a header.
protocol JSONOperation: AWSOperation, Encodable where Output: Decodable {
    /// What stands before the operation in `X-Amz-Target`.
    static var targetPrefix: String { get }
}

extension JSONOperation {
    /// A POST of the input as JSON with sorted keys, so that the same input gives the same bytes.
    public func makeRequest(to endpoint: Endpoint) -> HTTPRequest {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Inputs hold text and numbers only, for which encoding cannot fail.
        let body = (try? encoder.encode(self)) ?? Data("{}".utf8)
        return HTTPRequest(
            method: "POST", url: endpoint.url(),
            headers: [
                "Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": "\(Self.targetPrefix).\(Self.name)",
            ],
            body: body)
    }

    /// Reads the body.
    public func decode(_ response: HTTPResponse) throws -> Output {
        try JSONAnswer.read(response, as: Output.self, of: Self.self)
    }
}

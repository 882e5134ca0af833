import Foundation

/// The paths and bodies that the calls for add-ons share.
enum EKSAddonOperation {
    private struct Answer: Decodable { let addon: EKSAddon }

    /// `/clusters/NAME/addons` with what follows.
    static func path(cluster: String, _ rest: String...) -> String {
        (["/clusters", PercentEncoding.encode(cluster), "addons"] + rest.map(PercentEncoding.encode))
            .joined(separator: "/")
    }

    /// A POST of a value as JSON with sorted keys, so that the same input gives the same bytes.
    static func post(_ body: some Encodable, to endpoint: Endpoint, path: String) -> HTTPRequest {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Inputs hold text only, for which encoding cannot fail.
        let data = (try? encoder.encode(body)) ?? Data("{}".utf8)
        return HTTPRequest(
            method: "POST", url: endpoint.url(path: path), headers: ["Content-Type": "application/json"], body: data)
    }

    /// The add-on in an answer.
    static func addon<Operation: AWSOperation>(
        in response: HTTPResponse, of operation: Operation.Type
    ) throws -> EKSAddon {
        return try JSONAnswer.read(response, as: Answer.self, of: operation).addon
    }
}

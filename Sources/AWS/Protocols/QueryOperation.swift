import Foundation

/// A call of the query protocol: parameters in a form, XML back.
protocol QueryOperation: AWSOperation {
    /// The parameters besides `Action` and `Version`.
    var parameterForm: QueryParameters { get }

    /// Reads the element that holds the result.
    func decode(_ result: XMLTree) throws -> Output
}

extension QueryOperation {
    /// A POST of the form to the endpoint.
    public func makeRequest(to endpoint: Endpoint) -> HTTPRequest {
        var form = QueryParameters()
        form.set("Action", Self.name)
        form.set("Version", Self.service.apiVersion)
        let body = [form.encoded, parameterForm.encoded].filter { !$0.isEmpty }.joined(separator: "&")
        return HTTPRequest(
            method: "POST", url: endpoint.url(),
            headers: ["Content-Type": "application/x-www-form-urlencoded; charset=utf-8"],
            body: Data(body.utf8))
    }

    /// Reads `<NameResponse><NameResult>`, or the whole answer where EC2 has no result element.
    public func decode(_ response: HTTPResponse) throws -> Output {
        let root = try Self.root(of: response)
        return try decode(root["\(Self.name)Result"] ?? root)
    }

    /// The whole answer as XML.
    static func root(of response: HTTPResponse) throws -> XMLTree {
        guard let root = XMLTree(response.body) else { throw failure("it is not XML") }
        guard root.name == "\(name)Response" else { throw failure("its root is <\(root.name)>") }
        return root
    }
}

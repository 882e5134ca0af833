/// Amazon EKS `ListAddons`: one page of the names of installed add-ons.
public struct ListAddonsInput: AWSOperation {
    /// One page.
    public struct Output: Sendable, Equatable, Codable {
        /// The names.
        public let addons: [String]
        /// What to ask for the next page with; nil on the last.
        public let nextToken: String?
    }

    /// EKS.
    public static let service = AWSService.eks
    /// `ListAddons`.
    public static let name = "ListAddons"

    /// The EKS cluster.
    public var clusterName: String
    /// Where the page begins.
    public var nextToken: String?

    /// Makes the input.
    public init(clusterName: String, nextToken: String? = nil) {
        self.clusterName = clusterName
        self.nextToken = nextToken
    }

    /// `GET /clusters/NAME/addons`.
    public func makeRequest(to endpoint: Endpoint) -> HTTPRequest {
        let query = nextToken.map { "nextToken=\(PercentEncoding.encode($0))" }
        return HTTPRequest(
            method: "GET", url: endpoint.url(path: EKSAddonOperation.path(cluster: clusterName), query: query))
    }

    /// Reads the page.
    public func decode(_ response: HTTPResponse) throws -> Output {
        try JSONAnswer.read(response, as: Output.self, of: Self.self)
    }
}

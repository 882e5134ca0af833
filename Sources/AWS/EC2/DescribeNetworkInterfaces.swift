/// `DescribeNetworkInterfaces`: one page of the ids of the region's network interfaces.
public struct DescribeNetworkInterfacesInput: QueryOperation {
    /// One page.
    public struct Output: Sendable, Equatable {
        /// The ids.
        public let ids: [String]
        /// What to ask for the next page with; nil on the last.
        public let nextToken: String?
    }

    /// EC2.
    public static let service = AWSService.ec2
    /// `DescribeNetworkInterfaces`.
    public static let name = "DescribeNetworkInterfaces"

    /// Where the page begins.
    public var nextToken: String?

    /// Makes the input; pages have up to 1,000 interfaces.
    public init(nextToken: String? = nil) {
        self.nextToken = nextToken
    }

    var parameterForm: QueryParameters {
        var form = QueryParameters()
        form.set("MaxResults", 1_000)
        form.set("NextToken", nextToken)
        return form
    }

    func decode(_ result: XMLTree) throws -> Output {
        let items = result.list("networkInterfaceSet", member: "item")
        return Output(ids: items.compactMap { $0.string("networkInterfaceId") }, nextToken: result.nextPage)
    }
}

/// Amazon EKS `DescribeAddon`: one add-on; `ResourceNotFoundException` when it is not installed.
public struct DescribeAddonInput: AWSOperation {
    /// The add-on.
    public typealias Output = EKSAddon
    /// EKS.
    public static let service = AWSService.eks
    /// `DescribeAddon`.
    public static let name = "DescribeAddon"

    /// The EKS cluster.
    public var clusterName: String
    /// The add-on.
    public var addonName: String

    /// Makes the input.
    public init(clusterName: String, addonName: String) {
        self.clusterName = clusterName
        self.addonName = addonName
    }

    /// `GET /clusters/NAME/addons/ADDON`.
    public func makeRequest(to endpoint: Endpoint) -> HTTPRequest {
        HTTPRequest(method: "GET", url: endpoint.url(path: EKSAddonOperation.path(cluster: clusterName, addonName)))
    }

    /// Reads the add-on.
    public func decode(_ response: HTTPResponse) throws -> EKSAddon {
        try EKSAddonOperation.addon(in: response, of: Self.self)
    }
}

/// Amazon EKS `DeleteAddon`: removes an add-on and what it installed, which takes minutes.
public struct DeleteAddonInput: AWSOperation {
    /// The add-on as it goes.
    public typealias Output = EKSAddon
    /// EKS.
    public static let service = AWSService.eks
    /// `DeleteAddon`.
    public static let name = "DeleteAddon"

    /// The EKS cluster.
    public var clusterName: String
    /// The add-on.
    public var addonName: String

    /// Makes the input.
    public init(clusterName: String, addonName: String) {
        self.clusterName = clusterName
        self.addonName = addonName
    }

    /// `DELETE /clusters/NAME/addons/ADDON`.
    public func makeRequest(to endpoint: Endpoint) -> HTTPRequest {
        HTTPRequest(method: "DELETE", url: endpoint.url(path: EKSAddonOperation.path(cluster: clusterName, addonName)))
    }

    /// Reads the add-on.
    public func decode(_ response: HTTPResponse) throws -> EKSAddon {
        try EKSAddonOperation.addon(in: response, of: Self.self)
    }
}

/// Amazon EKS `CreateAddon`: installs an add-on, which takes minutes.
public struct CreateAddonInput: AWSOperation, Encodable {
    /// The add-on as it is being made.
    public typealias Output = EKSAddon
    /// EKS.
    public static let service = AWSService.eks
    /// `CreateAddon`.
    public static let name = "CreateAddon"

    /// The EKS cluster.
    public var clusterName: String
    /// The add-on.
    public var addonName: String
    /// The version; EKS takes its default for the Kubernetes version when absent.
    public var addonVersion: String?
    /// Makes a second arrival of the request harmless.
    public var clientRequestToken: String
    /// Tags.
    public var tags: [String: String]?

    enum CodingKeys: String, CodingKey {
        case addonName, addonVersion, clientRequestToken, tags
    }

    /// Makes the input.
    public init(
        clusterName: String, addonName: String, addonVersion: String? = nil, clientRequestToken: String,
        tags: [String: String]? = nil
    ) {
        self.clusterName = clusterName
        self.addonName = addonName
        self.addonVersion = addonVersion
        self.clientRequestToken = clientRequestToken
        self.tags = tags
    }

    /// `POST /clusters/NAME/addons`.
    public func makeRequest(to endpoint: Endpoint) -> HTTPRequest {
        EKSAddonOperation.post(self, to: endpoint, path: EKSAddonOperation.path(cluster: clusterName))
    }

    /// Reads the add-on.
    public func decode(_ response: HTTPResponse) throws -> EKSAddon {
        try EKSAddonOperation.addon(in: response, of: Self.self)
    }
}

import Foundation

/// Amazon EKS `DescribeCluster`.
public struct DescribeEKSClusterInput: AWSOperation {
    /// What is known of a cluster.
    public struct Cluster: Sendable, Equatable, Codable {
        /// The name.
        public let name: String
        /// The ARN.
        public let arn: String?
        /// The Kubernetes version, such as `1.33`.
        public let version: String?
        /// `CREATING`, `ACTIVE`, `DELETING`, `FAILED`, `UPDATING` or `PENDING`.
        public let status: String?
        /// The address of the Kubernetes API.
        public let endpoint: String?
        /// The certificate authority of that address, in Base64.
        public let certificateAuthority: CertificateAuthority?
        /// The network.
        public let resourcesVpcConfig: VPCConfiguration?
        /// How callers are authenticated.
        public let accessConfig: AccessConfiguration?
    }

    /// A certificate authority.
    public struct CertificateAuthority: Sendable, Equatable, Codable {
        /// PEM in Base64.
        public let data: String?
    }

    /// The network of a cluster.
    public struct VPCConfiguration: Sendable, Equatable, Codable {
        /// The VPC.
        public let vpcId: String?
        /// The subnets of the control plane.
        public let subnetIds: [String]?
        /// Further security groups of the control plane.
        public let securityGroupIds: [String]?
        /// The security group that EKS made.
        public let clusterSecurityGroupId: String?
    }

    /// How callers are authenticated.
    public struct AccessConfiguration: Sendable, Equatable, Codable {
        /// `API`, `API_AND_CONFIG_MAP` or `CONFIG_MAP`.
        public let authenticationMode: String?
    }

    /// The cluster.
    public typealias Output = Cluster
    /// EKS.
    public static let service = AWSService.eks
    /// `DescribeCluster`.
    public static let name = "DescribeCluster"

    /// The cluster's name.
    public var clusterName: String

    /// Makes the input.
    public init(clusterName: String) {
        self.clusterName = clusterName
    }

    /// `GET /clusters/NAME`.
    public func makeRequest(to endpoint: Endpoint) -> HTTPRequest {
        HTTPRequest(method: "GET", url: endpoint.url(path: "/clusters/\(PercentEncoding.encode(clusterName))"))
    }

    /// Reads the cluster.
    public func decode(_ response: HTTPResponse) throws -> Cluster {
        struct Answer: Decodable { let cluster: Cluster }
        return try JSONAnswer.read(response, as: Answer.self, of: Self.self).cluster
    }
}

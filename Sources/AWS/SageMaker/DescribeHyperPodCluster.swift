public import Foundation

/// Amazon SageMaker AI `DescribeCluster`: one HyperPod cluster.
public struct DescribeHyperPodClusterInput: JSONOperation {
    /// What is known of a cluster.
    public struct Output: Sendable, Equatable, Codable {
        /// The ARN.
        public let clusterArn: String
        /// The name.
        public let clusterName: String?
        /// `Creating`, `InService`, `Failed`, `Deleting`, `RollingBack`, `SystemUpdating` or `Updating`.
        public let clusterStatus: String
        /// Why the cluster failed.
        public let failureMessage: String?
        /// When it was made.
        public let creationTime: Date?
        /// Its instance groups.
        public let instanceGroups: [InstanceGroup]?
        /// Its restricted instance groups.
        public let restrictedInstanceGroups: [InstanceGroup]?
        /// What schedules work on it; nil for Slurm.
        public let orchestrator: Orchestrator?

        enum CodingKeys: String, CodingKey {
            case clusterArn = "ClusterArn"
            case clusterName = "ClusterName"
            case clusterStatus = "ClusterStatus"
            case failureMessage = "FailureMessage"
            case creationTime = "CreationTime"
            case instanceGroups = "InstanceGroups"
            case restrictedInstanceGroups = "RestrictedInstanceGroups"
            case orchestrator = "Orchestrator"
        }
    }

    /// What schedules work on a cluster.
    public struct Orchestrator: Sendable, Equatable, Codable {
        /// EKS.
        public let eks: EKS?

        /// An EKS cluster.
        public struct EKS: Sendable, Equatable, Codable {
            /// Its ARN.
            public let clusterArn: String

            enum CodingKeys: String, CodingKey {
                case clusterArn = "ClusterArn"
            }
        }

        enum CodingKeys: String, CodingKey {
            case eks = "Eks"
        }
    }

    /// One group of instances.
    public struct InstanceGroup: Sendable, Equatable, Codable {
        /// The name.
        public let instanceGroupName: String?
        /// The instance type, such as `ml.g5.12xlarge`.
        public let instanceType: String?
        /// How many instances there are.
        public let currentCount: Int?
        /// How many there should be.
        public let targetCount: Int?
        /// The state, such as `InService`.
        public let status: String?
        /// The training plan that the capacity comes from.
        public let trainingPlanArn: String?
        /// What capacity is used; nil for on-demand.
        public let capacityRequirements: CapacityRequirements?

        enum CodingKeys: String, CodingKey {
            case instanceGroupName = "InstanceGroupName"
            case instanceType = "InstanceType"
            case currentCount = "CurrentCount"
            case targetCount = "TargetCount"
            case status = "Status"
            case trainingPlanArn = "TrainingPlanArn"
            case capacityRequirements = "CapacityRequirements"
        }
    }

    /// What capacity a group uses.
    public struct CapacityRequirements: Sendable, Equatable, Codable {
        /// There for spot capacity; it has no members that matter here.
        public let spot: Spot?

        /// Spot capacity.
        public struct Spot: Sendable, Equatable, Codable {}

        enum CodingKeys: String, CodingKey {
            case spot = "Spot"
        }
    }

    /// SageMaker.
    public static let service = AWSService.sageMaker
    /// `DescribeCluster`.
    public static let name = "DescribeCluster"
    static let targetPrefix = "SageMaker"

    /// The name or the ARN of the cluster.
    public var clusterName: String

    enum CodingKeys: String, CodingKey {
        case clusterName = "ClusterName"
    }

    /// Makes the input.
    public init(clusterName: String) {
        self.clusterName = clusterName
    }
}

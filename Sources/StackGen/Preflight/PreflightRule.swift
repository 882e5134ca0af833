internal import Diagnostics

/// What only AWS knows about a configuration; ids are stable.
enum PreflightRule: String, CaseIterable, Sendable {
    case otherAccount = "PRE001"
    case notPermitted = "PRE002"
    case zone = "PRE003"
    case offering = "PRE004"
    case instanceQuota = "PRE005"
    case networkQuota = "PRE006"
    case vpc = "PRE007"
    case subnet = "PRE008"
    case freeAddresses = "PRE009"
    case securityGroup = "PRE010"
    case securityGroupRules = "PRE011"
    case cluster = "PRE012"
    case addonThere = "PRE013"
    case bucket = "PRE014"
    case key = "PRE015"
    case role = "PRE016"
    case hostedTemplate = "PRE017"
    case resourceType = "PRE018"
    case fileSystem = "PRE019"
    case notAsked = "PRE020"
    case nameTaken = "PRE021"

    /// How much a finding weighs unless it is told otherwise.
    var severity: Diagnostic.Severity { self == .notAsked ? .note : .error }

    /// What the rule demands, in one sentence.
    var summary: String {
        switch self {
        case .otherAccount: "Roles belong to the caller's account."
        case .notPermitted: "The caller may do what the stack needs."
        case .zone: "The zones are there for this account and available."
        case .offering: "The instance types are offered in the zones of their groups."
        case .instanceQuota: "The quotas of instances cover what is in use and what is added."
        case .networkQuota: "The quotas of VPCs, Elastic IPs and network interfaces cover what is in use and is added."
        case .vpc: "The existing VPC is there."
        case .subnet: "The existing subnets are there, in the VPC and in the zones that the configuration names."
        case .freeAddresses: "The existing subnets have addresses for the nodes."
        case .securityGroup: "The existing security groups are there, in the VPC."
        case .securityGroupRules: "The existing security groups let their members talk to each other."
        case .cluster: "The existing EKS cluster is active, in the VPC, and has access entries."
        case .addonThere: "The existing EKS cluster does not have the add-ons that the stack would install."
        case .bucket: "The buckets are there, in the region, and may be used."
        case .key: "The KMS keys are there, enabled and symmetric."
        case .role: "The roles are there, and the service that takes them is trusted."
        case .hostedTemplate: "The template of the Helm chart is at its address."
        case .resourceType: "CloudFormation knows the resource types in the region."
        case .fileSystem: "The existing file system is there, and has the names that the configuration gives."
        case .notAsked: "What could not be asked is told."
        case .nameTaken: "The names that the stack gives are free."
        }
    }

    /// Why AWS needs it, or what happens otherwise.
    var reason: String {
        switch self {
        case .otherAccount: "A role can only be passed to a service of its own account."
        case .notPermitted: "The stack fails at the first resource that is refused, after the ones before it were made."
        case .zone: "Zones are closed to new accounts or impaired at times, and the subnet then fails."
        case .offering: "The instance group fails with insufficient capacity after the whole network and EKS cluster."
        case .instanceQuota:
            "The HyperPod cluster fails with ResourceLimitExceeded; the default of GPU types is often 0."
        case .networkQuota: "The network fails half-way, and with it the stack."
        case .vpc, .subnet, .securityGroup: "The stack refers to it and fails."
        case .freeAddresses: "Nodes that get no address never come into service."
        case .securityGroupRules:
            "EFA and the control plane need rules from the group to itself; a range is not enough."
        case .cluster: "HyperPod refuses a cluster that is not active or whose authentication mode is CONFIG_MAP."
        case .addonThere: "EKS answers that the add-on exists already, and the stack rolls back."
        case .bucket: "Scripts and data are read from it while the nodes start."
        case .key: "Volumes with a key that cannot be used do not start, and the nodes with them."
        case .role: "The service refuses a role that it may not assume."
        case .hostedTemplate: "The nested stack that installs the Helm chart fails at its first step."
        case .resourceType: "The whole stack is refused with unrecognized resource types."
        case .fileSystem: "The nodes cannot mount it."
        case .notAsked: "The caller may lack the right to ask while CloudFormation has what it needs."
        case .nameTaken: "The resource fails because it exists already, after the ones before it were made."
        }
    }

    /// Where that is documented.
    var source: String {
        switch self {
        case .otherAccount, .notPermitted, .role: "AWS docs: AWS Identity and Access Management for SageMaker HyperPod"
        case .zone, .offering, .instanceQuota, .networkQuota, .freeAddresses, .securityGroupRules, .bucket, .key:
            "AWS docs: Prerequisites for using SageMaker HyperPod"
        case .vpc, .subnet, .securityGroup: "AWS docs: AWS::SageMaker::Cluster"
        case .cluster, .addonThere: "AWS docs: Getting started with Amazon EKS support in SageMaker HyperPod"
        case .hostedTemplate: "aws/sagemaker-hyperpod-cluster-setup: eks/cloudformation"
        case .resourceType: "AWS docs: DescribeType"
        case .fileSystem: "AWS docs: DescribeFileSystems"
        case .nameTaken: "AWS docs: Name type"
        case .notAsked: "AWS docs: Actions, resources, and condition keys for AWS services"
        }
    }
}

/// Known reasons for which resources of a HyperPod stack fail, with what helps.
///
/// Source: the failure catalogue of public issues and guides about HyperPod on EKS.
struct FailureCatalogue {
    /// A known failure.
    struct Entry: Sendable {
        /// The types that it happens to; empty for any.
        let types: Set<String>
        /// Words of the service's message, each of which has to be in it, in lower case.
        let words: [String]
        /// Why it happens.
        let cause: String
        /// What helps.
        let fix: String

        /// Whether anything ran that could have written a log.
        let leavesLogs: Bool

        fileprivate init(
            _ types: Set<String>, _ words: [String], _ cause: String, _ fix: String, leavesLogs: Bool = true
        ) {
            self.leavesLogs = leavesLogs
            self.types = types
            self.words = words
            self.cause = cause
            self.fix = fix
        }
    }

    /// The first entry that fits.
    static func entry(type: String, reason: String) -> Entry? {
        let text = reason.lowercased()
        return entries.first { entry in
            (entry.types.isEmpty || entry.types.contains(type)) && entry.words.allSatisfy(text.contains)
        }
    }

    /// Where the service tells more than CloudFormation does.
    static func logs(of failed: FirstCause, _ map: TemplateMap?) -> String? {
        switch failed.type {
        case "AWS::SageMaker::Cluster":
            "the nodes' logs: CloudWatch, log group \(clusterLogs(failed, map)), streams LifecycleConfig/GROUP/INSTANCE"
        case "AWS::EKS::Addon": "the add-on's health: aws eks describe-addon; its pods: kubectl get events -A"
        case "AWS::CloudFormation::Stack": "the nested stack's own events: stackgen events --failed"
        case let type where type.hasPrefix("Custom::") || type == "AWS::CloudFormation::CustomResource":
            "the function's log: CloudWatch, the log group of its AWS::Lambda::Function"
        default: nil
        }
    }

    /// `/aws/sagemaker/Clusters/NAME/ID`, as far as both are known.
    private static func clusterLogs(_ failed: FirstCause, _ map: TemplateMap?) -> String {
        let name = map?.text(of: "ClusterName", in: failed.logicalID)
        let id = failed.physicalID?.split(separator: "/").last.map(String.init)
        guard let name else { return "/aws/sagemaker/Clusters/…" }
        return "/aws/sagemaker/Clusters/\(name)/\(id ?? "…")"
    }

    private static let cluster: Set<String> = ["AWS::SageMaker::Cluster"]
    private static let fileSystem: Set<String> = ["AWS::FSx::FileSystem"]
    private static let association: Set<String> = ["AWS::FSx::DataRepositoryAssociation"]
    private static let addon: Set<String> = ["AWS::EKS::Addon"]
    private static let network: Set<String> = ["AWS::EC2::VPC", "AWS::EC2::Subnet", "AWS::EC2::SecurityGroup"]

    private static let entries: [Entry] = [
        Entry(
            cluster, ["capacity"], "AWS has not enough instances of the type in the zone now",
            "take another zone, a training plan, or continuous provisioning, which waits for them", leavesLogs: false),
        Entry(
            cluster, ["resourcelimitexceeded"], "the account's quota for the type \"for cluster usage\" is too small",
            "ask for more under Service Quotas, SageMaker; `stackgen preflight` compares need and quota",
            leavesLogs: false),
        Entry(
            cluster, ["service limit"], "the account's quota for the type \"for cluster usage\" is too small",
            "ask for more under Service Quotas, SageMaker; `stackgen preflight` compares need and quota",
            leavesLogs: false),
        Entry(
            cluster, ["lifecycle", "script"], "the lifecycle script ended with an error on a node",
            "read the node's log; a script needs LF line ends and has to end with status 0"),
        Entry(
            cluster, ["missing", "dependenc"], "the Helm chart of HyperPod was not on the EKS cluster",
            "leave `helm.install` on, or install the chart before"),
        Entry(
            cluster, ["authentication mode"], "the EKS cluster takes its users from the config map only",
            "set its authentication mode to API_AND_CONFIG_MAP"),
        Entry(
            cluster, ["subnet"], "the execution role may not look at the subnets, or make interfaces in them",
            "give the role the EC2 actions of HyperPod's managed policy, on subnets and security groups"),
        Entry(
            fileSystem, ["lnet"], "the security group does not let Lustre through",
            "let TCP 988 and 1018-1023 in from the group itself"),
        Entry(
            fileSystem, ["storage capacity"], "FSx does not offer this size for the deployment type",
            "`stackgen explain fsx.storage_gib` has the sizes"),
        Entry(
            fileSystem, ["throughput"], "FSx does not offer this throughput for the deployment type",
            "`stackgen explain fsx.throughput_mbps_per_tib` has the values"),
        Entry(
            association, ["access"], "FSx cannot reach the bucket",
            "it has to be in this account and region, and the caller needs rights on it and on its key"),
        Entry(
            association, ["overlap"], "two associations have paths of which one is inside the other",
            "give each a path of its own"),
        Entry(
            addon, ["kueue"], "there is a Kueue on the cluster already", "remove it, or leave task governance out"),
        Entry(
            addon, ["degraded"], "the add-on's pods found no node to run on",
            "look whether nodes are there: stackgen list-clusters"),
        Entry(
            addon, ["version"], "EKS does not offer this version of the add-on for the Kubernetes version",
            "leave the version out to take the one that EKS prefers"),
        Entry(
            ["AWS::EKS::Cluster"], ["unsupportedavailabilityzone"], "EKS has no control planes in one of the zones",
            "choose other zones as `vpc.availability_zones`"),
        Entry(
            ["AWS::EKS::AccessEntry"], ["already"], "the principal has an access entry already",
            "leave it out of `eks.access_entries`"),
        Entry(
            ["AWS::EC2::EIP"], ["limit"], "the account has no elastic IP address left",
            "release one, ask for more, or take fewer NAT gateways"),
        Entry(
            ["AWS::EC2::VPC"], ["limit"], "the account has no VPC left in the region",
            "ask for more, or name an existing one as `vpc.id`"),
        Entry(
            ["AWS::EC2::Subnet"], ["availability zone"], "the zone is not one of this region and account",
            "aws ec2 describe-availability-zones lists them"),
        Entry(
            ["AWS::S3::Bucket"], ["exists"], "a bucket of this name is there already, perhaps left by an earlier stack",
            "remove it, or name it as `lifecycle.bucket`"),
        Entry(
            ["AWS::S3::Bucket"], ["not empty"], "a bucket that holds something cannot be deleted",
            "empty it together with its old versions, then delete again"),
        Entry(
            network, ["dependenc"], "something that the stack did not make is still inside, such as an interface",
            "remove what is left in the VPC, then delete again"),
        Entry(
            [], ["not authorized"], "the caller, or the stack's role, lacks a right",
            "`stackgen preflight` lists the missing ones; `stack.role_arn` names another role"),
        Entry(
            [], ["rate exceeded"], "AWS was asked too often by everything in the account together",
            "run the command again"),
    ]
}

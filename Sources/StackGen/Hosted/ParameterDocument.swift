internal import Diagnostics
internal import StackSchemas
internal import YAML

/// A document of parameters and tags: what a hosted stack's template evaluates to, and what is sent.
///
///     Parameters:
///       ResourceNamePrefix: hyp-eks-stack-1f2e
///       CreateVPCStack: "true"
///     Tags:
///       team: ml-platform
///
/// The form is the one that CodePipeline and other tools take as a parameter file.
struct ParameterDocument {
    /// A name with its value.
    struct Entry: Equatable {
        let name: String
        let value: String
    }

    /// The parameters in the order of the text.
    let parameters: [Entry]
    /// The tags of the stack in the order of the text.
    let tags: [Entry]

    /// Reads an evaluated template.
    /// - Throws: `DiagnosticError` with everything that the published template does not take.
    init(_ evaluated: EvaluatedTemplate) throws {
        var problems: [Diagnostic] = []
        for entry in evaluated.root.mapping ?? [] where entry.name != "Parameters" && entry.name != "Tags" {
            problems.append(.otherSection(entry))
        }
        if evaluated.root["Parameters"]?.mapping == nil { problems.append(.noParameters(evaluated)) }
        parameters = Self.entries(evaluated.root["Parameters"], &problems)
        tags = Self.entries(evaluated.root["Tags"], &problems)
        for entry in evaluated.root["Parameters"]?.mapping ?? [] {
            if let problem = PublishedParameters.problem(of: entry) { problems.append(problem) }
        }
        guard problems.isEmpty else { throw DiagnosticError(problems) }
    }

    private static func entries(_ node: Node?, _ problems: inout [Diagnostic]) -> [Entry] {
        (node?.mapping ?? []).compactMap { entry in
            guard let scalar = entry.value.scalar, scalar.kind == .string else {
                problems.append(.noText(entry))
                return nil
            }
            return Entry(name: entry.name, value: scalar.text)
        }
    }
}

/// The parameters of the published main template.
enum PublishedParameters {
    /// Whether and how a parameter of the document is not one of the template.
    static func problem(of entry: Node.Entry) -> Diagnostic? {
        guard names.contains(entry.name) else { return .unknownParameter(entry, known: names.sorted()) }
        guard let text = entry.value.scalar?.text else { return nil }
        if text.utf8.count > longest { return .tooLong(entry, text.utf8.count, longest) }
        let choices =
            entry.name.hasPrefix("Create") || entry.name.hasPrefix("Enable") ? ["true", "false"] : allowed[entry.name]
        guard let choices, !choices.contains(text) else { return nil }
        return .notAllowed(entry, text, choices)
    }

    /// Bytes of a value (AWS docs: CloudFormation quotas).
    private static let longest = 4_096

    private static let allowed: [String: [String]] = [
        "Stage": ["gamma", "prod"], "NodeRecovery": ["Automatic", "None"], "NodeProvisioningMode": ["Continuous", ""],
        "DataCompressionType": ["NONE", "LZ4"],
    ]

    /// The groups that the template has parameters for.
    static let groupCount = 20

    /// The names (aws/sagemaker-hyperpod-cluster-setup: eks/cloudformation/main-stack-eks-based-template.yaml).
    static let names: Set<String> = {
        let numbered = (1...groupCount).flatMap { ["InstanceGroupSettings\($0)", "RigSettings\($0)"] }
        return Set(single + numbered)
    }()

    private static let single = [
        "AvailabilityZoneIds", "CreateEKSClusterStack", "CreateFsxStack", "CreateHelmChartStack",
        "CreateHyperPodClusterStack", "CreateLifeCycleScriptStack", "CreateS3BucketStack", "CreateS3EndpointStack",
        "CreateSageMakerIAMRoleStack", "CreateSecurityGroupStack", "CreateVPCStack", "CustomBucketName",
        "DataCompressionType", "DeploymentType", "EKSClusterName", "EksPrivateRouteTableIds", "EksPrivateSubnetIds",
        "EnableHPInferenceFeature", "FileSystemTypeVersion", "FsxAvailabilityZoneId", "FsxFileSystemId", "FsxSubnetId",
        "GithubRawUrl", "HelmOperators", "HelmRelease", "HelmRepoPath", "HelmRepoUrl", "HyperPodClusterName",
        "KubernetesVersion", "Namespace", "NatGatewayIds", "NodeProvisioningMode", "NodeRecovery", "OnCreatePath",
        "PerUnitStorageThroughput", "PrivateRouteTableIds", "PrivateSubnetIds", "ResourceNamePrefix",
        "RigS3BucketName", "S3BucketName", "SageMakerIAMRoleName", "SecurityGroupId", "SecurityGroupIds", "Stage",
        "StorageCapacity", "Tags", "VpcCIDR", "VpcId",
    ]
}

extension Diagnostic {
    fileprivate static func otherSection(_ entry: Node.Entry) -> Diagnostic {
        HostedRule.noParameters.finding("`\(entry.name)` is neither `Parameters` nor `Tags`", at: entry.key.span)
    }

    fileprivate static func noParameters(_ evaluated: EvaluatedTemplate) -> Diagnostic {
        HostedRule.noParameters.finding(
            "the evaluated template has no map `Parameters`", at: SourceSpan(evaluated.file, 0..<0),
            fix: Fix("remove the template beside the configuration to use the one in the binary"))
    }

    fileprivate static func noText(_ entry: Node.Entry) -> Diagnostic {
        HostedRule.noParameters.finding(
            "`\(entry.name)` is \(entry.value.kindDescription), not a text", at: entry.value.span,
            fix: Fix("write it through the filter `parameter`, which makes a text of it"))
    }

    fileprivate static func unknownParameter(_ entry: Node.Entry, known: [String]) -> Diagnostic {
        let nearest = Spelling.nearest(to: entry.name, in: known)
        return HostedRule.unknownParameter.finding(
            "the published template has no parameter `\(entry.name)`", at: entry.key.span,
            fix: nearest.map { .replace(entry.key.span, with: $0) })
    }

    fileprivate static func tooLong(_ entry: Node.Entry, _ count: Int, _ limit: Int) -> Diagnostic {
        HostedRule.parameterValue.finding(
            "`\(entry.name)` has \(count) bytes, more than the \(limit) that CloudFormation takes", at: entry.key.span)
    }

    fileprivate static func notAllowed(_ entry: Node.Entry, _ text: String, _ choices: [String]) -> Diagnostic {
        HostedRule.parameterValue.finding(
            "`\(entry.name)` cannot be `\(text)`", at: entry.value.span,
            notes: [Note("it takes \(choices.map { "`\($0)`" }.joined(separator: ", "))")])
    }
}

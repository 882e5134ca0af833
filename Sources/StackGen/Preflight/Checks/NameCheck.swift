internal import AWS
internal import Diagnostics
internal import StackSchemas
internal import YAML

extension PreflightCheck {
    /// The names that the stack gives against what has them already.
    static let names = PreflightCheck(name: "names") { subject in
        try await subject.each(subject.givenNames, at: { $0.path }) { given in
            guard let holder = try await subject.holder(of: given) else { return [] }
            return subject.judge(given, holder)
        }
    }

    /// The stack that an update changes.
    static let deployed = PreflightCheck(name: "deployed stack") { subject in
        guard let standing = subject.standing, let reason = standing.unreadable else { return [] }
        return [subject.unasked("what the stack `\(standing.name)` has already was not checked", because: reason)]
    }
}

/// A name that the template gives to a resource, which another one in the account may have.
private struct GivenName: Sendable {
    let logicalID: String
    let type: String
    let name: String
    let path: String
    /// What it is, such as `an EKS cluster`.
    let noun: String
    /// Whether the template keeps the resource, without which CloudFormation imports nothing.
    let isRetained: Bool
}

/// What has the name.
private enum NameHolder {
    /// A resource of the account, with what CloudFormation calls it.
    case own(physicalID: String)
    /// Something that the caller may not look at: most likely another account's.
    case hidden
}

extension PreflightSubject {
    /// The types whose names are unique in a region, or everywhere.
    private static let namedTypes: [String: (property: String, path: String, noun: String)] = [
        "AWS::EKS::Cluster": ("Name", "eks.name", "an EKS cluster"),
        "AWS::SageMaker::Cluster": ("ClusterName", "hyperpod.cluster_name", "a HyperPod cluster"),
        "AWS::S3::Bucket": ("BucketName", "lifecycle", "a bucket"),
    ]

    fileprivate var givenNames: [GivenName] {
        let reader = TemplateText(
            region: region, account: identity.account, partition: client.configuration.partition)
        return compilation.evaluated.resources.compactMap { resource in
            guard let known = Self.namedTypes[resource.type],
                let name = reader.text(resource.body["Properties"]?[known.property])
            else { return nil }
            let policy = resource.body["DeletionPolicy"]?.scalar?.text ?? ""
            return GivenName(
                logicalID: resource.logicalID, type: resource.type, name: name, path: known.path, noun: known.noun,
                isRetained: policy.hasPrefix("Retain"))
        }
    }

    fileprivate func holder(of given: GivenName) async throws -> NameHolder? {
        do {
            switch given.type {
            case "AWS::EKS::Cluster":
                _ = try await client.send(DescribeEKSClusterInput(clusterName: given.name))
                return .own(physicalID: given.name)
            case "AWS::SageMaker::Cluster":
                let clusters = try await client.hyperPodClusters(nameContains: given.name)
                return clusters.first { $0.clusterName == given.name }.map { .own(physicalID: $0.clusterArn) }
            default:
                _ = try await client.send(HeadBucketInput(bucket: given.name))
                return .own(physicalID: given.name)
            }
        } catch let error as AWSServiceError where error.status == 404 || error.code == "ResourceNotFoundException" {
            return nil
        } catch let error as AWSServiceError where given.type == "AWS::S3::Bucket" && error.status == 403 {
            return .hidden
        }
    }

    fileprivate func judge(_ given: GivenName, _ holder: NameHolder) -> [Diagnostic] {
        guard case .own(let id) = holder else {
            return [
                finding(
                    .nameTaken, "the bucket name `\(given.name)` is taken, and `\(identity.arn)` may not look at it",
                    at: given.path, severity: .warning, notes: ["bucket names are unique over all accounts"])
            ]
        }
        if let standing, standing.unreadable != nil || standing.physicalIDs(ofType: given.type).contains(id) {
            return []
        }
        if importsExisting, given.isRetained { return [] }
        var notes: [String] = []
        if importsExisting {
            notes.append("CloudFormation takes in only what has the DeletionPolicy Retain or RetainExceptOnCreate")
        }
        return [
            finding(
                .nameTaken, "there is \(given.noun) `\(given.name)` in \(region) already", at: given.path, notes: notes,
                fix: Self.wayOut(given))
        ]
    }

    private static func wayOut(_ given: GivenName) -> String {
        switch given.type {
        case "AWS::EKS::Cluster": "name another one as eks.name, or use it with eks.existing_cluster: \(given.name)"
        case "AWS::S3::Bucket": "remove it, or use it as lifecycle.bucket: \(given.name)"
        default: "choose another hyperpod.cluster_name, or remove the cluster"
        }
    }
}

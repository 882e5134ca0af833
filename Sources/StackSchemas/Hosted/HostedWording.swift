import Diagnostics
import YAML

/// Says what rules of `cluster-stack` found in the words of the hosted configuration: its keys instead of theirs.
struct HostedWording {
    private let words: [String: String]

    init(_ mapping: HostedMapping) {
        var words = Self.sentences
        for (native, hosted) in mapping.places where !native.steps.contains(where: \.isIndex) {
            words[native.keys.joined(separator: ".")] = hosted.keys.joined(separator: ".")
        }
        for (key, names) in HostedMapping.groupPlaces { words[key] = names.last }
        self.words = words
    }

    /// The same finding, with every name between backticks respelled.
    func said(_ problem: Diagnostic, document: Document) -> Diagnostic {
        var problem = problem
        problem.message = respelled(problem.message)
        problem.notes = problem.notes.map { Diagnostic.Note(respelled($0.message), at: $0.span) }
        if let description = problem.fix?.description { problem.fix?.description = respelled(description) }
        if problem.id == "GRP003", document.root?["instance_group_settings"] == nil {
            problem.notes = [Diagnostic.Note("without `instance_group_settings` there is the group of the default")]
            problem.fix = Diagnostic.Fix("write `instance_group_settings: []`")
        }
        if problem.id == "GRP050" {
            // Where the key is absent, the default is what is wrong, and the groups are what demands another value.
            if document.root?["node_provisioning_mode"] == nil {
                problem.span = document.root?.entry(forKey: "rig_settings")?.key.span ?? problem.span
            }
            problem.fix = Diagnostic.Fix(#"write `node_provisioning_mode: ""`"#)
        }
        return problem
    }

    private func respelled(_ text: String) -> String {
        let parts = text.split(separator: "`", omittingEmptySubsequences: false)
        guard parts.count > 2 else { return text }
        return parts.enumerated().map { index, part in
            index.isMultiple(of: 2) ? String(part) : words[String(part)] ?? String(part)
        }.joined(separator: "`")
    }

    /// What rules show as an example, and names that stand at no place of their own.
    private static let sentences = [
        "instance_groups: [{name: workers, instance_type: ml.g5.12xlarge, count: 1}]":
            "instance_group_settings: [{InstanceGroupName: workers, InstanceType: ml.g5.12xlarge, InstanceCount: 1}]",
        "instance_type: ml.…": "InstanceType: ml.…",
        "lifecycle_s3_uri: s3://…": "SourceS3Uri: s3://…",
        "ebs_volume_gib: 500": "VolumeSizeInGB: 500",
        "ebs_volume_gib": "VolumeSizeInGB",
        "ebs_kms_key_arn": "VolumeKmsKeyId",
        "throughput_mbps_per_tib": "per_unit_storage_throughput",
        "vpc.subnets": "private_subnet_ids",
    ]
}

extension ConfigPath.Step {
    fileprivate var isIndex: Bool {
        if case .index = self { true } else { false }
    }
}

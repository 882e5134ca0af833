internal import AWS
internal import Diagnostics
internal import StackSchemas

extension PreflightCheck {
    /// The KMS keys that the configuration names.
    static let keys = PreflightCheck(name: "KMS keys") { subject in
        try await subject.each(subject.namedKeys, at: { $0.path }) { named in
            do {
                let key = try await subject.client.send(DescribeKeyInput(keyID: named.key)).keyMetadata
                if let state = key.keyState, state != "Enabled" {
                    return [subject.finding(.key, "the key is in state \(state), not Enabled", at: named.path)]
                }
                if let spec = key.keySpec, spec != "SYMMETRIC_DEFAULT" {
                    return [
                        subject.finding(.key, "the key is of \(spec); volumes need a symmetric one", at: named.path)
                    ]
                }
                return []
            } catch let error as AWSServiceError where error.code == "NotFoundException" {
                return [subject.finding(.key, "there is no such KMS key", at: named.path, notes: [error.message])]
            }
        }
    }
}

extension PreflightSubject {
    /// Every KMS key of the configuration with its place; each once.
    fileprivate var namedKeys: [(path: String, key: String)] {
        let single: [(String, String?)] = [
            ("eks.secrets_kms_key_arn", stack.eks.secretsKMSKeyARN?.text),
            ("fsx.kms_key_id", stack.fsx?.kmsKeyID?.text),
        ]
        let groups = stack.instanceGroups.enumerated().flatMap { index, group in
            [
                ("instance_groups[\(index)].ebs_kms_key_arn", group.ebsKMSKeyARN?.text),
                ("instance_groups[\(index)].root_volume_kms_key_arn", group.rootVolumeKMSKeyARN?.text),
            ]
        }
        var seen: Set<String> = []
        return (single + groups).compactMap { path, key in key.map { (path, $0) } }.filter {
            seen.insert($0.1).inserted
        }
    }
}

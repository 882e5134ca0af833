internal import AWS
internal import Diagnostics
internal import StackSchemas

extension PreflightCheck {
    /// The existing file system.
    static let fileSystem = PreflightCheck(name: "existing file system") { subject in
        let path = "fsx.existing_file_system_id"
        guard let id = subject.stack.fsx?.existingFileSystemID?.text else { return [] }
        do {
            let answer = try await subject.client.send(DescribeFileSystemsInput(fileSystemIDs: [id]))
            guard let found = answer.fileSystems.first(where: { $0.fileSystemId == id }) else {
                return [subject.finding(.fileSystem, "there is no file system `\(id)`", at: path)]
            }
            return subject.judge(found, at: path)
        } catch let error as AWSServiceError where error.code == "FileSystemNotFound" {
            return [subject.finding(.fileSystem, "there is no file system `\(id)` in \(subject.region)", at: path)]
        }
    }
}

extension PreflightSubject {
    fileprivate func judge(_ found: DescribeFileSystemsInput.FileSystem, at path: String) -> [Diagnostic] {
        var problems: [Diagnostic] = []
        if let type = found.fileSystemType, type != "LUSTRE" {
            problems.append(finding(.fileSystem, "the file system is of type \(type), not LUSTRE", at: path))
        }
        if let state = found.lifecycle, state != "AVAILABLE" {
            problems.append(finding(.fileSystem, "the file system is in state \(state), not AVAILABLE", at: path))
        }
        if let vpc = stack.vpc.id?.text, let own = found.vpcId, own != vpc {
            problems.append(finding(.fileSystem, "the file system is in `\(own)`, not in `\(vpc)`", at: path))
        }
        let names: [(String, String?, String?)] = [
            ("fsx.dns_name", stack.fsx?.dnsName?.text, found.dnsName),
            ("fsx.mount_name", stack.fsx?.mountName?.text, found.lustreConfiguration?.mountName),
        ]
        for case (let path, let declared?, let own?) in names where declared != own {
            problems.append(
                finding(.fileSystem, "the file system has the name `\(own)` here", at: path, fix: "write \(own)"))
        }
        return problems
    }
}

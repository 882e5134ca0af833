import Diagnostics

extension Rule {
    /// Links between folders and buckets.
    static let associations = [
        associationsOfType, overlappingPaths, overlappingBuckets, backupsWithAssociations, tagsWithAssociations,
        exportOfDeletions,
    ]

    private static let associationsOfType = Rule(
        "FSX040", .error, "The file system takes associations.",
        because: "FSx links no SCRATCH_1, no INTELLIGENT_TIERING and no Lustre 2.10.",
        source: "AWS docs: CreateDataRepositoryAssociation",
        reads: sizePaths + ["fsx.lustre_version", "fsx.data_repository_associations"]
    ) { context in
        guard let fsx = context.newFileSystem, !fsx.dataRepositoryAssociations.isEmpty else { return }
        let reason: String? =
            if fsx.deploymentType == .scratch1 {
                "SCRATCH_1"
            } else if fsx.storageType == .intelligentTiering {
                "INTELLIGENT_TIERING"
            } else if fsx.lustreVersion == "2.10", fsx.deploymentType != .persistent2 {
                "Lustre 2.10"
            } else {
                nil
            }
        guard let reason else { return }
        context.report("\(reason) takes no data repository associations", atKey: "fsx.data_repository_associations")
    }

    private static let overlappingPaths = Rule(
        "FSX041", .error, "Linked folders do not lie in each other.",
        because: "FSx refuses the second one; `/` can be linked only alone.",
        source: "AWS docs: CreateDataRepositoryAssociation",
        reads: ["fsx.data_repository_associations.file_system_path"]
    ) { context in
        context.reportOverlaps(key: "file_system_path") {
            $0.fileSystemPath.folders
        } text: {
            $0.fileSystemPath.text
        }
    }

    private static let overlappingBuckets = Rule(
        "FSX042", .error, "Linked prefixes do not lie in each other.",
        because: "FSx refuses the second one: a change of an object would belong to both.",
        source: "AWS docs: CreateDataRepositoryAssociation", reads: ["fsx.data_repository_associations.s3_uri"]
    ) { context in
        context.reportOverlaps(key: "s3_uri") {
            [$0.s3URI.bucket] + $0.s3URI.folders
        } text: {
            $0.s3URI.text
        }
    }

    private static let backupsWithAssociations = Rule(
        "FSX043", .error, "Linked file systems have no backups.",
        because: "FSx makes no backups of them: their durable copy is the bucket.",
        source: "AWS docs: CreateFileSystemLustreConfiguration",
        reads: sizePaths + ["fsx.automatic_backup_retention_days", "fsx.data_repository_associations"]
    ) { context in
        guard let fsx = context.newFileSystem, !fsx.dataRepositoryAssociations.isEmpty,
            fsx.automaticBackupRetentionDays ?? 0 > 0, fsx.deploymentType.isPersistent
        else { return }
        let path: ConfigPath = "fsx.automatic_backup_retention_days"
        context.report(
            "a file system linked to S3 has no backups", at: path,
            notes: [context.note("it is linked here", at: "fsx.data_repository_associations")],
            fix: context.replacement(of: path, with: "0"))
    }

    private static let tagsWithAssociations = Rule(
        "FSX044", .error, "Tags are copied to backups only where there are backups.",
        because: "FSx refuses the setting for linked file systems and for scratch ones.",
        source: "AWS docs: CreateFileSystemLustreConfiguration",
        reads: sizePaths + ["fsx.copy_tags_to_backups", "fsx.data_repository_associations"]
    ) { context in
        guard let fsx = context.newFileSystem, fsx.copyTagsToBackups == true,
            !fsx.dataRepositoryAssociations.isEmpty || !fsx.deploymentType.isPersistent
        else { return }
        context.report(
            "there are no backups that tags could be copied to", at: "fsx.copy_tags_to_backups",
            fix: Diagnostic.Fix("remove it"))
    }

    private static let exportOfDeletions = Rule(
        "FSX045", .warning, "Where deletions are exported, new files are exported as well.",
        because: "Otherwise objects disappear from the bucket and the files that replace them never arrive there.",
        source: "AWS docs: Linking your file system to an Amazon S3 bucket",
        reads: ["fsx.data_repository_associations"]
    ) { context in
        for (index, link) in (context.stack.fsx?.dataRepositoryAssociations ?? []).enumerated()
        where link.autoExport.contains(.deleted) && !link.autoExport.contains(.new) {
            context.report(
                "deletions are exported, new files are not",
                at: ("fsx.data_repository_associations" as ConfigPath)[index] / "auto_export",
                fix: Diagnostic.Fix("add NEW and CHANGED"))
        }
    }
}

extension RuleContext {
    /// Reports every association whose place lies in that of an earlier one, or around it.
    fileprivate mutating func reportOverlaps(
        key: String, parts: (DataRepositoryAssociation) -> [String], text: (DataRepositoryAssociation) -> String
    ) {
        let links = stack.fsx?.dataRepositoryAssociations ?? []
        guard links.count > 1 else { return }
        let list: ConfigPath = "fsx.data_repository_associations"
        for (index, link) in links.enumerated() {
            let mine = parts(link)
            let other = links[..<index].firstIndex { other in
                parts(other).starts(with: mine) || mine.starts(with: parts(other))
            }
            guard let other else { continue }
            report(
                "\(text(link)) overlaps \(text(links[other]))", at: list[index] / key,
                notes: [note("the other association is here", at: list[other] / key)])
        }
    }
}

extension Rule {
    /// The family FSX.
    static let fsx = fileSystemShape + fileSystemSettings + associations
}

import Diagnostics

extension Rule {
    /// Metadata servers, EFA, backups, keys, zones, and existing file systems.
    static let fileSystemSettings = [
        metadataOfType, metadataIOPS, efaOfType, zoneOfFileSystem, zoneOfReaders, keyOfScratch, backupsOfScratch,
        backupTime, existingNeedsNames, ignoredFileSystemSettings, namesWithoutExisting, cacheSize,
        keyRegionOfFileSystem,
    ]

    private static let metadataOfType = Rule(
        "FSX020", .error, "Metadata servers are set with PERSISTENT_2 on Lustre 2.15.",
        because: "Other types have one metadata server that cannot be set.",
        source: "AWS docs: CreateFileSystemLustreMetadataConfiguration",
        reads: sizePaths + ["fsx.metadata", "fsx.lustre_version"]
    ) { context in
        guard let fsx = context.newFileSystem, fsx.metadata != nil else { return }
        if fsx.deploymentType != .persistent2 {
            context.report(
                "\(fsx.deploymentType.rawValue) takes no `metadata`", atKey: "fsx.metadata",
                fix: Diagnostic.Fix("remove it"))
        } else if fsx.lustreVersion == "2.12" {
            context.report(
                "`metadata` needs Lustre 2.15", at: "fsx.lustre_version",
                fix: context.replacement(of: "fsx.lustre_version", with: "\"2.15\""))
        }
    }

    private static let metadataIOPS = Rule(
        "FSX021", .error, "The speed of metadata servers is one that FSx makes.",
        because: "FSx makes 1500, 3000, 6000, 12000 and multiples of 12000, and wants it named in its mode only.",
        source: "AWS docs: CreateFileSystemLustreMetadataConfiguration", reads: ["fsx.metadata", "fsx.storage_type"]
    ) { context in
        guard let fsx = context.newFileSystem, let metadata = fsx.metadata else { return }
        let path: ConfigPath = "fsx.metadata.iops"
        switch (metadata.mode, metadata.iops) {
        case (.automatic, .some):
            context.report("AUTOMATIC takes no `iops`", at: path, fix: Diagnostic.Fix("remove it"))
        case (.userProvisioned, nil):
            context.report(
                "USER_PROVISIONED needs `iops`", at: "fsx.metadata.mode", fix: Diagnostic.Fix("add `iops: 6000`"))
        case (.userProvisioned, let value?):
            let steps = CapacitySteps(first: [1500, 3000, 6000], step: 12_000)
            guard !steps.contains(value) else { return }
            context.report(
                "\(value) is not \(steps.description)", at: path,
                fix: context.replacement(of: path, with: String(steps.next(from: value))))
        case (.automatic, nil): break
        }
    }

    private static let efaOfType = Rule(
        "FSX022", .error, "EFA needs PERSISTENT_2 with metadata servers.",
        because: "FSx reaches no other file system over EFA.",
        source: "AWS docs: Working with EFA-enabled file systems",
        reads: sizePaths + ["fsx.efa", "fsx.metadata"]
    ) { context in
        guard let fsx = context.newFileSystem, fsx.efa else { return }
        if fsx.deploymentType != .persistent2 {
            context.report("EFA needs PERSISTENT_2, not \(fsx.deploymentType.rawValue)", at: "fsx.efa")
        } else if fsx.metadata == nil {
            context.report(
                "EFA needs `metadata`", at: "fsx.efa", fix: Diagnostic.Fix("add `metadata: {mode: AUTOMATIC}`"))
        }
    }

    private static let zoneOfFileSystem = Rule(
        "FSX023", .error, "The zone of the file system has a subnet for nodes.",
        because: "The file system is placed in that subnet.", source: "AWS docs: CreateFileSystem (FSx API)",
        reads: ["fsx.availability_zone", "fsx.existing_file_system_id", "vpc"]
    ) { context in
        guard let zone = context.newFileSystem?.availabilityZone, let zones = context.plan?.nodeZones, !zones.isEmpty,
            !zones.contains(zone)
        else { return }
        context.report(
            "there is no node subnet in zone \(zone)", at: "fsx.availability_zone",
            notes: [Diagnostic.Note("there are node subnets in \(zones.map(\.text).joined(separator: ", "))")])
    }

    private static let zoneOfReaders = Rule(
        "FSX024", .warning, "The file system is in the zone of the accelerators.",
        because: "Reads across zones are slower and are paid for.",
        source: "AWS docs: Prerequisites for using SageMaker HyperPod",
        reads: [
            "fsx.availability_zone", "fsx.existing_file_system_id", "instance_groups", "restricted_instance_groups",
        ]
    ) { context in
        guard let zone = context.newFileSystem?.availabilityZone else { return }
        let readers = context.groups.filter { $0.zone != nil && $0.accelerators > 0 }
        guard let largest = readers.max(by: { $0.accelerators < $1.accelerators }), let other = largest.zone,
            !readers.contains(where: { $0.zone == zone })
        else { return }
        context.report(
            "the file system is in \(zone), the largest group with accelerators in \(other)",
            at: "fsx.availability_zone",
            notes: [context.note("the group is here", at: largest.path / "availability_zone")],
            fix: context.replacement(of: "fsx.availability_zone", with: other.text))
    }

    private static let keyOfScratch = Rule(
        "FSX025", .error, "Scratch file systems have no KMS key.", because: "They are encrypted with a key of FSx.",
        source: "AWS docs: CreateFileSystem (FSx API)", reads: sizePaths + ["fsx.kms_key_id"]
    ) { context in
        guard let fsx = context.newFileSystem, fsx.kmsKeyID != nil, !fsx.deploymentType.isPersistent else { return }
        context.report(
            "\(fsx.deploymentType.rawValue) takes no KMS key", at: "fsx.kms_key_id", fix: Diagnostic.Fix("remove it"))
    }

    private static let backupsOfScratch = Rule(
        "FSX026", .error, "Scratch file systems have no backups.", because: "FSx makes none of them.",
        source: "AWS docs: CreateFileSystemLustreConfiguration",
        reads: sizePaths + ["fsx.automatic_backup_retention_days"]
    ) { context in
        guard let fsx = context.newFileSystem, !fsx.deploymentType.isPersistent,
            fsx.automaticBackupRetentionDays ?? 0 > 0
        else { return }
        context.report(
            "\(fsx.deploymentType.rawValue) has no backups", at: "fsx.automatic_backup_retention_days",
            fix: Diagnostic.Fix("remove it"))
    }

    private static let backupTime = Rule(
        "FSX027", .error, "A time for backups is given only with backups.",
        because: "FSx refuses a time when backups are kept for no day.",
        source: "AWS docs: CreateFileSystemLustreConfiguration",
        reads: ["fsx.daily_backup_start_time", "fsx.automatic_backup_retention_days", "fsx.existing_file_system_id"]
    ) { context in
        guard let fsx = context.newFileSystem, fsx.dailyBackupStartTime != nil,
            fsx.automaticBackupRetentionDays ?? 0 == 0
        else { return }
        context.report(
            "there are no backups to make at this time", at: "fsx.daily_backup_start_time",
            fix: Diagnostic.Fix("add `automatic_backup_retention_days: 7`, or remove it"))
    }

    private static let existingNeedsNames = Rule(
        "FSX028", .error, "An existing file system has its DNS name and mount name given.",
        because: "Nodes mount it by both, and CloudFormation cannot look them up.",
        source: "AWS docs: Mounting from an Amazon EC2 instance",
        reads: ["fsx.existing_file_system_id", "fsx.dns_name", "fsx.mount_name"]
    ) { context in
        guard let fsx = context.stack.fsx, !fsx.isNew else { return }
        let missing = [fsx.dnsName == nil ? "dns_name" : nil, fsx.mountName == nil ? "mount_name" : nil].compactMap {
            $0
        }
        guard !missing.isEmpty else { return }
        context.report(
            "an existing file system needs \(missing.map { "`\($0)`" }.joined(separator: " and "))",
            atKey: "fsx.existing_file_system_id",
            fix: Diagnostic.Fix("`aws fsx describe-file-systems` tells both"))
    }

    private static let ignoredFileSystemSettings = Rule(
        "FSX029", .warning, "Beside an existing file system nothing is said about a new one.",
        because: "The setting has no effect.", source: "stackgen: reference of `fsx`", reads: ["fsx"]
    ) { context in
        guard let fsx = context.stack.fsx, !fsx.isNew else { return }
        let keys = [
            "deployment_type", "storage_type", "storage_gib", "throughput_mbps_per_tib", "throughput_capacity_mbps",
            "lustre_version", "compression", "efa", "metadata", "drive_cache_type", "read_cache", "kms_key_id",
            "automatic_backup_retention_days", "daily_backup_start_time", "copy_tags_to_backups",
            "weekly_maintenance_start_time", "availability_zone", "deletion_policy",
        ]
        for key in context.changed(fsx, among: keys) {
            context.report(
                "`fsx.\(key)` has no effect beside `fsx.existing_file_system_id`", atKey: "fsx" / key,
                fix: Diagnostic.Fix("remove it"))
        }
    }

    private static let namesWithoutExisting = Rule(
        "FSX030", .warning, "DNS name and mount name belong to an existing file system.",
        because: "A new one gets its own.", source: "stackgen: reference of `fsx`",
        reads: ["fsx.existing_file_system_id", "fsx.dns_name", "fsx.mount_name"]
    ) { context in
        guard let fsx = context.newFileSystem else { return }
        for key in context.changed(fsx, among: ["dns_name", "mount_name"]) {
            context.report(
                "`\(key)` has no effect without `existing_file_system_id`", atKey: "fsx" / key,
                fix: Diagnostic.Fix("remove it, or name the existing file system"))
        }
    }

    private static let cacheSize = Rule(
        "FSX031", .error, "The read cache has a size in its mode only.",
        because: "FSx wants a size with USER_PROVISIONED and refuses it otherwise.",
        source: "AWS docs: LustreReadCacheConfiguration", reads: ["fsx.read_cache", "fsx.existing_file_system_id"]
    ) { context in
        guard let cache = context.newFileSystem?.readCache else { return }
        if cache.sizingMode == .userProvisioned, cache.sizeGiB == nil {
            context.report(
                "USER_PROVISIONED needs `size_gib`", at: "fsx.read_cache.sizing_mode",
                fix: Diagnostic.Fix("add `size_gib: 32`"))
        } else if cache.sizingMode != .userProvisioned, cache.sizeGiB != nil {
            context.report(
                "\(cache.sizingMode.rawValue) takes no `size_gib`", at: "fsx.read_cache.size_gib",
                fix: Diagnostic.Fix("remove it"))
        }
    }

    private static let keyRegionOfFileSystem = Rule(
        "FSX032", .error, "The KMS key of the file system is in the region.",
        because: "FSx uses keys of its own region only.", source: "AWS docs: CreateFileSystem (FSx API)",
        reads: ["fsx.kms_key_id", "fsx.existing_file_system_id", "region"]
    ) { context in
        guard let region = context.newFileSystem?.kmsKeyID?.region, region != context.stack.region.text else { return }
        context.report("this key is in \(region), not in \(context.stack.region)", at: "fsx.kms_key_id")
    }
}

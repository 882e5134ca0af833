import Diagnostics

extension Rule {
    /// Types, sizes and throughputs.
    static let fileSystemShape = [
        storageOfDeployment, capacity, throughput, throughputMissing, lustreVersionKnown, lustreVersionOfType,
        driveCache, elasticThroughput, elasticSettings, elasticOnly, regionOffer,
    ]

    private static let storageOfDeployment = Rule(
        "FSX001", .error, "The storage type fits the deployment type.",
        because: "HDD exists with PERSISTENT_1 only, INTELLIGENT_TIERING with PERSISTENT_2 only.",
        source: "AWS docs: CreateFileSystem (FSx API)",
        reads: ["fsx.deployment_type", "fsx.storage_type", "fsx.existing_file_system_id"]
    ) { context in
        guard let fsx = context.newFileSystem else { return }
        let owner: FSxSettings.DeploymentType? =
            switch fsx.storageType {
            case .ssd: nil
            case .hdd: .persistent1
            case .intelligentTiering: .persistent2
            }
        guard let owner, fsx.deploymentType != owner else { return }
        context.report(
            "\(fsx.storageType.rawValue) exists with \(owner.rawValue) only, not with \(fsx.deploymentType.rawValue)",
            at: "fsx.storage_type", fix: context.replacement(of: "fsx.deployment_type", with: owner.rawValue))
    }

    private static let capacity = Rule(
        "FSX002", .error, "The size is one that FSx makes.",
        because: "Sizes follow from the number of servers, whose disks have one size.",
        source: "AWS docs: CreateFileSystem (FSx API); Working with EFA-enabled file systems",
        reads: sizePaths + ["fsx.storage_gib", "fsx.efa", "fsx.throughput_mbps_per_tib"]
    ) { context in
        guard let fsx = context.newFileSystem, let steps = fsx.capacitySteps else { return }
        guard let size = fsx.storageGiB else {
            context.report("\(fsx.storageType.rawValue) needs a size", at: "fsx.storage_gib")
            return
        }
        guard !steps.contains(size) else { return }
        let kind = [fsx.deploymentType.rawValue, fsx.storageType.rawValue, fsx.efa ? "with EFA" : nil]
        let rate = fsx.efa || fsx.storageType == .hdd ? fsx.throughputMBpsPerTiB.map { " at \($0) MB/s per TiB" } : nil
        context.report(
            "\(size) GiB is not \(steps.description), as \(kind.compactMap { $0 }.joined(separator: " "))\(rate ?? "") has",
            at: "fsx.storage_gib",
            fix: context.replacement(of: "fsx.storage_gib", with: String(steps.next(from: size))))
    }

    private static let throughput = Rule(
        "FSX003", .error, "The throughput is one of the type.",
        because: "Each generation has tiers of its own, and scratch file systems have none.",
        source: "AWS docs: CreateFileSystemLustreConfiguration", reads: sizePaths + ["fsx.throughput_mbps_per_tib"]
    ) { context in
        guard let fsx = context.newFileSystem, let value = fsx.throughputMBpsPerTiB,
            !fsx.throughputs.contains(value)
        else { return }
        let name = "\(fsx.deploymentType.rawValue) \(fsx.storageType.rawValue)"
        let list = fsx.throughputs.map(String.init).joined(separator: ", ")
        context.report(
            fsx.throughputs.isEmpty
                ? "\(name) takes no throughput per TiB" : "\(name) has \(list), not \(value) MB/s per TiB",
            at: "fsx.throughput_mbps_per_tib",
            fix: fsx.throughputs.isEmpty
                ? Diagnostic.Fix("remove it")
                : fsx.throughputs.min { abs($0 - value) < abs($1 - value) }.map {
                    context.replacement(of: "fsx.throughput_mbps_per_tib", with: String($0))
                })
    }

    private static let throughputMissing = Rule(
        "FSX004", .error, "A persistent file system has its throughput named.",
        because: "FSx demands it for SSD and HDD.", source: "AWS docs: CreateFileSystemLustreConfiguration",
        reads: sizePaths + ["fsx.throughput_mbps_per_tib"]
    ) { context in
        guard let fsx = context.newFileSystem, fsx.throughputMBpsPerTiB == nil, !fsx.throughputs.isEmpty else { return }
        let list = fsx.throughputs.map(String.init).joined(separator: ", ")
        context.report(
            "\(fsx.deploymentType.rawValue) \(fsx.storageType.rawValue) needs `throughput_mbps_per_tib`",
            at: "fsx.throughput_mbps_per_tib",
            fix: Diagnostic.Fix("add `throughput_mbps_per_tib:` with one of \(list)"))
    }

    private static let lustreVersionKnown = Rule(
        "FSX005", .warning, "The version of Lustre is known.", because: "FSx refuses versions that it does not have.",
        source: "AWS docs: CreateFileSystem (FSx API)", reads: ["fsx.lustre_version", "fsx.existing_file_system_id"]
    ) { context in
        guard let fsx = context.newFileSystem, !["2.10", "2.12", "2.15"].contains(fsx.lustreVersion.text) else {
            return
        }
        context.report(
            "Lustre \(fsx.lustreVersion) is not 2.10, 2.12 or 2.15", at: "fsx.lustre_version",
            fix: context.replacement(of: "fsx.lustre_version", with: "\"2.15\""))
    }

    private static let lustreVersionOfType = Rule(
        "FSX006", .error, "The type has the version of Lustre.",
        because: "PERSISTENT_2 begins with 2.12, INTELLIGENT_TIERING with 2.15.",
        source: "AWS docs: CreateFileSystem (FSx API)", reads: sizePaths + ["fsx.lustre_version"]
    ) { context in
        guard let fsx = context.newFileSystem else { return }
        let version = fsx.lustreVersion.text
        let isElastic = fsx.storageType == .intelligentTiering && (version == "2.10" || version == "2.12")
        guard isElastic || (fsx.deploymentType == .persistent2 && version == "2.10") else { return }
        let name = isElastic ? fsx.storageType.rawValue : fsx.deploymentType.rawValue
        context.report(
            "\(name) has no Lustre \(version)", at: "fsx.lustre_version",
            fix: context.replacement(of: "fsx.lustre_version", with: "\"2.15\""))
    }

    private static let driveCache = Rule(
        "FSX007", .error, "HDD has its drive cache named, and nothing else has one.",
        because: "FSx demands it for HDD and refuses it otherwise.",
        source: "AWS docs: CreateFileSystemLustreConfiguration", reads: sizePaths + ["fsx.drive_cache_type"]
    ) { context in
        guard let fsx = context.newFileSystem else { return }
        if fsx.storageType == .hdd, fsx.driveCacheType == nil {
            context.report(
                "HDD needs `drive_cache_type`", at: "fsx.drive_cache_type",
                fix: Diagnostic.Fix("add `drive_cache_type: NONE` or `drive_cache_type: READ`"))
        } else if fsx.storageType != .hdd, fsx.driveCacheType != nil {
            context.report(
                "only HDD takes `drive_cache_type`", at: "fsx.drive_cache_type", fix: Diagnostic.Fix("remove it"))
        }
    }

    private static let elasticThroughput = Rule(
        "FSX008", .error, "INTELLIGENT_TIERING has its throughput in steps of 4000.",
        because: "FSx demands it.", source: "AWS docs: CreateFileSystemLustreConfiguration",
        reads: sizePaths + ["fsx.throughput_capacity_mbps"]
    ) { context in
        guard let fsx = context.newFileSystem, fsx.storageType == .intelligentTiering else { return }
        let path: ConfigPath = "fsx.throughput_capacity_mbps"
        guard let value = fsx.throughputCapacityMBps else {
            context.report(
                "INTELLIGENT_TIERING needs `throughput_capacity_mbps`", at: path,
                fix: Diagnostic.Fix("add `throughput_capacity_mbps: 4000`, or a multiple"))
            return
        }
        guard value % 4000 != 0 else { return }
        context.report(
            "\(value) MB/s is not a multiple of 4000", at: path,
            fix: context.replacement(of: path, with: String((value + 3999) / 4000 * 4000)))
    }

    private static let elasticSettings = Rule(
        "FSX009", .error, "INTELLIGENT_TIERING has metadata servers, a read cache and no size.",
        because: "FSx demands both and grows by itself.", source: "AWS docs: CreateFileSystemLustreConfiguration",
        reads: sizePaths + ["fsx.metadata", "fsx.read_cache", "fsx.storage_gib"]
    ) { context in
        guard let fsx = context.newFileSystem, fsx.storageType == .intelligentTiering else { return }
        if fsx.metadata == nil {
            context.report(
                "INTELLIGENT_TIERING needs `metadata`", at: "fsx.metadata",
                fix: Diagnostic.Fix("add `metadata: {mode: USER_PROVISIONED, iops: 6000}`"))
        }
        if fsx.readCache == nil {
            context.report(
                "INTELLIGENT_TIERING needs `read_cache`", at: "fsx.read_cache",
                fix: Diagnostic.Fix("add `read_cache: {sizing_mode: PROPORTIONAL_TO_THROUGHPUT_CAPACITY}`"))
        }
        if fsx.storageGiB != nil {
            context.report(
                "INTELLIGENT_TIERING takes no size", at: "fsx.storage_gib", fix: Diagnostic.Fix("remove it"))
        }
    }

    private static let elasticOnly = Rule(
        "FSX010", .error, "Only INTELLIGENT_TIERING has a total throughput and a read cache.",
        because: "FSx refuses them for SSD and HDD.", source: "AWS docs: CreateFileSystemLustreConfiguration",
        reads: sizePaths + ["fsx.throughput_capacity_mbps", "fsx.read_cache"]
    ) { context in
        guard let fsx = context.newFileSystem, fsx.storageType != .intelligentTiering else { return }
        for key in context.changed(fsx, among: ["throughput_capacity_mbps", "read_cache"]) {
            context.report(
                "`\(key)` belongs to INTELLIGENT_TIERING", atKey: "fsx" / key, fix: Diagnostic.Fix("remove it"))
        }
    }

    private static let regionOffer = Rule(
        "FSX011", .warning, "The region offers the deployment type.",
        because: "PERSISTENT_2 on SSD is missing in some regions in which HyperPod is offered.",
        source: "AWS docs: Deployment and storage class options for FSx for Lustre file systems (catalog)",
        reads: sizePaths + ["region"]
    ) { context in
        guard let fsx = context.newFileSystem, fsx.deploymentType == .persistent2, fsx.storageType == .ssd,
            let region = Catalog.regions[context.stack.region], !region.hasPersistent2
        else { return }
        context.report(
            "FSx has no PERSISTENT_2 on SSD in \(region.name)", at: "fsx.deployment_type",
            fix: Diagnostic.Fix("take PERSISTENT_1 with 50, 100 or 200 MB/s per TiB, or SCRATCH_2"))
    }

    static let sizePaths: [ConfigPath] = ["fsx.deployment_type", "fsx.storage_type", "fsx.existing_file_system_id"]
}

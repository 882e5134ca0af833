import Diagnostics
import YAML

/// The checks that only the published template needs.
struct HostedRules {
    let stack: HostedStack
    let hosted: HostedConfig
    let config: LocatedConfig
    let broken: [[String]]
    private(set) var diagnostics: [Diagnostic] = []

    init(stack: HostedStack, hosted: HostedConfig, config: LocatedConfig, broken: [[String]]) {
        self.stack = stack
        self.hosted = hosted
        self.config = config
        self.broken = broken
    }

    /// Asks every rule whose values could be read.
    mutating func run() {
        checkNetwork()
        checkBucketsAndRoles()
        checkFileSystem()
        checkGroups()
        checkChart()
        checkSources()
        checkNames()
    }

    private mutating func report(
        _ rule: HostedRule, _ message: String, at path: ConfigPath, notes: [Diagnostic.Note] = [],
        fix: Diagnostic.Fix? = nil
    ) {
        if broken.contains(where: { path.keys.starts(with: $0) }) { return }
        diagnostics.append(rule.finding(message, at: config.nearestSpan(of: path), notes: notes, fix: fix))
    }

    private func isBroken(_ key: String) -> Bool { broken.contains { $0.first == key } }

    // MARK: New or existing

    private mutating func checkNetwork() {
        if stack.createVPCStack {
            reportBoth("vpc_id", stack.vpcID != nil, "create_vpc_stack")
        } else {
            reportNeither("vpc_id", stack.vpcID == nil, "create_vpc_stack")
            reportNeither("private_subnet_ids", isEmpty(stack.privateSubnetIDs), "create_vpc_stack")
            if stack.createEKSClusterStack {
                reportNeither("eks_private_subnet_ids", isEmpty(stack.eksPrivateSubnetIDs), "create_vpc_stack")
            }
            if stack.createS3EndpointStack {
                reportNeither("private_route_table_ids", isEmpty(stack.privateRouteTableIDs), "create_vpc_stack")
            }
        }
        if stack.createSecurityGroupStack {
            reportBoth("security_group_ids", !isEmpty(stack.securityGroupIDs), "create_security_group_stack")
        } else {
            reportNeither(
                "security_group_ids", isEmpty(stack.securityGroupIDs) && stack.securityGroupID == nil,
                "create_security_group_stack")
        }
    }

    private func isEmpty(_ list: [some FieldValue]?) -> Bool { list?.isEmpty ?? true }

    private mutating func checkBucketsAndRoles() {
        if !stack.createS3BucketStack { reportUnwritten("s3_bucket_name", "create_s3_bucket_stack") }
        if !stack.createIAMRoleStack { reportUnwritten("sagemaker_iam_role_name", "create_sagemaker_iam_role_stack") }
        if !stack.createEKSClusterStack { reportUnwritten("eks_cluster_name", "create_eks_cluster_stack") }
    }

    private mutating func reportBoth(_ key: String, _ isGiven: Bool, _ flag: String) {
        guard isGiven, !isBroken(key), !isBroken(flag) else { return }
        report(
            .newAndExisting, "`\(key)` names something that exists, and `\(flag)` creates a new one",
            at: ConfigPath([.key(key)]), fix: Diagnostic.Fix("set `\(flag)` to false, or remove `\(key)`"))
    }

    private mutating func reportNeither(_ key: String, _ isMissing: Bool, _ flag: String) {
        guard isMissing, !isBroken(key), !isBroken(flag) else { return }
        report(
            .neitherNewNorExisting, "`\(flag)` is false, and `\(key)` names nothing that exists",
            at: ConfigPath([.key(config.contains(ConfigPath([.key(key)])) ? key : flag)]),
            fix: Diagnostic.Fix("give `\(key)`, or set `\(flag)` to true"))
    }

    /// A name that has a default cannot be missing, but the default is nobody's.
    private mutating func reportUnwritten(_ key: String, _ flag: String) {
        let node = config.node(at: ConfigPath([.key(key)]))
        reportNeither(key, node == nil || node?.isNull == true, flag)
    }

    // MARK: File system

    private mutating func checkFileSystem() {
        guard stack.createFSxStack else { return }
        reportBoth("fsx_file_system_id", stack.fsxFileSystemID != nil, "create_fsx_stack")
        if let zone = stack.fsxAvailabilityZoneID {
            checkZone(zone, of: "the file system", at: "fsx_availability_zone_id")
        }
    }

    /// Whether a zone is one of the VPC that is made.
    private mutating func checkZone(_ zone: ZoneID, of subject: String, at path: ConfigPath) {
        guard stack.createVPCStack, !hosted.zones.isEmpty, !hosted.zones.contains(zone),
            !isBroken("availability_zone_ids")
        else { return }
        let zones = hosted.zones.map(\.text).joined(separator: ", ")
        report(
            .zoneOutside, "\(subject) is to be in \(zone), and the VPC has subnets in \(zones)", at: path,
            fix: Diagnostic.Fix("add the zone to `availability_zone_ids`"))
    }

    // MARK: Groups

    private mutating func checkGroups() {
        if !stack.rigSettings.isEmpty, stack.rigS3BucketName == nil {
            report(
                .restrictedBucket, "restricted groups need `rig_s3_bucket_name`", at: "rig_settings",
                fix: Diagnostic.Fix("add `rig_s3_bucket_name`"))
        }
        let lists = [("instance_group_settings", stack.instanceGroupSettings), ("rig_settings", stack.rigSettings)]
        for (key, groups) in lists {
            for (index, group) in groups.enumerated() {
                if let zone = group.zone, stack.createHyperPodClusterStack {
                    let list = ConfigPath([.key(key)])
                    checkZone(
                        zone, of: "group \(group.name)",
                        at: config.contains(list)
                            ? list[index] / "TargetAvailabilityZoneId" : "availability_zone_ids")
                }
                checkStorage(group, at: ConfigPath([.key(key)])[index] / "InstanceStorageConfigs")
            }
        }
    }

    private mutating func checkStorage(_ group: HostedGroup, at path: ConfigPath) {
        for (position, storage) in group.storage.enumerated() {
            if (storage.ebs == nil) == (storage.lustre == nil) {
                report(
                    .groupStorage, "a storage entry is either `EbsVolumeConfig` or `FsxLustreConfig`",
                    at: path[position])
            } else if let mount = storage.lustre, mount.dnsName == nil || mount.mountName == nil {
                report(
                    .groupStorage, "a mount needs `DnsName` and `MountName`", at: path[position] / "FsxLustreConfig")
            }
        }
    }

    // MARK: Chart

    private mutating func checkChart() {
        let isWritten = config.node(at: "helm_operators")?.scalar?.text.isEmpty == false
        guard isWritten else { return }
        for (name, value) in stack.helmOperators.pairs {
            let words = name.lowercased()
            if ["password", "secret", "token", "apikey", "credential"].contains(where: words.contains), !value.isEmpty {
                report(
                    .secret, "`\(name)` looks like a secret, and parameters are no place for one",
                    at: "helm_operators",
                    fix: Diagnostic.Fix("let the chart read a Kubernetes secret, and remove the value here"))
            }
            guard name.hasSuffix(".enable"), let place = place(of: name, in: "helm_operators") else { continue }
            diagnostics.append(
                HostedRule.misspeltSwitch.finding(
                    "the chart reads `\(name)d` and takes no notice of `\(name)`", at: place,
                    fix: .replace(place, with: name + "d").safe))
        }
    }

    /// Where a word stands inside a value.
    private func place(of word: String, in key: String) -> SourceSpan? {
        guard let span = config.node(at: ConfigPath([.key(key)]))?.span else { return nil }
        let bytes = span.file.bytes[span.range]
        guard let range = bytes.firstRange(of: Array(word.utf8)) else { return span }
        return SourceSpan(span.file, range)
    }

    // MARK: Sources

    private mutating func checkSources() {
        let addresses: [(String, String, String)] = [
            ("github_raw_url", stack.githubRawURL.text, HostedStack.publishedScript.text),
            ("helm_repo_url", stack.helmRepoURL.text, HostedStack.publishedChart.text),
        ]
        for (key, address, published) in addresses where address != published && !isBroken(key) {
            report(
                .foreignSource, "`\(key)` is not the address that AWS publishes", at: ConfigPath([.key(key)]),
                notes: [Diagnostic.Note("that is \(published)")],
                fix: Diagnostic.Fix("remove `\(key)`, or say that it is meant: `# stackgen: allow HOST013 because …`"))
        }
    }

    private mutating func checkNames() {
        let scaffold = HostedStack()
        guard stack.createS3BucketStack, stack.resourceNamePrefix == scaffold.resourceNamePrefix,
            stack.s3BucketName == scaffold.s3BucketName, stack.resourceNameSuffix == nil
        else { return }
        report(
            .scaffoldNames, "prefix and bucket have the names that every scaffold has", at: "resource_name_prefix",
            fix: Diagnostic.Fix("stackgen configure resource_name_prefix=<a name of your own>"))
    }
}

import Diagnostics

extension Rule {
    /// Amounts of quotas and borrow limits.
    static let quotas = [
        countAndParts, emptyAmount, typeNotInCluster, acceleratorsOfType, partitionOfType, repeatedQuotaType,
        quotaAboveCapacity, nominalProcessors, partsBelowRequest,
        unevenParts,
    ]

    private static let countAndParts = Rule(
        "GOV040", .error, "An amount is whole machines or parts of them.",
        because: "The API takes a count, or accelerators, vCPUs and memory.",
        source: "AWS docs: ComputeQuotaResourceConfig", reads: amountPaths
    ) { context in
        for (path, amount) in context.amounts where amount.count != nil && amount.hasParts {
            context.report(
                "`count` excludes accelerators, vcpu, memory_gib and accelerator_partition", at: path / "count",
                fix: Diagnostic.Fix("remove `count`, or the parts"))
        }
    }

    private static let emptyAmount = Rule(
        "GOV041", .warning, "An amount is more than nothing.",
        because: "A team that owns nothing of a type can borrow nothing of it either: any percentage of 0 is 0.",
        source: "AWS docs: ComputeQuotaResourceConfig", reads: amountPaths
    ) { context in
        for (path, amount) in context.amounts {
            let parts = [
                amount.count.map(Double.init), amount.accelerators.map(Double.init), amount.vcpu, amount.memoryGiB,
                amount.acceleratorPartition.map { Double($0.count) },
            ]
            guard parts.allSatisfy({ $0 ?? 0 == 0 }) else { continue }
            context.report(
                "this amount of \(amount.instanceType) is nothing", at: path / "instance_type",
                fix: Diagnostic.Fix("add `count: 1`, or accelerators, vcpu or memory_gib"))
        }
    }

    private static let typeNotInCluster = Rule(
        "GOV042", .warning, "Quotas name machine types of the cluster.", because: "There are no such nodes to use.",
        source: "aws-samples/awsome-distributed-training: task-governance/README.md",
        reads: amountPaths + ["instance_groups"]
    ) { context in
        let types = context.groups.flatMap(\.types).uniqued()
        for (path, amount) in context.amounts where !types.contains(amount.instanceType) && !types.isEmpty {
            let nearest = Spelling.nearest(to: amount.instanceType.text, in: types.map(\.text))
            context.report(
                "no instance group has \(amount.instanceType)", at: path / "instance_type",
                label: nearest.map { "did you mean `\($0)`?" },
                notes: [Diagnostic.Note("the groups have \(types.map(\.text).joined(separator: ", "))")],
                fix: nearest.map { context.replacement(of: path / "instance_type", with: $0) })
        }
    }

    private static let acceleratorsOfType = Rule(
        "GOV043", .error, "Accelerators are given for types that have them.", because: "There are none to give.",
        source: "AWS docs: ComputeQuotaResourceConfig", reads: amountPaths
    ) { context in
        for (path, amount) in context.amounts where amount.accelerators ?? 0 > 0 {
            guard let facts = amount.instanceType.facts, facts.accelerators == 0 else { continue }
            context.report(
                "\(amount.instanceType) has no accelerators", at: path / "accelerators",
                fix: Diagnostic.Fix("remove it"))
        }
    }

    private static let partitionOfType = Rule(
        "GOV044", .error, "The MIG profile is one of the machine type.",
        because: "Each GPU has profiles of its own, and most types have none.",
        source: "aws/sagemaker-hyperpod-cli: src/sagemaker/hyperpod/training/constants.py", reads: amountPaths
    ) { context in
        for (path, amount) in context.amounts {
            guard let partition = amount.acceleratorPartition, let facts = amount.instanceType.facts,
                !facts.migProfiles.contains(partition.type.text)
            else { continue }
            context.report(
                "\(amount.instanceType) has no profile \(partition.type)", at: path / "accelerator_partition" / "type",
                notes: [
                    Diagnostic.Note(
                        facts.migProfiles.isEmpty
                            ? "it has no MIG profiles" : "it has \(facts.migProfiles.joined(separator: ", "))")
                ])
        }
    }

    private static let repeatedQuotaType = Rule(
        "GOV045", .error, "A quota names every machine type once.",
        because: "Two amounts of one type contradict each other; only partitions stand beside.",
        source: "AWS docs: AWS::SageMaker::ComputeQuota", reads: ["task_governance.teams.quota"]
    ) { context in
        for (index, team) in context.teams.enumerated() {
            let list = ("task_governance.teams" as ConfigPath)[index] / "quota"
            for (position, amount) in team.quota.enumerated() {
                let first = team.quota[..<position].firstIndex { other in
                    other.instanceType == amount.instanceType
                        && other.acceleratorPartition?.type == amount.acceleratorPartition?.type
                }
                guard let first else { continue }
                context.report(
                    "the quota of `\(team.name)` names \(amount.instanceType) twice",
                    at: list[position] / "instance_type",
                    notes: [context.note("first here", at: list[first] / "instance_type")])
            }
        }
    }

    private static let quotaAboveCapacity = Rule(
        "GOV046", .warning, "Quotas do not promise more than the cluster has.",
        because: "What is promised beyond the nodes is admitted and then stays Pending. AWS allows it for growth.",
        source: "AWS docs: Task governance policies", reads: ["task_governance.teams.quota", "instance_groups"]
    ) { context in
        guard let plan = context.plan else { return }
        for type in context.teams.flatMap(\.quota).map(\.instanceType).uniqued() {
            let groups = context.groups.filter { $0.types.contains(type) }
            guard !groups.isEmpty, let facts = type.facts else { continue }
            let nodes = groups.reduce(0) { $0 + $1.count }
            let promised = plan.quotas.flatMap(\.resources).filter { $0.instanceType == type }
            let sum = promised.reduce(0.0) { $0 + $1.share(of: facts) }
            guard sum > Double(nodes) + 1e-9, let path = context.lastQuota(of: type) else { continue }
            let groupNotes = groups.map { group in
                context.note("the cluster has \(group.count) of this type here", at: group.path / "count")
            }
            context.report(
                "the quotas promise \(ConfigValue.number((sum * 100).rounded() / 100).flowText) × \(type), "
                    + "the cluster has \(nodes)",
                at: path, notes: groupNotes)
        }
    }

    private static let nominalProcessors = Rule(
        "GOV047", .warning, "Quotas of vCPUs count on hyper-threading.",
        because:
            "Quotas count nominal vCPUs; with one thread per core a node has half of them, and admitted work stays "
            + "Pending.",
        source: "field notes: Ray on HyperPod, October 2026", reads: ["task_governance.teams.quota", "instance_groups"]
    ) { context in
        for (path, amount) in context.amounts where amount.vcpu != nil {
            let group = context.ordinaryGroups.first { item in
                item.group.threadsPerCore == 1 && item.group.types.contains(amount.instanceType)
            }
            guard let group, amount.instanceType.facts?.threadsPerCore == 2 else { continue }
            context.report(
                "the nodes run one thread per core and have half of the nominal vCPUs", at: path / "vcpu",
                notes: [context.note("hyper-threading is off here", at: group.path / "threads_per_core")])
        }
    }

    private static let partsBelowRequest = Rule(
        "GOV048", .warning, "Processors and memory are enough for the accelerators beside them.",
        because:
            "A job that asks for these accelerators asks for its part of the machine, less what is reserved for the "
            + "node. With less it never fits.",
        source: "aws/sagemaker-hyperpod-cli: src/sagemaker/hyperpod/training/quota_allocation_util.py",
        reads: amountPaths
    ) { context in
        for (path, amount) in context.amounts {
            guard let facts = amount.instanceType.facts, let share = amount.acceleratorShare(of: facts) else {
                continue
            }
            let wholes = share.rounded(.down)
            func need(_ size: Double, _ usable: Int) -> Double {
                wholes * Double(usable) + min(((share - wholes) * size).rounded(.down), Double(usable))
            }
            if let vcpu = amount.vcpu, vcpu < need(Double(facts.vcpus), facts.usableVCPUs) {
                context.reportParts(amount, need(Double(facts.vcpus), facts.usableVCPUs), "vCPUs", at: path / "vcpu")
            }
            if let memory = amount.memoryGiB, memory < need(facts.memoryGiB, facts.usableMemoryGiB) {
                context.reportParts(
                    amount, need(facts.memoryGiB, facts.usableMemoryGiB), "GiB", at: path / "memory_gib")
            }
        }
    }

    private static let unevenParts = Rule(
        "GOV049", .warning, "Accelerators that do not divide the machine come with their part of it.",
        because: "With another part, vCPUs or memory run out first, and accelerators are stranded.",
        source: "AWS docs: ComputeQuotaResourceConfig", reads: amountPaths
    ) { context in
        for (path, amount) in context.amounts {
            guard let facts = amount.instanceType.facts, let share = amount.acceleratorShare(of: facts),
                let accelerators = amount.accelerators, facts.accelerators % accelerators != 0,
                accelerators % facts.accelerators != 0
            else { continue }
            func isFar(_ value: Double?, _ size: Double) -> Bool {
                value.map { abs($0 - share * size) > 0.25 * share * size } ?? false
            }
            if isFar(amount.vcpu, Double(facts.vcpus)) {
                context.reportUneven(amount, facts, share * Double(facts.vcpus), "vCPUs", at: path / "vcpu")
            } else if isFar(amount.memoryGiB, facts.memoryGiB) {
                context.reportUneven(amount, facts, share * facts.memoryGiB, "GiB", at: path / "memory_gib")
            }
        }
    }

    private static let amountPaths: [ConfigPath] = [
        "task_governance.teams.quota", "task_governance.teams.sharing.absolute_borrow_limits",
    ]
}

extension ResourceQuota {
    /// Whether it gives any part of a machine.
    var hasParts: Bool {
        accelerators != nil || vcpu != nil || memoryGiB != nil || acceleratorPartition != nil
    }

    /// How many machines have the accelerators that are asked for; nil without any.
    func acceleratorShare(of facts: InstanceTypeFacts) -> Double? {
        guard let accelerators, accelerators > 0, facts.accelerators > 0 else { return nil }
        return Double(accelerators) / Double(facts.accelerators)
    }

    /// How many machines the amount needs, by its scarcest part.
    func share(of facts: InstanceTypeFacts) -> Double {
        if let count { return Double(count) }
        let shares = [
            facts.accelerators > 0 ? Double(accelerators ?? 0) / Double(facts.accelerators) : 0,
            facts.vcpus > 0 ? (vcpu ?? 0) / Double(facts.vcpus) : 0,
            facts.memoryGiB > 0 ? (memoryGiB ?? 0) / facts.memoryGiB : 0,
        ]
        return shares.max() ?? 0
    }
}

extension RuleContext {
    /// Every amount of a quota or borrow limit of teams with its place.
    static func locatedAmounts(_ teams: [Team]) -> [(path: ConfigPath, amount: ResourceQuota)] {
        let list: ConfigPath = "task_governance.teams"
        return teams.enumerated().flatMap { index, team in
            let base = list[index]
            let quota = team.quota.enumerated().map { (path: (base / "quota")[$0], amount: $1) }
            let limits = team.sharing.absoluteBorrowLimits.enumerated().map {
                (path: (base / "sharing" / "absolute_borrow_limits")[$0], amount: $1)
            }
            return quota + limits
        }
    }

    fileprivate mutating func reportParts(
        _ amount: ResourceQuota, _ need: Double, _ unit: String, at path: ConfigPath
    ) {
        report(
            "jobs with \(amount.accelerators ?? 0) accelerators of \(amount.instanceType) ask for "
                + "\(ConfigValue.number(need).flowText) \(unit)", at: path,
            fix: Diagnostic.Fix("leave it out, or write at least \(ConfigValue.number(need).flowText)"))
    }

    fileprivate mutating func reportUneven(
        _ amount: ResourceQuota, _ facts: InstanceTypeFacts, _ part: Double, _ unit: String, at path: ConfigPath
    ) {
        report(
            "\(amount.accelerators ?? 0) of \(facts.accelerators) accelerators go with "
                + "\(ConfigValue.number(part).flowText) \(unit)", at: path)
    }

    /// The place of the last quota of a type: the one that asks for too much.
    fileprivate func lastQuota(of type: InstanceType) -> ConfigPath? {
        for (index, team) in teams.enumerated().reversed() {
            guard let position = team.quota.lastIndex(where: { $0.instanceType == type }) else { continue }
            return (("task_governance.teams" as ConfigPath)[index] / "quota")[position] / "instance_type"
        }
        return nil
    }
}

extension Rule {
    /// The family GOV.
    static let governance = policy + teams + sharing + quotas
}

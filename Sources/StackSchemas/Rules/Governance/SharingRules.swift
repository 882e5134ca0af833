import Diagnostics

extension Rule {
    /// What sharing comes to when it is left to defaults, or cannot happen.
    static let sharing = [
        noWeights, defaultBorrowLimit, defaultPreemption, limitNeverBinds, unownedCapacity, preemptionWithoutFairShare,
        teamNameTooLong, unknownQuotaType, typeOfTemplatesOnly,
    ]

    private static let noWeights = Rule(
        "GOV031", .warning, "With fair sharing teams that borrow have weights.",
        because:
            "With weight 0 for all, nobody has a right to more idle capacity than others, and every one of them loses "
            + "against the first team that gets a weight.",
        source: "AWS docs: Task governance policies", reads: ["task_governance.fair_share", "task_governance.teams"]
    ) { context in
        guard let governance = context.stack.taskGovernance, governance.fairShare else { return }
        let borrowers = governance.teams.enumerated().filter { $0.element.sharing.strategy == .lendAndBorrow }
        guard borrowers.count > 1, governance.teams.allSatisfy({ $0.fairShareWeight == 0 }) else { return }
        context.report(
            "fair sharing is on, and no team has a weight", at: list[borrowers[0].offset] / "name",
            fix: Diagnostic.Fix("give the teams `fair_share_weight: 1` to 100, or set `fair_share: false`"))
    }

    private static let defaultBorrowLimit = Rule(
        "GOV032", .note, "How much a team may borrow is written down.",
        because: "What is left out is 50 percent of what the team owns.", source: "AWS docs: ResourceSharingConfig",
        reads: ["task_governance.teams.sharing"]
    ) { context in
        let silent = context.teams.enumerated().filter {
            $0.element.sharing.strategy == .lendAndBorrow && $0.element.sharing.borrowLimitPercent == nil
        }
        context.reportDefault("may borrow 50 percent of what it owns", "borrow 50 percent of what they own", silent)
    }

    private static let defaultPreemption = Rule(
        "GOV034", .note, "Whether a team's work pushes out its own is written down.",
        because: "What is left out is LowerPriority: running work goes when more urgent work of the team comes.",
        source: "AWS docs: ComputeQuotaConfig", reads: ["task_governance.teams.preempt_team_tasks"]
    ) { context in
        let silent = context.teams.enumerated().filter {
            context.config.span(of: list[$0.offset] / "preempt_team_tasks") == nil
        }
        context.reportDefault(
            "pushes out its own work of lower priority", "push out their own work of lower priority", silent)
    }

    private static let limitNeverBinds = Rule(
        "GOV033", .warning, "The limit of borrowing is one that can be reached.",
        because: "Beyond what all others lend, it limits nothing.", source: "AWS docs: ResourceSharingConfig",
        reads: ["task_governance.teams", "task_governance.idle_resource_sharing"]
    ) { context in
        guard let plan = context.plan, context.stack.taskGovernance?.idleResourceSharing != true else { return }
        for (index, team) in context.teams.enumerated() where team.sharing.strategy == .lendAndBorrow {
            guard let limit = team.sharing.borrowLimitPercent, plan.quotas.indices.contains(index) else { continue }
            for type in team.quota.map(\.instanceType).uniqued() {
                guard let facts = type.facts else { continue }
                func owned(_ place: Int) -> Double {
                    plan.quotas[place].resources.filter { $0.instanceType == type }
                        .reduce(0) { $0 + $1.share(of: facts) }
                }
                let others = context.teams.indices.filter {
                    $0 != index && context.teams[$0].sharing.strategy != .dontLend
                }
                let lent = others.reduce(0) { $0 + owned($1) }
                let mayBorrow = owned(index) * Double(limit) / 100
                guard !others.isEmpty, mayBorrow > lent + 1e-9 else { continue }
                context.report(
                    "\(limit) percent is \(rounded(mayBorrow)) × \(type), and the other teams have \(rounded(lent)) to lend",
                    at: list[index] / "sharing" / "borrow_limit_percent")
            }
        }
    }

    private static let unownedCapacity = Rule(
        "GOV035", .note, "All of the cluster belongs to a team, or idle capacity is shared.",
        because: "What no team owns is lent to nobody unless idle_resource_sharing is on.",
        source: "AWS docs: Task governance policies",
        reads: ["task_governance.teams.quota", "task_governance.idle_resource_sharing", "instance_groups"]
    ) { context in
        guard let governance = context.stack.taskGovernance, governance.idleResourceSharing != true,
            let plan = context.plan, !governance.teams.isEmpty
        else { return }
        let left = context.groups.flatMap(\.types).uniqued().compactMap { type -> String? in
            guard let facts = type.facts else { return nil }
            let nodes = context.groups.filter { $0.types.contains(type) }.reduce(0) { $0 + $1.count }
            let owned = plan.quotas.flatMap(\.resources).filter { $0.instanceType == type }
                .reduce(0.0) { $0 + $1.share(of: facts) }
            return Double(nodes) > owned + 1e-9 ? "\(rounded(Double(nodes) - owned)) × \(type)" : nil
        }
        guard !left.isEmpty else { return }
        context.report(
            "\(left.joined(separator: ", ")) belongs to no team", atKey: "task_governance.teams",
            fix: Diagnostic.Fix("set `idle_resource_sharing: true`, or give it to a team"))
    }

    private static let preemptionWithoutFairShare = Rule(
        "GOV036", .warning, "Work that borrows can take capacity back with fair sharing only.",
        because:
            "Without it a job that is larger than what its team owns waits until it fits, and pushes nothing out, not "
            + "even work of its own team.",
        source: "kubernetes-sigs/kueue: pkg/scheduler/flavorassigner",
        reads: ["task_governance.fair_share", "task_governance.teams.sharing"]
    ) { context in
        guard let governance = context.stack.taskGovernance, !governance.fairShare else { return }
        let borrowers = governance.teams.filter {
            $0.sharing.strategy == .lendAndBorrow && $0.sharing.borrowLimitPercent != 0
        }
        guard !borrowers.isEmpty else { return }
        context.report(
            "without fair sharing a job that has to borrow pushes nothing out", at: "task_governance.fair_share",
            notes: [
                Diagnostic.Note("\(borrowers.map { $0.name.text }.formatted(atMost: 5)) may borrow")
            ])
    }

    private static let teamNameTooLong = Rule(
        "GOV037", .error, "Names of teams have at most 51 characters.",
        because: "The namespace is hyperpod-ns-<team>, and Kubernetes names have at most 63.",
        source: "AWS docs: AWS::SageMaker::ComputeQuota; Kubernetes docs: Object Names and IDs",
        reads: ["task_governance.teams.name"]
    ) { context in
        for (index, team) in context.teams.enumerated() where team.name.text.count > 51 {
            context.report(
                "`\(team.name)` has \(team.name.text.count) characters, its namespace \(team.name.text.count + 12)",
                at: list[index] / "name")
        }
    }

    private static let unknownQuotaType = Rule(
        "GOV038", .error, "Quotas name machine types that there are.",
        because: "The API takes the types of a list, and refuses all others.",
        source: "AWS docs: AWS::SageMaker::ComputeQuota", reads: ["task_governance.teams"]
    ) { context in
        for (path, amount) in context.amounts where amount.instanceType.facts == nil {
            context.report("there is no machine type \(amount.instanceType)", at: path / "instance_type")
        }
    }

    private static let typeOfTemplatesOnly = Rule(
        "GOV039", .warning, "Quotas name machine types that the API of SageMaker knows.",
        because: "CloudFormation's schema lists more types than the API's model; there the request may fail.",
        source: "AWS docs: ComputeQuotaResourceConfig", reads: ["task_governance.teams.quota"]
    ) { context in
        for (path, amount) in context.amounts {
            let type = amount.instanceType.text
            let family = type.split(separator: ".").dropFirst().first.map(String.init) ?? ""
            guard amount.instanceType.facts != nil, !familiesOfAPI.contains(family) else { continue }
            context.report(
                "\(type) is a type of CloudFormation's schema, and none of the API's", at: path / "instance_type")
        }
    }

    private static let familiesOfAPI: Set = [
        "p4d", "p4de", "p5", "p5e", "p5en", "p6-b200", "p6-b300", "p6e-gb200", "trn1", "trn1n", "trn2", "g5", "g6",
        "gr6", "g6e", "g7e", "c5", "c5n", "c6i", "m5", "m6i", "m7i", "r5d", "r6i", "r7i", "i3en", "t3",
    ]

    private static func rounded(_ number: Double) -> String {
        ConfigValue.number((number * 100).rounded() / 100).flowText
    }

    private static let list: ConfigPath = "task_governance.teams"
}

extension RuleContext {
    /// Says once what teams get that leave something out.
    fileprivate mutating func reportDefault(
        _ one: String, _ many: String, _ teams: [EnumeratedSequence<[Team]>.Element]
    ) {
        guard let first = teams.first else { return }
        let names = teams.map { "`\($0.element.name)`" }.formatted(atMost: 5)
        report(
            teams.count == 1 ? "team \(names) \(one)" : "teams \(names) \(many)",
            at: ("task_governance.teams" as ConfigPath)[first.offset] / "name")
    }
}

extension [String] {
    /// The first few, and how many more there are.
    fileprivate func formatted(atMost count: Int) -> String {
        self.count <= count
            ? joined(separator: ", ")
            : prefix(count - 1).joined(separator: ", ") + " and \(self.count - count + 1) more"
    }
}

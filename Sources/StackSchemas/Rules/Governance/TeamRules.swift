import Diagnostics

extension Rule {
    /// Teams and what they lend and borrow.
    static let teams = [
        repeatedTeam, longTeamName, borrowLimitUnused, borrowLimitRange, fractionOfDevice, weightsUnused, mixedWeights,
        oneTeam, inactiveTeam, neverPreempt, sharedPoolName,
    ]

    private static let repeatedTeam = Rule(
        "GOV020", .error, "Every team is named once.", because: "A team has one namespace and one quota.",
        source: "AWS docs: AWS::SageMaker::ComputeQuota", reads: ["task_governance.teams.name"]
    ) { context in
        let teams = context.teams
        for (index, team) in teams.enumerated() {
            guard let first = teams[..<index].firstIndex(where: { $0.name == team.name }) else { continue }
            context.report(
                "there is a team `\(team.name)` already", at: list[index] / "name",
                notes: [context.note("first here", at: list[first] / "name")])
        }
    }

    private static let longTeamName = Rule(
        "GOV021", .warning, "Names of teams have at most 40 characters.",
        because:
            "The queue hyperpod-ns-<team>-localqueue is the value of a label, and those have at most 63 characters.",
        source: "AWS docs: AWS::SageMaker::ComputeQuota; Kubernetes docs: Labels and Selectors",
        reads: ["task_governance.teams.name"]
    ) { context in
        for (index, team) in context.teams.enumerated() where (41...51).contains(team.name.text.count) {
            context.report(
                "`\(team.name)` has \(team.name.text.count) characters; its queue's name has more than 63",
                at: list[index] / "name")
        }
    }

    private static let borrowLimitUnused = Rule(
        "GOV022", .warning, "Limits of borrowing are given to teams that borrow.", because: "They have no effect.",
        source: "AWS docs: ResourceSharingConfig", reads: ["task_governance.teams.sharing"]
    ) { context in
        for (index, team) in context.teams.enumerated() where team.sharing.strategy != .lendAndBorrow {
            let path = list[index] / "sharing"
            for key in context.changed(team.sharing, among: ["borrow_limit_percent", "absolute_borrow_limits"]) {
                context.report(
                    "`\(key)` has no effect with \(team.sharing.strategy.rawValue)", atKey: path / key,
                    notes: [context.note("the strategy is here", at: path / "strategy")],
                    fix: Diagnostic.Fix("make the strategy LendAndBorrow, or remove it"))
            }
        }
    }

    private static let borrowLimitRange = Rule(
        "GOV023", .warning, "The limit of borrowing is 1 to 500 percent.",
        because: "That is the range documented; the API takes up to 10000. With 0 nothing is ever borrowed.",
        source: "AWS docs: ResourceSharingConfig", reads: ["task_governance.teams.sharing"]
    ) { context in
        for (index, team) in context.teams.enumerated() where team.sharing.strategy == .lendAndBorrow {
            guard let limit = team.sharing.borrowLimitPercent, !(1...500).contains(limit) else { continue }
            context.report(
                limit == 0 ? "with 0 percent the team never borrows" : "\(limit) percent is above the documented 500",
                at: list[index] / "sharing" / "borrow_limit_percent")
        }
    }

    private static let fractionOfDevice = Rule(
        "GOV024", .warning, "A share of the quota is at least one device.",
        because: "Half of one GPU is none: the team could never borrow.", source: "AWS docs: ResourceSharingConfig",
        reads: ["task_governance.teams.sharing", "task_governance.teams.quota"]
    ) { context in
        for (index, team) in context.teams.enumerated() where team.sharing.strategy == .lendAndBorrow {
            let limit = team.sharing.borrowLimitPercent ?? 50
            guard limit > 0, team.sharing.absoluteBorrowLimits.isEmpty else { continue }
            for (position, quota) in team.quota.enumerated() {
                guard let perNode = quota.instanceType.facts?.accelerators, perNode > 0 else { continue }
                let owned = quota.accelerators ?? (quota.count ?? 0) * perNode
                guard owned > 0, owned * limit < 100 else { continue }
                context.report(
                    "\(limit) percent of \(owned) accelerators is less than one: the team never borrows",
                    at: (list[index] / "quota")[position] / "instance_type",
                    fix: Diagnostic.Fix("set `borrow_limit_percent` to \((100 + owned - 1) / owned) or more"))
            }
        }
    }

    private static let weightsUnused = Rule(
        "GOV025", .warning, "Weights are given with fair sharing.", because: "Without it they are not looked at.",
        source: "AWS docs: Task governance policies",
        reads: ["task_governance.fair_share", "task_governance.teams.fair_share_weight"]
    ) { context in
        guard let governance = context.stack.taskGovernance, !governance.fairShare else { return }
        for (index, team) in governance.teams.enumerated() where team.fairShareWeight > 0 {
            context.report(
                "the weight has no effect without fair sharing", at: list[index] / "fair_share_weight",
                notes: [context.note("fair sharing is off here", at: "task_governance.fair_share")])
        }
    }

    private static let mixedWeights = Rule(
        "GOV026", .warning, "With fair sharing every borrowing team has a weight, or none has.",
        because: "A team of weight 0 loses every contest for idle capacity against a team with a weight.",
        source: "AWS docs: Task governance policies",
        reads: ["task_governance.fair_share", "task_governance.teams"]
    ) { context in
        guard let governance = context.stack.taskGovernance, governance.fairShare else { return }
        let borrowers = governance.teams.enumerated().filter { $0.element.sharing.strategy == .lendAndBorrow }
        guard borrowers.contains(where: { $0.element.fairShareWeight > 0 }) else { return }
        for (index, team) in borrowers where team.fairShareWeight == 0 {
            context.report(
                "team `\(team.name)` has weight 0 and loses every contest for idle capacity",
                at: list[index] / "fair_share_weight")
        }
    }

    private static let oneTeam = Rule(
        "GOV027", .warning, "Sharing needs a team that borrows and another that lends.",
        because: "A team borrows what others leave idle.",
        source: "aws-samples/awsome-distributed-training: task-governance/README.md",
        reads: ["task_governance.teams", "task_governance.idle_resource_sharing"]
    ) { context in
        guard let governance = context.stack.taskGovernance, governance.idleResourceSharing != true else { return }
        for (index, team) in governance.teams.enumerated() where team.sharing.strategy == .lendAndBorrow {
            let hasLender = governance.teams.enumerated().contains { other in
                other.offset != index && other.element.sharing.strategy != .dontLend
            }
            guard !hasLender else { continue }
            context.report(
                "team `\(team.name)` borrows, but no other team lends", at: list[index] / "name",
                fix: Diagnostic.Fix("add a second team, or make its strategy Lend"))
        }
        guard !governance.teams.isEmpty,
            !governance.teams.contains(where: { $0.sharing.strategy == .lendAndBorrow })
        else { return }
        context.report(
            "no team may borrow: what one leaves idle stays idle", atKey: list,
            fix: Diagnostic.Fix("make the strategy of a team LendAndBorrow"))
    }

    private static let inactiveTeam = Rule(
        "GOV028", .warning, "Teams may submit work.", because: "The quota of an inactive team is reserved and unused.",
        source: "AWS docs: AWS::SageMaker::ComputeQuota", reads: ["task_governance.teams.active"]
    ) { context in
        for (index, team) in context.teams.enumerated() where !team.active {
            context.report("team `\(team.name)` may not submit work", at: list[index] / "active")
        }
    }

    private static let neverPreempt = Rule(
        "GOV029", .warning, "With several classes urgent work pushes out other work of the team.",
        because: "With Never the classes order the queue only; running work is never pushed out by its own team.",
        source: "AWS docs: ComputeQuotaConfig",
        reads: ["task_governance.teams.preempt_team_tasks", "task_governance.priority_classes"]
    ) { context in
        guard let governance = context.stack.taskGovernance, governance.priorityClasses.entries.count > 1 else {
            return
        }
        for (index, team) in governance.teams.enumerated() where team.preemptTeamTasks == .never {
            context.report(
                "the classes order the queue of team `\(team.name)` but push nothing out",
                at: list[index] / "preempt_team_tasks")
        }
    }

    private static let sharedPoolName = Rule(
        "GOV030", .note, "Names of teams do not begin with idle-resource-sharing.",
        because: "The add-on's own queues are named so.", source: "HyperPod task governance (observed)",
        reads: ["task_governance.teams.name"]
    ) { context in
        for (index, team) in context.teams.enumerated() where team.name.text.hasPrefix("idle-resource-sharing") {
            context.report("the add-on's own queues begin with idle-resource-sharing", at: list[index] / "name")
        }
    }

    private static let list: ConfigPath = "task_governance.teams"
}

extension RuleContext {
    /// The teams of task governance.
    var teams: [Team] { stack.taskGovernance?.teams ?? [] }
}

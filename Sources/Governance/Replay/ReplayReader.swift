/// Reads the policy of a replay: cohorts, queues, options.
enum ReplayReader {
    static func options(_ root: ReplayNode) throws -> KueueOptions {
        var options = KueueOptions()
        options.isFairSharing = false
        guard let node = root["options"] else { return options }
        if let version = node["kueue_version", "version", "addon_version"] {
            guard let read = KueueOptions(version: try version.text()) else {
                throw version.problem("`\(try version.text())` is no version; write 0.19 or v1.6")
            }
            options = read
            options.isFairSharing = false
        }
        if let fair = node["fair_sharing", "fair_share", "enable_fair_sharing"] {
            if fair.value.object != nil {
                options.isFairSharing = try fair["enable", "enabled"]?.bool() ?? true
                if let names = fair["preemption_strategies"] { options.strategies = try strategies(names) }
            } else {
                options.isFairSharing = try fair.bool()
            }
        }
        if let names = node["preemption_strategies", "fair_sharing_strategies"] {
            options.strategies = try strategies(names)
        }
        if let flag = node["preempt_within_nominal"] { options.preemptsWithinNominal = try flag.bool() }
        if let flag = node["non_borrowing_first"] { options.putsNonBorrowingFirst = try flag.bool() }
        if let flag = node["recompute_on_overlap"] { options.recomputesOnOverlap = try flag.bool() }
        if let flag = node["exact_share_arithmetic"] { options.hasExactShares = try flag.bool() }
        return options
    }

    private static func strategies(_ node: ReplayNode) throws -> [KueueOptions.FairSharingRule] {
        let known = Dictionary(uniqueKeysWithValues: KueueOptions.FairSharingRule.allCases.map { ($0.rawValue, $0) })
        let read = try node.items().map { try $0.choice(known) }
        return read.isEmpty ? KueueOptions.FairSharingRule.allCases : read
    }

    static func cohort(_ node: ReplayNode) throws -> Cohort {
        if let name = node.value.text { return Cohort(name: name) }
        var cohort = Cohort(name: try name(node), parent: try node["parent", "parent_name"].map { try $0.text() })
        if cohort.parent?.isEmpty == true { cohort.parent = nil }
        cohort.resourceGroups = try groups(node)
        cohort.fairWeight = try weight(node)
        return cohort
    }

    static func queue(_ node: ReplayNode) throws -> ClusterQueue {
        var queue = ClusterQueue(name: try name(node), cohort: try node["cohort", "cohort_name"].map { try $0.text() })
        if queue.cohort?.isEmpty == true { queue.cohort = nil }
        queue.resourceGroups = try groups(node)
        queue.fairWeight = try weight(node)
        if let preemption = node["preemption"] { queue.preemption = try self.preemption(preemption) }
        if let strategy = node["queueing_strategy"] {
            queue.queueingStrategy = try strategy.choice([
                "StrictFIFO": ClusterQueue.QueueingStrategy.strictFIFO, "BestEffortFIFO": .bestEffortFIFO,
                "": .bestEffortFIFO,
            ])
        }
        if let fungibility = node["flavor_fungibility", "fungibility"] {
            queue.fungibility = try self.fungibility(fungibility)
        }
        if let stop = node["stop_policy"] {
            queue.isActive = try stop.choice(["None": true, "Hold": false, "HoldAndDrain": false, "": true])
        }
        if let active = node["active"] { queue.isActive = try active.bool() }
        return queue
    }

    static func name(_ node: ReplayNode) throws -> String {
        guard let name = node["name"] else { throw node.problem("`name` is missing") }
        return try name.text()
    }

    private static func weight(_ node: ReplayNode) throws -> Double {
        guard var value = node["fair_weight", "fair_sharing", "weight"] else { return 1 }
        if value.value.object != nil {
            guard let inner = value["weight"] else { return 1 }
            value = inner
        }
        if let number = value.value.number, number >= 0 { return number }
        // Kubernetes writes a weight as a quantity; thousandths are fine enough.
        guard let text = value.value.text, let thousandths = Quantity.amount(text, of: "cpu"), thousandths >= 0 else {
            throw value.problem("a weight is a number of 0 or more")
        }
        return Double(thousandths) / 1000
    }

    private static func groups(_ node: ReplayNode) throws -> [ResourceGroup] {
        if let groups = node["resource_groups"] {
            return try groups.items().map { ResourceGroup(flavors: try flavors($0["flavors"])) }
        }
        let only = try flavors(node["flavors", "quotas"])
        return only.isEmpty ? [] : [ResourceGroup(flavors: only)]
    }

    private static func flavors(_ node: ReplayNode?) throws -> [FlavorQuotas] {
        try node?.items().map { flavor in
            var limits: [String: ResourceLimits] = [:]
            guard let resources = flavor["resources"] else {
                return FlavorQuotas(name: try name(flavor), resources: [:])
            }
            let named =
                resources.value.object == nil
                ? try resources.items().map { (try name($0), $0) } : try resources.members().map { ($0.name, $0.node) }
            for (resource, node) in named { limits[resource] = try self.limits(node, resource) }
            return FlavorQuotas(name: try name(flavor), resources: limits)
        } ?? []
    }

    private static func limits(_ node: ReplayNode, _ resource: String) throws -> ResourceLimits {
        if node.value.object == nil { return ResourceLimits(nominal: try node.amount(of: resource)) }
        return ResourceLimits(
            nominal: try node["nominal", "nominal_quota"]?.amount(of: resource) ?? 0,
            borrowingLimit: try node["borrowing_limit"]?.amount(of: resource),
            lendingLimit: try node["lending_limit"]?.amount(of: resource))
    }

    private static func preemption(_ node: ReplayNode) throws -> PreemptionPolicy {
        var policy = PreemptionPolicy()
        var scopes = Dictionary(uniqueKeysWithValues: PreemptionPolicy.Scope.allCases.map { ($0.rawValue, $0) })
        scopes[""] = .never
        if let scope = node["within_cluster_queue"] { policy.withinClusterQueue = try scope.choice(scopes) }
        if let scope = node["reclaim_within_cohort"] { policy.reclaimWithinCohort = try scope.choice(scopes) }
        guard let borrow = node["borrow_within_cohort"] else { return policy }
        let named = borrow.value.object == nil ? borrow : borrow["policy"]
        guard let named, try named.choice(["Never": false, "LowerPriority": true, "": false]) else { return policy }
        policy.borrowWithinCohort = PreemptionPolicy.BorrowWithinCohort(
            maxPriorityThreshold: try borrow["max_priority_threshold"]?.integer())
        return policy
    }

    private static func fungibility(_ node: ReplayNode) throws -> FlavorFungibility {
        var fungibility = FlavorFungibility()
        let words = ["TryNextFlavor": true, "MayStopSearch": false, "Borrow": false, "Preempt": false]
        if let value = node["when_can_borrow"] { fungibility.triesNextWhenBorrowing = try value.choice(words) }
        if let value = node["when_can_preempt"] { fungibility.triesNextWhenPreempting = try value.choice(words) }
        if let value = node["preference"] {
            fungibility.prefersPreemptionOverBorrowing = try value.choice([
                "PreemptionOverBorrowing": true, "BorrowingOverPreemption": false,
            ])
        }
        return fungibility
    }
}

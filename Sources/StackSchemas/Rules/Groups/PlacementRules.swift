import Diagnostics

extension Rule {
    /// Where groups are placed, and what they are placed with.
    static let placement = [
        typeNotInHyperPodRegion, typeNotInZone, typeNotInRegion, zoneWithoutSubnet, efaWithoutZone, trainingPlanRegion,
        trainingPlanSpot,
        trainingPlanZone, efaDevices, smallNodes, noNodes, lifecycleOfGroup, lifecycleRole,
    ]

    private static let typeNotInHyperPodRegion = Rule(
        "GRP032", .error, "HyperPod offers the machine type of a group in the region.",
        because: "CloudFormation refuses a cluster with a type that its schema for the region does not list.",
        source: "CloudFormation registry schema of AWS::SageMaker::Cluster by region (catalog)",
        reads: groupPaths + ["region"], isAnswerable: true
    ) { context in
        for group in context.groups {
            for type in group.types where Catalog.regions.offers(type, in: context.stack.region) == false {
                context.report(
                    "CloudFormation does not list \(type) for HyperPod in \(context.stack.region)", at: group.typePath,
                    fix: Diagnostic.Fix("take another type; if AWS lists it by now, say so: \(answer("GRP032"))"))
            }
        }
    }

    private static let typeNotInZone = Rule(
        "GRP020", .warning, "The zone of a group offers its machine type.",
        because: "Without an offer there is never capacity, and the stack rolls back after a long wait.",
        source: "EC2 DescribeInstanceTypeOfferings (catalog)", reads: groupPaths + ["region"]
    ) { context in
        for group in context.groups {
            guard let zone = group.zone else { continue }
            for type in group.types where Catalog.regions.offers(type, in: zone) == false {
                let zones = Catalog.regions.zones(offering: type, in: context.stack.region)
                let list =
                    zones.isEmpty
                    ? "no zone of \(context.stack.region) offers it"
                    : "it is offered in \(zones.joined(separator: ", "))"
                context.report(
                    "zone \(zone) does not offer \(type)", at: group.path / "availability_zone",
                    notes: [Diagnostic.Note(list)])
            }
        }
    }

    private static let typeNotInRegion = Rule(
        "GRP021", .warning, "A zone with nodes offers the machine type of a group without a zone.",
        because: "Without an offer there is never capacity, and the stack rolls back after a long wait.",
        source: "EC2 DescribeInstanceTypeOfferings (catalog)", reads: groupPaths + ["region", "vpc"]
    ) { context in
        guard let zones = context.plan?.nodeZones, !zones.isEmpty else { return }
        for group in context.groups where group.zone == nil {
            for type in group.types {
                let offers = zones.map { Catalog.regions.offers(type, in: $0) }
                guard offers.allSatisfy({ $0 == false }) else { continue }
                let others = Catalog.regions.zones(offering: type, in: context.stack.region)
                let list =
                    others.isEmpty
                    ? "no zone of \(context.stack.region) offers it"
                    : "it is offered in \(others.joined(separator: ", "))"
                context.report(
                    "none of the zones \(zones.map(\.text).joined(separator: ", ")) offers \(type)",
                    at: group.path / "name", notes: [Diagnostic.Note(list)])
            }
        }
    }

    private static let zoneWithoutSubnet = Rule(
        "GRP022", .error, "The zone of a group has a subnet for nodes.",
        because: "A group is placed by the subnet of its zone.", source: "AWS docs: AWS::SageMaker::Cluster",
        reads: groupPaths + ["vpc"]
    ) { context in
        guard let zones = context.plan?.nodeZones, !zones.isEmpty else { return }
        for group in context.groups {
            guard let zone = group.zone, !zones.contains(zone) else { continue }
            context.report(
                "there is no node subnet in zone \(zone)", at: group.path / "availability_zone",
                notes: [Diagnostic.Note("there are node subnets in \(zones.map(\.text).joined(separator: ", "))")],
                fix: Diagnostic.Fix("add the zone to `vpc.availability_zones`, or take one of these"))
        }
    }

    private static let efaWithoutZone = Rule(
        "GRP023", .warning, "A group of nodes with EFA has its zone named.",
        because: "EFA traffic does not cross zones; nodes of one group in several zones never become healthy.",
        source: "AWS docs: Prerequisites for using SageMaker HyperPod", reads: groupPaths + ["vpc"]
    ) { context in
        guard let zones = context.plan?.nodeZones, zones.count > 1 else { return }
        for group in context.groups where group.zone == nil && group.count > 1 {
            guard let facts = group.facts, facts.efaInterfaces > 0 else { continue }
            context.report(
                "\(group.types[0]) has EFA, which does not cross zones: name the zone of group `\(group.name)`",
                at: group.path / "name",
                fix: Diagnostic.Fix("add `availability_zone: \(zones[0])`, or another zone that offers the type"))
        }
    }

    private static let trainingPlanRegion = Rule(
        "GRP024", .error, "A training plan belongs to the region.", because: "Its capacity is there.",
        source: "AWS docs: Use Amazon SageMaker training plans with HyperPod",
        reads: ["region", "instance_groups.training_plan_arn", "restricted_instance_groups.training_plan_arn"]
    ) { context in
        for (path, plan) in context.trainingPlans where plan.region != context.stack.region.text {
            context.report("this training plan is in \(plan.region), not in \(context.stack.region)", at: path)
        }
    }

    private static let trainingPlanSpot = Rule(
        "GRP025", .error, "Capacity of a training plan is no spot capacity.",
        because: "A group takes its capacity from one of the two.", source: "AWS docs: ClusterCapacityRequirements",
        reads: ["instance_groups.training_plan_arn", "instance_groups.capacity_type"]
    ) { context in
        for (path, group) in context.ordinaryGroups where group.trainingPlanARN != nil && group.capacityType == .spot {
            context.report("spot capacity excludes a training plan", at: path / "capacity_type")
        }
    }

    private static let trainingPlanZone = Rule(
        "GRP026", .warning, "A group with a training plan has its zone named.",
        because: "The plan's capacity is in one zone, and the group's subnet has to be there.",
        source: "AWS docs: Use Amazon SageMaker training plans with HyperPod", reads: groupPaths + ["vpc"]
    ) { context in
        guard let zones = context.plan?.nodeZones, zones.count > 1 else { return }
        for (path, _) in context.trainingPlans {
            guard let group = context.groups.first(where: { $0.path == path.parent }), group.zone == nil else {
                continue
            }
            context.report(
                "the capacity of a training plan is in one zone: name it", at: path,
                fix: Diagnostic.Fix("add `availability_zone` with the zone of the plan"))
        }
    }

    private static let efaDevices = Rule(
        "GRP027", .warning, "Only types with EFA have a network interface type.",
        because: "There are no devices that it could apply to.", source: "AWS docs: AWS::SageMaker::Cluster",
        reads: ["instance_groups.network_interface_type", "instance_groups.instance_type"]
    ) { context in
        for (path, group) in context.ordinaryGroups where group.networkInterfaceType != nil {
            guard let type = group.types.first(where: { $0.facts?.efaInterfaces == 0 }) else { continue }
            context.report("\(type) has no EFA devices", at: path / "network_interface_type")
        }
    }

    private static let smallNodes = Rule(
        "GRP028", .warning, "Add-ons have a node that holds their pods.",
        because: "A node with 14 pods does not even hold the add-ons; they stay Pending.",
        source: "awslabs/ai-on-sagemaker-hyperpod issue 142", reads: groupPaths + ["addons", "task_governance"]
    ) { context in
        let stack = context.stack
        let hasAddons = stack.taskGovernance != nil || stack.addons.all.contains { $0.addon.enabled }
        let pods = context.groups.filter { $0.count > 0 }.map { $0.facts?.maximumPods }
        guard hasAddons, !pods.isEmpty, pods.allSatisfy({ $0.map { $0 <= 14 } ?? false }) else { return }
        let most = pods.compactMap { $0 }.max() ?? 0
        context.report(
            "no node runs more than \(most) pods, too few for the add-ons that are switched on", at: "instance_groups",
            fix: Diagnostic.Fix("add a node of a 4xlarge type or larger, such as ml.m5.4xlarge"))
    }

    private static let noNodes = Rule(
        "GRP029", .warning, "Add-ons have a node to run on.",
        because: "Their controllers are pods; without a node the add-on does not become active and the stack fails.",
        source: "aws-samples/awsome-distributed-training: hyperpod-eks-tf/scripts/wait-for-hyperpod-nodes.sh",
        reads: groupPaths + ["addons", "task_governance"]
    ) { context in
        let stack = context.stack
        let hasAddons = stack.taskGovernance != nil || stack.addons.all.contains { $0.addon.enabled }
        guard hasAddons, !context.groups.isEmpty, context.groups.allSatisfy({ $0.count == 0 }) else { return }
        context.report("no group has a node on which the add-ons could run", at: "instance_groups")
    }

    private static let lifecycleOfGroup = Rule(
        "GRP030", .error, "A group's own script has its own address.",
        because: "The name is relative to the address; without one it names nothing.",
        source: "AWS docs: ClusterLifeCycleConfig",
        reads: ["instance_groups.lifecycle_on_create", "instance_groups.lifecycle_s3_uri"]
    ) { context in
        for (path, group) in context.ordinaryGroups where group.lifecycleOnCreate != nil && group.lifecycleS3URI == nil
        {
            context.report(
                "`lifecycle_on_create` needs `lifecycle_s3_uri`", at: path / "lifecycle_on_create",
                fix: Diagnostic.Fix("add `lifecycle_s3_uri: s3://…`"))
        }
    }

    private static let lifecycleRole = Rule(
        "GRP031", .warning, "A role of one's own may read the scripts.",
        because: "AWS's managed policy for nodes reads only buckets whose names begin with sagemaker-.",
        source: "AWS docs: AWS managed policies for HyperPod",
        reads: ["instance_groups", "iam.execution_role_arn", "lifecycle"]
    ) { context in
        for (path, group) in context.ordinaryGroups {
            guard group.executionRoleARN != nil || context.stack.iam.executionRoleARN != nil,
                let uri = group.lifecycleS3URI, !uri.bucket.hasPrefix("sagemaker-")
            else { continue }
            context.report(
                "the role has to be allowed to read bucket \(uri.bucket)", at: path / "lifecycle_s3_uri",
                fix: Diagnostic.Fix("give the role s3:GetObject and s3:ListBucket on the bucket"))
        }
    }

    static let groupPaths: [ConfigPath] = ["instance_groups", "restricted_instance_groups"]
}

extension RuleContext {
    /// The training plans of groups with their places.
    var trainingPlans: [(path: ConfigPath, plan: ARN<TrainingPlan>)] {
        let ordinary = ordinaryGroups.compactMap { path, group in
            group.trainingPlanARN.map { (path: path / "training_plan_arn", plan: $0) }
        }
        let restricted = stack.restrictedInstanceGroups.enumerated().compactMap { index, group in
            group.trainingPlanARN.map {
                (path: ("restricted_instance_groups" as ConfigPath)[index] / "training_plan_arn", plan: $0)
            }
        }
        return ordinary + restricted
    }
}

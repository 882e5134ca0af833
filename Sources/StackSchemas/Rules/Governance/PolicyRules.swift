import Diagnostics

extension Rule {
    /// What task governance needs, and its classes.
    static let policy = [
        governanceNewestVersion, governanceTypes, governanceRestricted, governanceOperator,
        noClasses, equalWeights, zeroWeight, classSuffix, idleSharingUnused, descriptionText,
    ]

    private static let governanceNewestVersion = Rule(
        "GOV002", .warning, "Task governance has Kubernetes 1.34, or an add-on before 1.6.0.",
        because:
            "Field reports say that add-on 1.6 (Kueue 0.19), which EKS installs unless another one is pinned, needs "
            + "an API of Kubernetes 1.34. AWS documents 1.30.",
        source: "hi-space/aws-physical-ai-recipes: hyperpod-training/README.md (field report)",
        reads: ["task_governance.addon_version", "eks.version"]
    ) { context in
        guard let governance = context.stack.taskGovernance, context.stack.eks.version < "1.34",
            context.stack.eks.version >= "1.30"
        else { return }
        if let version = governance.addonVersion, version.isBefore([1, 6, 0]) { return }
        let addon = governance.addonVersion.map { "add-on \($0)" } ?? "the add-on that EKS chooses"
        context.report(
            "\(addon) may need Kubernetes 1.34, here it is \(context.stack.eks.version)",
            at: governance.addonVersion == nil ? "eks.version" : "task_governance.addon_version",
            fix: Diagnostic.Fix("take Kubernetes 1.34, or pin `task_governance.addon_version` before v1.6.0"))
    }

    private static let governanceTypes = Rule(
        "GOV003", .note, "Where CloudFormation lacks the types of task governance, the APIs make policy and quotas.",
        because:
            "CloudFormation refuses the whole template when one of its types is missing, so the template leaves them out.",
        source: "CloudFormation registry schemas (catalog)", reads: ["task_governance", "region"]
    ) { context in
        let missing = context.stack.missingGovernanceTypes
        guard !missing.isEmpty, let region = Catalog.regions[context.stack.region] else { return }
        context.report(
            "CloudFormation has no \(missing.joined(separator: " and no ")) in \(region.name): add-on, policy and quotas "
                + "are no part of the stack, and are applied through the APIs once it is complete",
            atKey: "task_governance",
            notes: [
                Diagnostic.Note("`stackgen create --wait` does that; after others: `stackgen governance apply`"),
                context.note("the region is chosen here", at: "region"),
            ])
    }

    private static let governanceRestricted = Rule(
        "GOV004", .error, "Clusters with restricted groups have no task governance and no such add-ons.",
        because: "AWS supports neither task governance nor observability, training operator or inference with them.",
        source: "aws-samples/awsome-distributed-training: hyperpod-eks-tf README (RIG mode)",
        reads: ["task_governance", "restricted_instance_groups", "addons"]
    ) { context in
        guard !context.stack.restrictedInstanceGroups.isEmpty else { return }
        let note = context.note("the restricted groups are here", at: "restricted_instance_groups")
        if context.stack.taskGovernance != nil {
            context.report("restricted groups exclude task governance", atKey: "task_governance", notes: [note])
        }
        let excluded = ["training_operator", "observability", "inference"]
        for item in context.stack.addons.all where item.addon.enabled && excluded.contains(item.key) {
            context.report(
                "restricted groups exclude `\(item.key)`", at: "addons" / item.key / "enabled", notes: [note],
                fix: context.replacement(of: "addons" / item.key / "enabled", with: "false"))
        }
    }

    private static let governanceOperator = Rule(
        "GOV005", .error, "Beside the training operator task governance is at least 1.3.0.",
        because: "Earlier versions do not know the operator's jobs.",
        source: "AWS docs: Installing the training operator",
        reads: ["task_governance.addon_version", "addons.training_operator"]
    ) { context in
        guard context.stack.addons.trainingOperator.enabled, let version = context.stack.taskGovernance?.addonVersion,
            version.isBefore([1, 3, 0])
        else { return }
        context.report(
            "the training operator needs task governance v1.3.0, here it is \(version)",
            at: "task_governance.addon_version")
    }

    private static let noClasses = Rule(
        "GOV006", .warning, "There are priority classes.",
        because: "Work without a class has no priority and is missing in the console's list of tasks.",
        source: "AWS docs: Task governance policies", reads: ["task_governance.priority_classes"]
    ) { context in
        guard let governance = context.stack.taskGovernance, governance.priorityClasses.isEmpty else { return }
        context.report(
            "there are no priority classes", at: "task_governance.priority_classes",
            fix: Diagnostic.Fix(
                "add `priority_classes: {inference: 90, experimentation: 80, training: 70, fine-tuning: 50}`"))
    }

    private static let equalWeights = Rule(
        "GOV007", .warning, "Priority classes have different weights.",
        because: "Between classes of one weight nothing goes first and nothing is pushed out.",
        source: "AWS docs: Task governance policies", reads: ["task_governance.priority_classes"]
    ) { context in
        let classes = context.stack.taskGovernance?.priorityClasses.entries ?? []
        for (index, entry) in classes.enumerated() {
            guard let other = classes[..<index].first(where: { $0.value == entry.value }) else { continue }
            context.report(
                "class `\(entry.key)` weighs as much as `\(other.key)`", at: classPath(entry.key.text),
                notes: [context.note("the other class is here", at: classPath(other.key.text))])
        }
    }

    private static let zeroWeight = Rule(
        "GOV008", .warning, "Priority classes weigh more than 0.", because: "Weight 0 is the same as no class.",
        source: "AWS docs: Task governance policies", reads: ["task_governance.priority_classes"]
    ) { context in
        for entry in context.stack.taskGovernance?.priorityClasses.entries ?? [] where entry.value == 0 {
            context.report("class `\(entry.key)` weighs as much as no class", at: classPath(entry.key.text))
        }
    }

    private static let classSuffix = Rule(
        "GOV009", .warning, "Names of classes do not end in -priority and have at most 54 characters.",
        because:
            "The Kubernetes object is named <class>-priority; the word would stand there twice. Its name is the value "
            + "of a label, and those have at most 63 characters.",
        source: "aws-samples/awsome-distributed-training: task-governance/README.md",
        reads: ["task_governance.priority_classes"]
    ) { context in
        for entry in context.stack.taskGovernance?.priorityClasses.entries ?? [] {
            let (name, path) = (entry.key.text, classPath(entry.key.text))
            if name.hasSuffix("-priority") {
                context.report(
                    "the Kubernetes class will be named \(name)-priority", atKey: path,
                    fix: context.config.keySpan(of: path).map {
                        .replace($0, with: String(name.dropLast("-priority".count)))
                    })
            } else if name.count > 54 {
                context.report("the Kubernetes class will have a name of \(name.count + 9) characters", atKey: path)
            }
        }
    }

    private static let idleSharingUnused = Rule(
        "GOV010", .warning, "Where idle capacity is shared, a team may borrow.", because: "Nobody would get it.",
        source: "AWS docs: AWS::SageMaker::ClusterSchedulerConfig",
        reads: ["task_governance.idle_resource_sharing", "task_governance.teams.sharing"]
    ) { context in
        guard let governance = context.stack.taskGovernance, governance.idleResourceSharing == true,
            !governance.teams.contains(where: { $0.sharing.strategy == .lendAndBorrow })
        else { return }
        context.report("no team may borrow the idle capacity", at: "task_governance.idle_resource_sharing")
    }

    private static let descriptionText = Rule(
        "GOV011", .error, "Descriptions of policy and quotas are one line.",
        because: "The API takes letters, marks, separators, symbols, numbers and punctuation, no line breaks and tabs.",
        source: "AWS docs: CreateClusterSchedulerConfig",
        reads: ["task_governance.description", "task_governance.teams.description"]
    ) { context in
        var paths: [ConfigPath] = []
        if hasControl(context.stack.taskGovernance?.description) { paths.append("task_governance.description") }
        for (index, team) in context.teams.enumerated() where hasControl(team.description) {
            paths.append(("task_governance.teams" as ConfigPath)[index] / "description")
        }
        for path in paths {
            context.report("this description has a line break, a tab or another control character", at: path)
        }
    }

    private static func hasControl(_ text: DescriptionText?) -> Bool {
        text?.text.unicodeScalars.contains { $0.properties.generalCategory == .control } ?? false
    }

    private static func classPath(_ name: String) -> ConfigPath { "task_governance.priority_classes" / name }
}

import Diagnostics

extension Rule {
    /// The family HLM: the HyperPod Helm chart.
    static let helm = [
        chartNeeded, installerEndpoint, installerRanges, unknownOperator, twoDevicePlugins, healthAgentOff,
        devicePluginOff, healthAgentImage,
    ]

    private static let chartNeeded = Rule(
        "HLM001", .error, "A new EKS cluster gets the Helm chart.",
        because: "HyperPod refuses to attach to a cluster without its dependencies.",
        source: "AWS docs: Installing packages on the Amazon EKS cluster using Helm",
        reads: ["helm.install", "eks.existing_cluster"]
    ) { context in
        guard !context.stack.helm.install, context.stack.eks.existingCluster == nil else { return }
        context.report(
            "a new EKS cluster needs the Helm chart", at: "helm.install",
            fix: context.replacement(of: "helm.install", with: "true"))
    }

    private static let installerEndpoint = Rule(
        "HLM002", .error, "The Helm installer reaches the API server.",
        because: "AWS's installer is a function outside the VPC: it needs the public endpoint.",
        source: "aws/sagemaker-hyperpod-cluster-setup: eks/cloudformation/helm-chart-template.yaml",
        reads: ["helm.install", "eks.endpoint_public_access", "eks.existing_cluster"]
    ) { context in
        let stack = context.stack
        guard stack.helm.install, stack.eks.existingCluster == nil, !stack.eks.endpointPublicAccess,
            stack.eks.endpointPrivateAccess
        else { return }
        context.report(
            "the Helm installer cannot reach the API server without the public endpoint",
            at: "eks.endpoint_public_access",
            fix: context.replacement(of: "eks.endpoint_public_access", with: "true"))
    }

    private static let installerRanges = Rule(
        "HLM003", .warning, "The public endpoint is open to the Helm installer.",
        because: "AWS's installer is a function outside the VPC; its address is not known before and lies in none of "
            + "the ranges.",
        source: "aws/sagemaker-hyperpod-cluster-setup: eks/cloudformation/helm-chart-template.yaml",
        reads: ["helm.install", "eks.public_access_cidrs", "eks.endpoint_public_access", "eks.existing_cluster"]
    ) { context in
        let stack = context.stack
        guard stack.helm.install, stack.eks.existingCluster == nil, stack.eks.endpointPublicAccess,
            !stack.eks.publicAccessCIDRs.isEmpty, !stack.eks.publicAccessCIDRs.contains("0.0.0.0/0")
        else { return }
        context.report(
            "the Helm installer probably cannot reach an API server that is open to these ranges only",
            atKey: "eks.public_access_cidrs", fix: Diagnostic.Fix("restrict the endpoint after the stack was created"))
    }

    private static let unknownOperator = Rule(
        "HLM004", .warning, "The switches of the chart are known.",
        because: "Helm ignores values that no chart reads.",
        source: "aws/sagemaker-hyperpod-cli: helm_chart/HyperPodHelmChart/Chart.yaml", reads: ["helm.operators"]
    ) { context in
        let known = ChartOperators.defaults + ChartOperators.optional
        for entry in context.stack.helm.operators.entries where !known.contains(entry.key.text) {
            let path = "helm.operators" / entry.key.text
            let nearest = Spelling.nearest(to: entry.key.text, in: known)
            context.report(
                "the chart has no part `\(entry.key)` in the catalog", atKey: path,
                label: nearest.map { "did you mean `\($0)`?" },
                fix: nearest.flatMap { name in context.config.keySpan(of: path).map { .replace($0, with: name) } })
        }
    }

    private static let twoDevicePlugins = Rule(
        "HLM005", .error, "gpu-operator and nvidia-device-plugin are not both on.",
        because: "Each brings a device plugin, and two of them hand out the same GPUs.",
        source: "aws/sagemaker-hyperpod-cli: helm_chart/HyperPodHelmChart/values.yaml", reads: ["helm.operators"]
    ) { context in
        let operators = context.stack.helm.operators
        guard ChartOperators.isOn("gpu-operator", operators), ChartOperators.isOn("nvidia-device-plugin", operators)
        else { return }
        context.report(
            "gpu-operator brings its own device plugin", atKey: "helm.operators.gpu-operator",
            fix: Diagnostic.Fix("add `nvidia-device-plugin: false`"))
    }

    private static let healthAgentOff = Rule(
        "HLM006", .error, "Automatic node recovery has the health monitoring agent.",
        because: "The agent finds the faults; without it no node is ever replaced.",
        source: "AWS docs: Getting started with Amazon EKS support in SageMaker HyperPod",
        reads: ["helm", "hyperpod.node_recovery"]
    ) { context in
        let stack = context.stack
        guard stack.helm.install, stack.hyperpod.nodeRecovery == .automatic,
            !ChartOperators.isOn("health-monitoring-agent", stack.helm.operators)
        else { return }
        context.report(
            "automatic node recovery needs the health monitoring agent", at: "helm.operators.health-monitoring-agent",
            fix: Diagnostic.Fix("remove the switch, or set `hyperpod.node_recovery` to None"))
    }

    private static let devicePluginOff = Rule(
        "HLM007", .warning, "The device plugins of the machine types are on.",
        because: "Without its plugin Kubernetes does not see the accelerators or the network devices of a node.",
        source: "aws/sagemaker-hyperpod-cli: helm_chart/HyperPodHelmChart/Chart.yaml",
        reads: ["helm", "instance_groups", "restricted_instance_groups"]
    ) { context in
        guard context.stack.helm.install else { return }
        let operators = context.stack.helm.operators
        let facts = context.groups.compactMap(\.facts)
        let hasGPUPlugin =
            ChartOperators.isOn("nvidia-device-plugin", operators) || ChartOperators.isOn("gpu-operator", operators)
        let needs: [(String, Bool)] = [
            ("nvidia-device-plugin", !hasGPUPlugin && facts.contains { $0.gpus > 0 }),
            ("neuron-device-plugin", facts.contains { $0.neuronDevices > 0 }),
            ("aws-efa-k8s-device-plugin", facts.contains { $0.efaInterfaces > 0 }),
        ]
        for (plugin, isNeeded) in needs where isNeeded && !ChartOperators.isOn(plugin, operators) {
            context.report("the machine types of this cluster need \(plugin)", at: "helm.operators" / plugin)
        }
    }

    private static let healthAgentImage = Rule(
        "HLM008", .note, "The health monitoring agent has an image in the region.",
        because: "In other regions its image is pulled from us-east-1.",
        source: "aws/sagemaker-hyperpod-cli: charts/health-monitoring-agent/templates/_helpers.tpl",
        reads: ["region", "helm"]
    ) { context in
        guard context.stack.helm.install, let region = Catalog.regions[context.stack.region],
            region.cloudFormationTypes.contains("AWS::SageMaker::Cluster"), !region.hasHealthAgentImage
        else { return }
        context.report("the image of the health monitoring agent comes from us-east-1", at: "region")
    }
}

import Diagnostics

extension Rule {
    /// The family ADD: add-ons of EKS.
    static let addons = [
        certificatesNeeded, configurationText, unusedAddonSettings, driverWithoutFileSystem, certificatesTwice,
        inferenceTwice,
    ]

    private static let certificatesNeeded = Rule(
        "ADD001", .warning, "The training operator has cert-manager.",
        because: "Its webhooks take their certificates from there; without it the add-on does not become active.",
        source: "AWS docs: Installing the training operator",
        reads: ["addons.training_operator", "addons.cert_manager", "helm", "eks.existing_cluster"]
    ) { context in
        let stack = context.stack
        let chartBringsIt = stack.helm.install && ChartOperators.isOn("cert-manager", stack.helm.operators)
        guard stack.addons.trainingOperator.enabled, !stack.addons.certManager.enabled, !chartBringsIt,
            stack.eks.existingCluster == nil
        else { return }
        context.report(
            "the training operator needs cert-manager", at: "addons.training_operator.enabled",
            fix: Diagnostic.Fix("add `cert_manager: {enabled: true}` under `addons`"))
    }

    private static let configurationText = Rule(
        "ADD002", .error, "The configuration of an add-on is a JSON object.",
        because: "EKS checks it against the add-on's schema and refuses anything else.",
        source: "AWS docs: CreateAddon",
        reads: ["addons"]
    ) { context in
        for item in context.stack.addons.all {
            guard let text = item.addon.configuration, !JSONCheck.isObject(text) else { continue }
            context.report("this is not a JSON object", at: "addons" / item.key / "configuration")
        }
    }

    private static let unusedAddonSettings = Rule(
        "ADD003", .warning, "Settings are given to add-ons that are on.", because: "They have no effect.",
        source: "stackgen: reference of `addons`", reads: ["addons"]
    ) { context in
        for item in context.stack.addons.all where !item.addon.enabled {
            for key in context.changed(item.addon, among: ["version", "configuration"]) {
                context.report(
                    "`\(key)` has no effect: `\(item.key)` is off", atKey: "addons" / item.key / key,
                    fix: Diagnostic.Fix("set `addons.\(item.key).enabled` to true, or remove it"))
            }
        }
    }

    private static let driverWithoutFileSystem = Rule(
        "ADD004", .warning, "The Lustre driver has a version only where it is installed.", because: "It has no effect.",
        source: "stackgen: reference of `addons`", reads: ["addons.fsx_csi_version", "fsx"]
    ) { context in
        guard context.stack.addons.fsxCSIVersion != nil, context.stack.fsx?.csiDriver != true else { return }
        context.report(
            "`fsx_csi_version` has no effect: the driver is not installed", at: "addons.fsx_csi_version",
            fix: Diagnostic.Fix("remove it"))
    }

    private static let certificatesTwice = Rule(
        "ADD005", .error, "cert-manager is installed once.",
        because: "The chart and the add-on make the same objects, and the second one fails.",
        source: "aws/sagemaker-hyperpod-cli: helm_chart/HyperPodHelmChart/Chart.yaml",
        reads: ["addons.cert_manager", "helm"]
    ) { context in
        let stack = context.stack
        guard stack.addons.certManager.enabled, stack.helm.install,
            ChartOperators.isOn("cert-manager", stack.helm.operators)
        else { return }
        context.report(
            "the Helm chart installs cert-manager as well", at: "addons.cert_manager.enabled",
            notes: [context.note("it is switched on here", at: "helm.operators.cert-manager")])
    }

    private static let inferenceTwice = Rule(
        "ADD006", .error, "The inference operator is installed once.",
        because: "The chart and the add-on make the same objects, and the second one fails.",
        source: "aws/sagemaker-hyperpod-cli: helm_chart/HyperPodHelmChart/Chart.yaml",
        reads: ["addons.inference", "helm"]
    ) { context in
        let stack = context.stack
        guard stack.addons.inference.enabled, stack.helm.install,
            ChartOperators.isOn("inferenceOperators", stack.helm.operators)
        else { return }
        context.report(
            "the Helm chart installs the inference operator as well", at: "addons.inference.enabled",
            notes: [context.note("it is switched on here", at: "helm.operators.inferenceOperators")])
    }
}

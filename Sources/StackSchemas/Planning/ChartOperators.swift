/// The switches of the HyperPod Helm chart (aws/sagemaker-hyperpod-cli: helm_chart/HyperPodHelmChart/Chart.yaml).
enum ChartOperators {
    /// The parts of the chart that are on unless switched off, in the order of AWS's own stack.
    static let defaults = [
        "mlflow", "trainingOperators", "cluster-role-and-bindings", "namespaced-role-and-bindings",
        "nvidia-device-plugin", "neuron-device-plugin", "aws-efa-k8s-device-plugin", "mpi-operator",
        "health-monitoring-agent", "deep-health-check", "job-auto-restart", "hyperpod-patching",
    ]

    /// The parts of the chart that are off unless switched on.
    static let optional = ["inferenceOperators", "gpu-operator", "cert-manager", "team-role-and-bindings", "storage"]

    /// Whether a part is on.
    static func isOn(_ name: String, _ overrides: TextMap<OperatorName, Bool>) -> Bool {
        overrides[name] ?? defaults.contains(name)
    }

    /// The text that the chart is installed with. The health monitoring agent is told its region, since it could
    /// find that out only from nodes, which do not exist yet.
    static func switches(_ overrides: TextMap<OperatorName, Bool>, region: Region) -> String {
        if overrides.isEmpty { return defaultSwitches + "health-monitoring-agent.region=\(region.text)" }
        let added = overrides.entries.map(\.key.text).filter { !defaults.contains($0) }
        let switches = (defaults + added).map { name in "\(key(name))=\(isOn(name, overrides))" }
        return (switches + ["health-monitoring-agent.region=\(region.text)"]).joined(separator: ",")
    }

    /// What the chart is installed with when nothing is said, but for the region.
    private static let defaultSwitches = defaults.map { "\(key($0))=true," }.joined()

    /// Device plugins have their switch one level deeper.
    private static func key(_ name: String) -> String {
        name.hasSuffix("device-plugin") ? name + ".devicePlugin.enabled" : name + ".enabled"
    }
}

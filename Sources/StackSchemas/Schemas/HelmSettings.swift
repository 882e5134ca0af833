/// The Helm chart that HyperPod needs on the EKS cluster.
public struct HelmSettings: Record {
    /// Whether the chart is installed.
    public var install = true
    /// A mirror of the bucket in which AWS keeps the installer.
    public var bucket: BucketName?
    /// The namespace of the release.
    public var namespace: KubernetesName = "kube-system"
    /// The name of the release.
    public var releaseName: KubernetesName = "dependencies"
    /// Where the chart is kept.
    public var repositoryURL: HTTPSURL = "https://github.com/aws/sagemaker-hyperpod-cli.git"
    /// The folder of the chart.
    public var repositoryPath: FilePath = "helm_chart/HyperPodHelmChart"
    /// Parts of the chart that are switched on or off.
    public var operators: TextMap<OperatorName, Bool> = [:]

    /// All defaults.
    public init() {}

    /// The fields.
    public static let schema = RecordSchema<HelmSettings>(
        "helm", "The Helm chart that HyperPod needs on the EKS cluster, installed by AWS's published nested stack."
    ) {
        Field(
            "install", \.install, "Whether the chart is installed; only an existing EKS cluster can have it already.",
            source: "AWS docs: Installing packages on the Amazon EKS cluster using Helm")
        Field(
            "bucket", \.bucket,
            "Mirror of AWS's bucket; by default aws-sagemaker-hyperpod-cluster-setup-<region>-prod.",
            source: "aws/sagemaker-hyperpod-cluster-setup: eks/cloudformation/main-stack-eks-based-template.yaml")
        Field("namespace", \.namespace, "Namespace of the release.", update: .replacement)
        Field("release_name", \.releaseName, "Name of the release.", update: .replacement)
        Field("repository_url", \.repositoryURL, "Git repository of the chart.")
        Field("repository_path", \.repositoryPath, "Folder of the chart in the repository.")
        Field(
            "operators", \.operators, "Parts of the chart switched on (true) or off (false) against the default.",
            limits: .count(0...40), example: .record(["mlflow": false]),
            source: "aws/sagemaker-hyperpod-cli: helm_chart/HyperPodHelmChart/Chart.yaml")
    }
}

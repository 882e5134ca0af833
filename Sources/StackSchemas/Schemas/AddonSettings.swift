/// Add-ons of EKS that can be switched on.
public struct AddonSettings: Record {
    /// Distributed training with restart of failed processes.
    public var trainingOperator = Addon()
    /// Metrics and dashboards.
    public var observability = Addon()
    /// Model endpoints.
    public var inference = Addon()
    /// Notebooks and editors.
    public var spaces = Addon()
    /// Block storage for pods.
    public var ebsCSIDriver = Addon()
    /// Buckets as file systems.
    public var mountpointS3CSIDriver = Addon()
    /// Certificates.
    public var certManager = Addon()
    /// The version of the Lustre driver.
    public var fsxCSIVersion: AddonVersion?

    /// All defaults.
    public init() {}

    /// One add-on.
    public struct Addon: Record {
        /// Whether it is installed.
        public var enabled = false
        /// Its version.
        public var version: AddonVersion?
        /// Its settings, as JSON.
        public var configuration: String?

        /// All defaults.
        public init() {}

        /// The fields.
        public static let schema = RecordSchema<Addon>("addon", "An add-on of EKS.") {
            Field("enabled", \.enabled, "Whether the add-on is installed.", source: "AWS docs: Amazon EKS add-ons")
            Field(
                "version", \.version, "Version; by default that of EKS for the Kubernetes version.",
                example: "v1.2.0-eksbuild.1", source: "AWS docs: Amazon EKS add-ons")
            Field(
                "configuration", \.configuration, "Settings of the add-on, as JSON text.",
                example: "{\"replicaCount\": 2}", source: "AWS docs: CreateAddon")
        }
    }

    /// The add-ons with their keys and EKS names, in order.
    public var all: [(key: String, eksName: String, addon: Addon)] {
        [
            ("training_operator", "amazon-sagemaker-hyperpod-training-operator", trainingOperator),
            ("observability", "amazon-sagemaker-hyperpod-observability", observability),
            ("inference", "amazon-sagemaker-hyperpod-inference", inference),
            ("spaces", "amazon-sagemaker-spaces", spaces),
            ("ebs_csi_driver", "aws-ebs-csi-driver", ebsCSIDriver),
            ("mountpoint_s3_csi_driver", "aws-mountpoint-s3-csi-driver", mountpointS3CSIDriver),
            ("cert_manager", "cert-manager", certManager),
        ]
    }

    /// The fields.
    public static let schema = RecordSchema<AddonSettings>("addons", "Add-ons of EKS that can be switched on.") {
        Field(
            "training_operator", \.trainingOperator, "Distributed training that restarts failed processes.",
            update: .perField, source: "AWS docs: Installing the training operator")
        Field("observability", \.observability, "Metrics and dashboards of the cluster.", update: .perField)
        Field("inference", \.inference, "Model endpoints on the cluster.", update: .perField)
        Field("spaces", \.spaces, "Notebooks and editors on the cluster.", update: .perField)
        Field("ebs_csi_driver", \.ebsCSIDriver, "Block storage for pods.", update: .perField)
        Field(
            "mountpoint_s3_csi_driver", \.mountpointS3CSIDriver, "Buckets mounted as file systems.", update: .perField)
        Field("cert_manager", \.certManager, "Certificates, which the training operator needs.", update: .perField)
        Field(
            "fsx_csi_version", \.fsxCSIVersion, "Version of the FSx for Lustre CSI driver.",
            example: "v1.6.0-eksbuild.1", source: "AWS docs: Amazon EKS add-ons")
    }
}

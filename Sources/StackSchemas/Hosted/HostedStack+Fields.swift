extension HostedStack {
    /// The fields, in the order of the scaffold that `hyp` writes.
    public static let schema = RecordSchema<HostedStack>(
        "hosted_stack", "The main stack that AWS publishes for HyperPod on EKS, with its parameters as flat keys."
    ) {
        Field(
            "resource_name_prefix", \.resourceNamePrefix,
            "Prefix of the names of all resources; a hyphen and four characters are put behind it.",
            update: .replacement, source: source)
        Field(
            "create_hyperpod_cluster_stack", \.createHyperPodClusterStack, "Whether the HyperPod cluster is created.",
            update: .replacement, source: source)
        Field(
            "hyperpod_cluster_name", \.hyperPodClusterName, "Name of the HyperPod cluster.", update: .replacement,
            source: source)
        Field(
            "create_eks_cluster_stack", \.createEKSClusterStack, "Whether an EKS cluster is created.",
            update: .replacement, source: source)
        Field("kubernetes_version", \.kubernetesVersion, "Minor version of Kubernetes.", source: source)
        Field(
            "eks_cluster_name", \.eksClusterName, "Name of the EKS cluster, new or existing.", update: .replacement,
            source: source)
        Field(
            "create_helm_chart_stack", \.createHelmChartStack, "Whether the HyperPod Helm chart is installed.",
            source: source)
        Field("namespace", \.namespace, "Namespace of the Helm release.", update: .replacement, source: source)
        Field("helm_repo_url", \.helmRepoURL, "Git repository of the Helm chart.", source: source)
        Field("helm_repo_path", \.helmRepoPath, "Folder of the chart in the repository.", source: source)
        Field("helm_operators", \.helmOperators, "Switches of the chart, joined by commas.", source: source)
        Field("helm_release", \.helmRelease, "Name of the Helm release.", update: .replacement, source: source)
        Field(
            "node_provisioning_mode", \.nodeProvisioningMode,
            #"Continuous: nodes come one by one; "": all or nothing."#, update: .replacement, source: source)
        Field(
            "node_recovery", \.nodeRecovery, "Whether faulty nodes are replaced automatically.", source: source)
        Field(
            "instance_group_settings", \.instanceGroupSettings, "Groups of equal nodes, at most 20.",
            limits: .count(0...20), update: .perField, source: source)
        Field(
            "rig_settings", \.rigSettings, "Restricted groups, at most 20.", limits: .count(0...20),
            update: .perField, source: source)
        Field("rig_s3_bucket_name", \.rigS3BucketName, "Bucket of the restricted groups.", source: source)
        Field(
            "tags", \.tags, "Tags of the stack and of the HyperPod cluster.", limits: .count(0...40),
            example: .list([.record(["Key": "team", "Value": "ml-platform"])]), source: source)
        Field("create_vpc_stack", \.createVPCStack, "Whether a VPC is created.", update: .replacement, source: source)
        Field("vpc_id", \.vpcID, "Existing VPC.", update: .replacement, source: source)
        Field("vpc_cidr", \.vpcCIDR, "Range of a new VPC, /16 to /28.", update: .replacement, source: source)
        Field(
            "availability_zone_ids", \.availabilityZoneIDs,
            "Zones of a new VPC by id; empty: those of the groups, and the first ones of the region.",
            limits: .count(0...6), example: .list(["use2-az1", "use2-az2"]), update: .replacement, source: source)
        Field(
            "create_security_group_stack", \.createSecurityGroupStack, "Whether a security group is created.",
            update: .replacement, source: source)
        Field(
            "security_group_id", \.securityGroupID, "Existing security group that rules are put into.",
            source: source)
        Field(
            "security_group_ids", \.securityGroupIDs, "Existing security groups of the HyperPod cluster.",
            limits: .count(0...5, unique: true), example: .list([.string(SecurityGroupID.format.example)]),
            update: .replacement, source: source)
        Field(
            "private_subnet_ids", \.privateSubnetIDs, "Existing subnets of the nodes.",
            limits: .count(0...16, unique: true), example: .list([.string(SubnetID.format.example)]),
            update: .replacement, source: source)
        Field(
            "eks_private_subnet_ids", \.eksPrivateSubnetIDs, "Existing subnets of the control plane.",
            limits: .count(0...16, unique: true), example: .list([.string(SubnetID.format.example)]),
            update: .replacement, source: source)
        Field(
            "nat_gateway_ids", \.natGatewayIDs, "Existing NAT gateways.", limits: .count(0...16, unique: true),
            example: .list([.string(NATGatewayID.format.example)]), source: source)
        Field(
            "private_route_table_ids", \.privateRouteTableIDs, "Existing private route tables.",
            limits: .count(0...16, unique: true), example: .list([.string(RouteTableID.format.example)]),
            source: source)
        Field(
            "create_s3_endpoint_stack", \.createS3EndpointStack, "Whether S3 gets a gateway endpoint.",
            source: source)
        Field(
            "enable_hp_inference_feature", \.enableInferenceFeature, "Whether the inference operator is installed.",
            source: source)
        Field("stage", \.stage, "Stage of the published bucket.", update: .none, source: source)
        Field(
            "custom_bucket_name", \.customBucketName, "Mirror of the published bucket that templates are read from.",
            update: .none, source: source)
        Field(
            "create_life_cycle_script_stack", \.createLifecycleScriptStack,
            "Whether the lifecycle script is put into the bucket.", source: source)
        Field(
            "create_s3_bucket_stack", \.createS3BucketStack, "Whether the bucket of the script is created.",
            update: .replacement, source: source)
        Field(
            "s3_bucket_name", \.s3BucketName, "Name of that bucket, behind the prefix, or of an existing one.",
            update: .replacement, source: source)
        Field("github_raw_url", \.githubRawURL, "Address of the lifecycle script.", source: source)
        Field("on_create_path", \.onCreatePath, "File name of the lifecycle script.", source: source)
        Field(
            "create_sagemaker_iam_role_stack", \.createIAMRoleStack, "Whether the role of the nodes is created.",
            update: .replacement, source: source)
        Field("sagemaker_iam_role_name", \.iamRoleName, "Name of that role.", update: .replacement, source: source)
        Field(
            "create_fsx_stack", \.createFSxStack, "Whether a file system of FSx for Lustre is created.",
            update: .replacement, source: source)
        Field("fsx_subnet_id", \.fsxSubnetID, "Subnet of the file system.", update: .replacement, source: source)
        Field(
            "fsx_availability_zone_id", \.fsxAvailabilityZoneID,
            "Zone of the file system; by default the first one of the VPC.", update: .replacement, source: source)
        Field(
            "per_unit_storage_throughput", \.perUnitStorageThroughput, "Throughput of the file system.",
            limits: .oneOf(125, 250, 500, 1000), unit: "MB/s per TiB", source: source)
        Field(
            "data_compression_type", \.dataCompressionType, "Whether the file system compresses.", source: source)
        Field(
            "file_system_type_version", \.fileSystemTypeVersion, "Version of Lustre.", update: .replacement,
            source: source)
        Field(
            "storage_capacity", \.storageCapacity, "Size of the file system: 1200 or a multiple of 2400.",
            limits: .range(1...2_000_000), unit: "GiB", source: source)
        Field("fsx_file_system_id", \.fsxFileSystemID, "Existing file system.", update: .replacement, source: source)
        Field(
            "kind", \.kind,
            "The kind, for files without the comment `# template: cluster-stack` of hyp; stackgen's own.",
            example: "hosted-stack", update: .none)
        Field("version", \.version, "Version of the schema, where no comment names it.", update: .none)
        Field(
            "region", \.region, "Region of the stack; by default that of the zones, or of --region. stackgen's own.",
            update: .replacement)
        Field(
            "stack_name", \.stackName,
            "Name of the stack; by default HyperpodClusterStack- and five characters. stackgen's own.",
            update: .replacement)
        Field(
            "resource_name_suffix", \.resourceNameSuffix,
            "The characters behind resource_name_prefix; by default made from prefix, cluster name and region. "
                + "stackgen's own.", update: .replacement)
    }

    private static let source = "PyPI sagemaker-hyperpod 3.12.0"
}

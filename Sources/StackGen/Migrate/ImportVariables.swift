internal import Diagnostics
internal import Foundation
internal import StackSchemas

/// Makes a configuration of the variables of AWS's Terraform modules for HyperPod on EKS.
///
/// Names and meaning: awsome-distributed-training, terraform-modules/hyperpod-eks-tf/variables.tf. Best effort: what has
/// no counterpart is listed, and what a person has to complete as well.
public enum ImportVariables {
    /// What came of it.
    public struct Outcome: Codable, Sendable {
        /// The configuration's text.
        public var config: String
        /// Variables that have a counterpart.
        public var mapped: [String]
        /// Variables that have none.
        public var unmapped: [String]
        /// What a person has to complete; empty when the configuration validates.
        public var open: [String]

        /// The report for a person.
        public var text: String {
            var lines = ["\(mapped.count) variables have a counterpart"]
            if !unmapped.isEmpty { lines += ["without a counterpart"] + unmapped.map { "  \($0)" } }
            if !open.isEmpty { lines += ["to be completed"] + open.map { "  \($0)" } }
            return lines.map { $0 + "\n" }.joined()
        }
    }

    /// Reads a variables file.
    /// - Throws: `DiagnosticError` when it cannot be read.
    public static func run(path: String) throws -> Outcome {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw DiagnosticError(ProjectRule.unreadable.error("`\(path)` is not there or cannot be read"))
        }
        return try run(SourceFile(name: path, bytes: Array(data)))
    }

    static func run(_ file: SourceFile) throws -> Outcome {
        let variables = try VariablesFile(file).variables
        var mapper = VariableMapper(variables.map { ($0.name, $0.value) })
        var outcome = Outcome(config: "", mapped: [], unmapped: [], open: [])
        for (name, value, _) in variables {
            if mapper.take(name, value) { outcome.mapped.append(name) } else { outcome.unmapped.append(name) }
        }
        outcome.unmapped += mapper.unmapped
        var writer = NativeWriter()
        writer.head = ["Made by `stackgen import tfvars` from \(file.name)."]
        outcome.config = writer.text(of: mapper.finished)
        let checked = ConfigChecker.check(SourceFile(name: Project.configName, text: outcome.config))
        outcome.open = mapper.open
        outcome.open += checked.diagnostics.filter { $0.severity == .error }.map {
            "\($0.span.map { "line \($0.start.line): " } ?? "")\($0.message) [\($0.id)]"
        }
        return outcome
    }
}

/// Puts variables where they belong.
private struct VariableMapper {
    private var cluster: ClusterStack
    private(set) var open: [String] = []
    /// Members of groups that have no counterpart.
    private(set) var unmapped: [String] = []
    private var existingSubnets: [(VPCSettings.Subnet.Role, String)] = []
    private let values: [String: VariablesFile.Literal]

    init(_ variables: [(name: String, value: VariablesFile.Literal)]) {
        // As in Terraform, the last of several counts.
        values = Dictionary(variables.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
        cluster = ClusterStack()
        // What the modules take where a variable is absent (variables.tf).
        cluster.name = "sagemaker-hyperpod-eks"
        cluster.region = "us-west-2"
        cluster.eks.version = "1.33"
        cluster.eks.name = "sagemaker-hyperpod-eks-cluster"
        cluster.hyperpod.clusterName = "ml-cluster"
        cluster.hyperpod.nodeProvisioningMode = .continuous
        cluster.helm.releaseName = "hyperpod-dependencies"
    }

    /// Takes a variable; says whether it has a counterpart.
    mutating func take(_ name: String, _ value: VariablesFile.Literal) -> Bool {
        if value == .null || value == .text("") || value == .list([]) {
            return Self.texts[name] != nil || Self.flags[name] != nil || Self.others.contains(name)
                || Self.switches[name] != nil || Self.endpoints[name] != nil
        }
        if let set = Self.texts[name], let text = value.scalarText {
            set(&cluster, text)
            return true
        }
        if let set = Self.flags[name], case .bool(let flag) = value {
            set(&cluster, flag)
            return true
        }
        return takeOther(name, value)
    }

    /// The cluster, with what follows from several variables together.
    var finished: ClusterStack {
        mutating get {
            if values["create_fsx_module"] != .bool(false), values["create_new_fsx_filesystem"] == .bool(true) {
                settleFileSystem()
            }
            if values["create_vpc_endpoints_module"] == .bool(false) {
                cluster.vpc.s3GatewayEndpoint = false
                cluster.vpc.interfaceEndpoints = []
            }
            let zones =
                (cluster.instanceGroups.compactMap(\.availabilityZone)
                    + cluster.restrictedInstanceGroups.compactMap(\.availabilityZone))
            let known = (Catalog.regions[cluster.region]?.zonesForControlPlane ?? []).map { ZoneID(text: $0) }
            if cluster.vpc.id == nil {
                var chosen: [ZoneID] = []
                for zone in zones + known where !chosen.contains(zone) && (zones.contains(zone) || chosen.count < 2) {
                    chosen.append(zone)
                }
                cluster.vpc.availabilityZones = chosen
            }
            for (role, id) in existingSubnets {
                var subnet = VPCSettings.Subnet()
                subnet.type = role
                subnet.id = SubnetID(text: id)
                cluster.vpc.subnets.append(subnet)
                open.append("vpc.subnets: the zone of \(id)")
            }
            return cluster
        }
    }

    private mutating func settleFileSystem() {
        var fsx = FSxSettings()
        fsx.throughputMBpsPerTiB = values["fsx_throughput"]?.integer ?? 250
        fsx.storageGiB = values["fsx_storage_capacity"]?.integer ?? 1200
        if values["fsx_data_compression_type"]?.scalarText == "NONE" { fsx.compression = .none }
        if let version = values["fsx_file_system_type_version"]?.scalarText {
            fsx.lustreVersion = LustreVersion(text: version)
        }
        cluster.fsx = fsx
    }

    // MARK: One variable, one field

    private static let texts: [String: @Sendable (inout ClusterStack, String) -> Void] = [
        "resource_name_prefix": { $0.name = ConfigName(text: $1) },
        "aws_region": { $0.region = Region(text: $1) },
        "vpc_cidr": { $0.vpc.cidr = CIDRBlock(text: $1) },
        "existing_vpc_id": { $0.vpc.id = VPCID(text: $1) },
        "existing_security_group_id": { $0.vpc.securityGroupIDs = [SecurityGroupID(text: $1)] },
        "kubernetes_version": { $0.eks.version = KubernetesVersion(text: $1) },
        "eks_cluster_name": { $0.eks.name = EKSClusterName(text: $1) },
        "existing_eks_cluster_name": {
            $0.eks.existingCluster = EKSClusterName(text: $1)
            $0.eks.name = nil
            $0.eks.coreAddons = false
        },
        "existing_s3_bucket_name": { $0.lifecycle.bucket = BucketName(text: $1) },
        "helm_repo_path": { $0.helm.repositoryPath = FilePath(text: $1) },
        "helm_release_name": { $0.helm.releaseName = KubernetesName(text: $1) },
        "namespace": { $0.helm.namespace = KubernetesName(text: $1) },
        "hyperpod_cluster_name": { $0.hyperpod.clusterName = HyperPodName(text: $1) },
        "node_recovery": { $0.hyperpod.nodeRecovery = $1 == "None" ? .none : .automatic },
        "node_provisioning_mode": { $0.hyperpod.nodeProvisioningMode = $1 == "Continuous" ? .continuous : nil },
        "rig_input_s3_bucket": { cluster, text in
            cluster.restrictedEnvironment = cluster.restrictedEnvironment ?? RestrictedEnvironment()
            cluster.restrictedEnvironment?.inputBucket = BucketName(text: text)
        },
        "rig_output_s3_bucket": { cluster, text in
            cluster.restrictedEnvironment = cluster.restrictedEnvironment ?? RestrictedEnvironment()
            cluster.restrictedEnvironment?.outputBucket = BucketName(text: text)
        },
    ]

    private static let flags: [String: @Sendable (inout ClusterStack, Bool) -> Void] = [
        "create_helm_chart_module": { $0.helm.install = $1 },
        "create_s3_endpoint": { $0.vpc.s3GatewayEndpoint = $1 },
        "create_s3_endpoint_module": { $0.vpc.s3GatewayEndpoint = $1 },
        "eks_endpoint_private_access": { $0.eks.endpointPrivateAccess = $1 },
        "eks_endpoint_public_access": { $0.eks.endpointPublicAccess = $1 },
        "auto_node_recovery": { $0.hyperpod.nodeRecovery = $1 ? .automatic : .none },
        "continuous_provisioning_mode": { $0.hyperpod.nodeProvisioningMode = $1 ? .continuous : nil },
        "karpenter_autoscaling": { $0.hyperpod.karpenter.enabled = $1 },
        "closed_network": { if $1 { $0.vpc.natGateways = .none } },
        "create_observability_module": { $0.addons.observability.enabled = $1 },
        "create_hyperpod_inference_operator_module": { $0.addons.inference.enabled = $1 },
        "create_hyperpod_training_operator_module": {
            $0.addons.trainingOperator.enabled = $1
            // The modules install it with the cluster.
            if $1 { $0.addons.certManager.enabled = true }
        },
        "create_task_governance_module": { if $1 { $0.taskGovernance = TaskGovernance() } },
    ]

    /// Variables that belong together with others, or have values of several parts.
    private static let others: Set<String> = [
        "instance_groups", "restricted_instance_groups", "private_subnet_cidrs", "private_subnet_cidr",
        "existing_private_subnet_ids", "existing_private_subnet_id", "existing_eks_subnet_ids", "create_vpc_module",
        "create_eks_module", "create_security_group_module", "create_s3_bucket_module", "create_private_subnet_module",
        "create_fsx_module", "create_new_fsx_filesystem", "fsx_storage_capacity", "fsx_throughput",
        "fsx_data_compression_type", "fsx_file_system_type_version", "availability_zone_id", "create_eks_subnets",
        "create_hyperpod_module", "create_lifecycle_script_module", "create_sagemaker_iam_role_module",
        "existing_sagemaker_iam_role_name", "create_vpc_endpoints_module",
    ]

    private static let switches = [
        "enable_gpu_operator": "gpu-operator", "enable_mlflow": "mlflow",
        "enable_kubeflow_training_operators": "trainingOperators",
        "enable_cluster_role_and_bindings": "cluster-role-and-bindings",
        "enable_namespaced_role_and_bindings": "namespaced-role-and-bindings",
        "enable_team_role_and_bindings": "team-role-and-bindings",
        "enable_nvidia_device_plugin": "nvidia-device-plugin", "enable_neuron_device_plugin": "neuron-device-plugin",
        "enable_mpi_operator": "mpi-operator", "enable_deep_health_check": "deep-health-check",
        "enable_job_auto_restart": "job-auto-restart", "enable_hyperpod_patching": "hyperpod-patching",
    ]

    private static let endpoints = [
        "create_ec2_endpoint": "ec2", "create_ecr_api_endpoint": "ecr.api", "create_ecr_dkr_endpoint": "ecr.dkr",
        "create_sts_endpoint": "sts", "create_logs_endpoint": "logs", "create_monitoring_endpoint": "monitoring",
        "create_ssm_endpoint": "ssm", "create_ssmmessages_endpoint": "ssmmessages",
        "create_ec2messages_endpoint": "ec2messages", "create_eks_auth_endpoint": "eks-auth",
    ]

    private mutating func takeOther(_ name: String, _ value: VariablesFile.Literal) -> Bool {
        if let part = Self.switches[name], case .bool(let isOn) = value {
            cluster.helm.operators.entries.append(.init(key: OperatorName(text: part), value: isOn))
            return true
        }
        if let service = Self.endpoints[name], case .bool(let isWanted) = value {
            if isWanted { cluster.vpc.interfaceEndpoints.append(EndpointService(text: service)) }
            return true
        }
        guard Self.others.contains(name) else { return false }
        switch name {
        case "instance_groups":
            cluster.instanceGroups = groups(value).map { native($0) }
            listUnmapped(name, value, Self.groupMembers)
        case "restricted_instance_groups":
            cluster.restrictedInstanceGroups = groups(value).map { restricted($0) }
            listUnmapped(name, value, Self.restrictedMembers)
        case "private_subnet_cidrs", "private_subnet_cidr":
            cluster.vpc.secondaryCIDRs = value.texts.prefix(4).map { CIDRBlock(text: $0) }
        case "existing_private_subnet_ids", "existing_private_subnet_id":
            existingSubnets += value.texts.map { (.nodes, $0) }
        case "existing_eks_subnet_ids": existingSubnets += value.texts.map { (.controlPlane, $0) }
        case "existing_sagemaker_iam_role_name":
            open.append("iam.execution_role_arn: the ARN of the role \(value.scalarText ?? "")")
        case "create_hyperpod_module" where value == .bool(false):
            open.append("create_hyperpod_module is false, and cluster-stack always makes the cluster")
        default: break
        }
        return true
    }

    // MARK: Groups

    /// Older modules have a map of groups by name, newer ones a list with names.
    private func groups(_ value: VariablesFile.Literal) -> [[String: VariablesFile.Literal]] {
        switch value {
        case .list(let items): items.map(\.members)
        case .object(let members):
            members.map { $0.value.members.merging(["name": .text($0.key)]) { one, _ in one } }
        default: []
        }
    }

    private static let commonMembers: Set = [
        "name", "instance_type", "instance_count", "ebs_volume_size_in_gb", "threads_per_core", "enable_stress_check",
        "enable_connectivity_check", "availability_zone_id", "training_plan_arn",
    ]
    private static let groupMembers = commonMembers.union(["image_id", "lifecycle_script"])
    private static let restrictedMembers = commonMembers.union([
        "fsxl_size_in_gi_b", "fsxl_per_unit_storage_throughput",
    ])

    /// Lists the members of groups that are not known, and scripts of a group's own: those lie in its own folder here.
    private mutating func listUnmapped(_ name: String, _ value: VariablesFile.Literal, _ known: Set<String>) {
        for (index, members) in groups(value).enumerated() {
            for (key, value) in members.sorted(by: { $0.key < $1.key }) where value != .null {
                let isOwnScript = key == "lifecycle_script" && value.scalarText != cluster.lifecycle.onCreate.text
                if !known.contains(key) || isOwnScript { unmapped.append("\(name)[\(index)].\(key)") }
            }
        }
    }

    private func native(_ members: [String: VariablesFile.Literal]) -> InstanceGroup {
        var group = InstanceGroup()
        group.name = HyperPodName(text: members["name"]?.scalarText ?? "")
        group.instanceType = members["instance_type"]?.scalarText.map { InstanceType(text: $0) }
        group.count = members["instance_count"]?.integer ?? 0
        group.ebsVolumeGiB = members["ebs_volume_size_in_gb"]?.integer
        group.threadsPerCore = members["threads_per_core"]?.integer
        group.availabilityZone = zone(members)
        group.imageID = members["image_id"]?.scalarText.map { ImageID(text: $0) }
        group.trainingPlanARN = members["training_plan_arn"]?.scalarText.map { ARN<TrainingPlan>(text: $0) }
        group.deepHealthChecks = checks(members)
        return group
    }

    private func restricted(_ members: [String: VariablesFile.Literal]) -> RestrictedInstanceGroup {
        var group = RestrictedInstanceGroup()
        group.name = HyperPodName(text: members["name"]?.scalarText ?? "")
        group.instanceType = InstanceType(text: members["instance_type"]?.scalarText ?? "")
        group.count = members["instance_count"]?.integer ?? 0
        group.ebsVolumeGiB = members["ebs_volume_size_in_gb"]?.integer
        group.threadsPerCore = members["threads_per_core"]?.integer
        group.availabilityZone = zone(members)
        group.trainingPlanARN = members["training_plan_arn"]?.scalarText.map { ARN<TrainingPlan>(text: $0) }
        group.deepHealthChecks = checks(members)
        if let size = members["fsxl_size_in_gi_b"]?.integer {
            var file = RestrictedFileSystem()
            file.sizeGiB = size
            if let throughput = members["fsxl_per_unit_storage_throughput"]?.integer {
                file.throughputMBpsPerTiB = throughput
            }
            group.fsx = file
        }
        return group
    }

    private func zone(_ members: [String: VariablesFile.Literal]) -> ZoneID? {
        (members["availability_zone_id"] ?? values["availability_zone_id"])?.scalarText.map { ZoneID(text: $0) }
    }

    private func checks(_ members: [String: VariablesFile.Literal]) -> [InstanceGroup.DeepHealthCheck] {
        (members["enable_stress_check"] == .bool(true) ? [.instanceStress] : [])
            + (members["enable_connectivity_check"] == .bool(true) ? [.instanceConnectivity] : [])
    }
}

extension VariablesFile.Literal {
    /// A text or number as it is written; `nil` for everything else, and for the empty text.
    fileprivate var scalarText: String? {
        switch self {
        case .text(let text): text.isEmpty ? nil : text
        case .number(let text): text
        default: nil
        }
    }

    fileprivate var integer: Int? { scalarText.flatMap { Int($0) } }

    /// One text or several.
    fileprivate var texts: [String] {
        if case .list(let items) = self { return items.compactMap(\.scalarText) }
        return scalarText.map { [$0] } ?? []
    }

    fileprivate var members: [String: VariablesFile.Literal] {
        guard case .object(let members) = self else { return [:] }
        return Dictionary(members.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
    }
}

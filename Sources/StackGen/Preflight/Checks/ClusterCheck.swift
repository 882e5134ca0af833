internal import AWS
internal import Diagnostics
internal import StackSchemas
internal import YAML

extension PreflightCheck {
    /// The existing EKS cluster and its add-ons.
    static let cluster = PreflightCheck(name: "existing EKS cluster") { subject in
        let path = "eks.existing_cluster"
        guard let name = subject.stack.eks.existingCluster?.text else { return [] }
        do {
            let cluster = try await subject.client.send(DescribeEKSClusterInput(clusterName: name))
            let addons = try await subject.installedAddons(of: name)
            return subject.judge(cluster, at: path) + subject.judge(addons)
                + (try await subject.foreignKueue(in: cluster, addons))
        } catch let error as AWSServiceError where error.code == "ResourceNotFoundException" {
            return [subject.finding(.cluster, "there is no EKS cluster `\(name)` in \(subject.region)", at: path)]
        }
    }
}

extension PreflightSubject {
    fileprivate func installedAddons(of cluster: String) async throws -> Set<String> {
        var names: Set<String> = []
        var input = ListAddonsInput(clusterName: cluster)
        repeat {
            let page = try await client.send(input)
            names.formUnion(page.addons)
            input.nextToken = page.nextToken
        } while input.nextToken != nil
        return names
    }

    fileprivate func judge(_ cluster: DescribeEKSClusterInput.Cluster, at path: String) -> [Diagnostic] {
        var found: [Diagnostic] = []
        if let status = cluster.status, status != "ACTIVE" {
            found.append(
                finding(.cluster, "the EKS cluster `\(cluster.name)` is in status \(status), not ACTIVE", at: path))
        }
        if cluster.accessConfig?.authenticationMode == "CONFIG_MAP" {
            found.append(
                finding(
                    .cluster, "the EKS cluster `\(cluster.name)` has the authentication mode CONFIG_MAP", at: path,
                    fix: "aws eks update-cluster-config --name \(cluster.name) "
                        + "--access-config authenticationMode=API_AND_CONFIG_MAP"))
        }
        let declared = stack.eks.version.text
        if let version = cluster.version, version != declared {
            found.append(
                finding(
                    .cluster,
                    "the EKS cluster `\(cluster.name)` has version \(version), and the configuration says \(declared)",
                    at: "eks.version", severity: .warning, fix: "write eks.version: \"\(version)\""))
        }
        if let vpc = stack.vpc.id?.text, let own = cluster.resourcesVpcConfig?.vpcId, own != vpc {
            found.append(
                finding(.cluster, "the EKS cluster `\(cluster.name)` is in `\(own)`, not in `\(vpc)`", at: path))
        }
        return found
    }

    /// A Kueue on the cluster that is not the one of task governance, which brings its own.
    fileprivate func foreignKueue(
        in cluster: DescribeEKSClusterInput.Cluster, _ installed: Set<String>
    ) async throws -> [Diagnostic] {
        let governance = "amazon-sagemaker-hyperpod-taskgovernance"
        guard !installed.contains(governance), plannedAddons.contains(where: { $0.name == governance }) else {
            return []
        }
        struct Deployment: Decodable {
            struct Metadata: Decodable { let namespace: String? }
            let metadata: Metadata
        }
        do {
            let found = try await KubernetesAPI.asking(cluster, client, host) {
                try await $0.list(
                    "/apis/apps/v1/deployments", query: [("fieldSelector", "metadata.name=kueue-controller-manager")],
                    of: Deployment.self)
            }
            return found.prefix(1).map { deployment in
                finding(
                    .addonThere,
                    "the cluster has a Kueue already, in the namespace `\(deployment.metadata.namespace ?? "")`",
                    at: "task_governance", notes: ["task governance brings its own, and two do not go together"],
                    fix: "remove it from the cluster, or write task_governance.enabled: false")
            }
        } catch let silence as KubernetesAPI.Silence {
            return [
                unasked(
                    "whether the cluster has a Kueue already was not checked", because: silence.description,
                    at: "task_governance")
            ]
        } catch is DecodingError {
            return [
                unasked(
                    "whether the cluster has a Kueue already was not checked", because: "its answer cannot be read",
                    at: "task_governance")
            ]
        }
    }

    /// The add-ons that the template installs and the stack does not have.
    private var plannedAddons: [(id: String, name: String)] {
        compilation.evaluated.resources
            .filter { $0.type == "AWS::EKS::Addon" && standing?.has($0.logicalID, $0.type) != true }
            .compactMap { resource in
                resource.body["Properties"]?["AddonName"]?.scalar.map { (resource.logicalID, $0.text) }
            }
    }

    /// What the template would install although it is there, and not by this stack.
    fileprivate func judge(_ installed: Set<String>) -> [Diagnostic] {
        let planned = plannedAddons.map(\.name)
        let core = ["vpc-cni", "kube-proxy", "coredns", "eks-pod-identity-agent"]
        return planned.filter { installed.contains($0) }.map { name in
            let isCore = core.contains(name)
            return finding(
                .addonThere, "the cluster has the add-on `\(name)` already", at: isCore ? "eks.core_addons" : "addons",
                fix: isCore ? "write eks.core_addons: false" : "leave the add-on out of the configuration")
        }
    }
}

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

    /// The add-ons that the template installs and the stack does not have.
    var plannedAddons: [String] {
        compilation.evaluated.resources
            .filter { $0.type == "AWS::EKS::Addon" && standing?.has($0.logicalID, $0.type) != true }
            .compactMap { $0.body["Properties"]?["AddonName"]?.scalar?.text }
    }

    /// What the template would install although it is there, and not by this stack.
    fileprivate func judge(_ installed: Set<String>) -> [Diagnostic] {
        let core = ["vpc-cni", "kube-proxy", "coredns", "eks-pod-identity-agent"]
        return plannedAddons.filter { installed.contains($0) }.map { name in
            let isCore = core.contains(name)
            let part = name == Self.governanceAddon ? "task_governance" : "addons"
            return finding(
                .addonThere, "the cluster has the add-on `\(name)` already", at: isCore ? "eks.core_addons" : part,
                fix: isCore ? "write eks.core_addons: false" : "leave the add-on out of the configuration")
        }
    }
}

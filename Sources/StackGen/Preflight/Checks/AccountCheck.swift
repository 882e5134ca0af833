internal import AWS
internal import Diagnostics
internal import StackSchemas

extension PreflightCheck {
    /// The roles that the stack passes to services against the caller's account.
    static let accounts = PreflightCheck(name: "accounts of roles") { subject in
        subject.passedRoles.filter { $0.arn.account != subject.identity.account }.map { role in
            subject.finding(
                .otherAccount, "the role belongs to the account \(role.arn.account)", at: role.path,
                notes: ["the caller is \(subject.identity.arn), in the account \(subject.identity.account)"],
                fix: "name a role of \(subject.identity.account), or use credentials of \(role.arn.account)")
        }
    }
}

extension PreflightSubject {
    /// A role that the stack passes to a service.
    struct PassedRole: Sendable {
        let path: String
        let arn: ARN<IAMRole>
        /// The service that must be trusted; `nil` where it is not published.
        let service: String?

        /// The name without the path of the role.
        var name: String { arn.resource.split(separator: "/").last.map { String($0) } ?? arn.resource }
    }

    /// Every role of the configuration that is passed to a service.
    var passedRoles: [PassedRole] {
        let nodes = "sagemaker.amazonaws.com"
        let single: [(String, ARN<IAMRole>?, String?)] = [
            ("stack.role_arn", stack.stack.roleARN, "cloudformation.amazonaws.com"),
            ("eks.cluster_role_arn", stack.eks.clusterRoleARN, "eks.amazonaws.com"),
            ("iam.execution_role_arn", stack.iam.executionRoleARN, nodes),
            ("hyperpod.karpenter.cluster_role_arn", stack.hyperpod.karpenter.clusterRoleARN, nil),
        ]
        let ordinary = stack.instanceGroups.enumerated().map {
            ("instance_groups[\($0)].execution_role_arn", $1.executionRoleARN, String?.some(nodes))
        }
        let restricted = stack.restrictedInstanceGroups.enumerated().map {
            ("restricted_instance_groups[\($0)].execution_role_arn", $1.executionRoleARN, String?.some(nodes))
        }
        return (single + ordinary + restricted).compactMap { path, arn, service in
            arn.map { PassedRole(path: path, arn: $0, service: service) }
        }
    }
}

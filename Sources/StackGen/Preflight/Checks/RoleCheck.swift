internal import AWS
internal import Diagnostics
internal import StackSchemas

extension PreflightCheck {
    /// The roles themselves: there, and with the right service trusted.
    static let roles = PreflightCheck(name: "roles") { subject in
        let own = subject.passedRoles.filter { $0.arn.account == subject.identity.account }
        return try await subject.each(own, at: { $0.path }) { role in
            do {
                let found = try await subject.client.send(GetRoleInput(roleName: role.name))
                guard let service = role.service, !found.assumeRolePolicy.contains("\"\(service)\"") else { return [] }
                return [
                    subject.finding(
                        .role, "the role `\(role.name)` does not trust \(service)", at: role.path,
                        fix: "allow sts:AssumeRole to the service \(service) in the role's trust policy")
                ]
            } catch let error as AWSServiceError where error.code == "NoSuchEntity" {
                return [subject.finding(.role, "there is no role `\(role.name)` in the account", at: role.path)]
            }
        }
    }
}

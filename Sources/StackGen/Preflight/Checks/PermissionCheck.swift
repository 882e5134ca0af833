internal import AWS
internal import Diagnostics
internal import StackSchemas

extension PreflightCheck {
    /// What the caller, or the role that CloudFormation takes, may do; asked of IAM without doing it.
    static let permissions = PreflightCheck(name: "permissions") { subject in
        let caller = try await CallerPolicy(subject)
        guard case .simulated(let callerARN) = caller else {
            return caller.reason.map { [subject.unasked("permissions were not checked", because: $0)] } ?? []
        }
        let role = subject.stack.stack.roleARN?.text
        var findings = try await subject.denied(
            CallerPolicy.actions(isUpdate: subject.standing != nil) + (role == nil ? [] : ["iam:PassRole"]),
            of: callerARN,
            at: role == nil ? "region" : "stack.role_arn")
        // With a role it is the role that makes the resources.
        for (path, actions) in try await subject.handlerActions() {
            findings += try await subject.denied(actions, of: role ?? callerARN, at: path)
        }
        return findings
    }
}

/// Whose policies are simulated.
private enum CallerPolicy {
    case simulated(arn: String)
    case everything
    case unknown(reason: String)

    /// What every creation or update and its watching take.
    static func actions(isUpdate: Bool) -> [String] {
        [
            isUpdate ? "cloudformation:UpdateStack" : "cloudformation:CreateStack", "cloudformation:CreateChangeSet",
            "cloudformation:DescribeChangeSet", "cloudformation:ExecuteChangeSet", "cloudformation:DescribeStacks",
            "cloudformation:DescribeStackEvents", "cloudformation:ListStackResources",
        ]
    }

    var reason: String? {
        if case .unknown(let reason) = self { reason } else { nil }
    }

    /// Users and roles can be simulated; the ARN of a session leads to its role.
    init(_ subject: PreflightSubject) async throws {
        let parts = subject.identity.arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        let resource = parts.count == 6 ? String(parts[5]) : ""
        let words = resource.split(separator: "/")
        if resource == "root" {
            self = .everything
        } else if resource.hasPrefix("user/") || resource.hasPrefix("role/") {
            self = .simulated(arn: subject.identity.arn)
        } else if resource.hasPrefix("assumed-role/"), words.count >= 2 {
            let name = String(words[1])
            // The session's ARN lacks the path of the role, which only IAM knows.
            let plain = "arn:\(parts[1]):iam::\(parts[4]):role/\(name)"
            do {
                self = .simulated(arn: try await subject.client.send(GetRoleInput(roleName: name)).arn)
            } catch let error as AWSServiceError where error.isAccessDenied || error.code == "NoSuchEntity" {
                self = .simulated(arn: plain)
            }
        } else {
            self = .unknown(reason: "\(subject.identity.arn) is neither a user nor a role")
        }
    }
}

extension PreflightSubject {
    /// The actions of the handlers that make, change and remove the stack's resources, by the part of the
    /// configuration.
    fileprivate func handlerActions() async throws -> [(path: String, actions: [String])] {
        var paths: [String] = []
        var actions: [String: Set<String>] = [:]
        for (type, handlers) in neededHandlers {
            guard case .known(let known) = try await types.entry(of: type) else { continue }
            let path = path(ofType: type)
            if actions[path] == nil { paths.append(path) }
            let needed = handlers.sorted().flatMap { known[$0] ?? [] }
            // IAM simulates actions by name, not patterns.
            actions[path, default: []].formUnion(needed.filter { $0.contains(":") && !$0.contains("*") })
        }
        return paths.map { ($0, (actions[$0] ?? []).sorted()) }
    }

    /// The handlers that CloudFormation calls, by type in the order of the template. An update calls those of what it
    /// touches; what it replaces rather than changes only the change set tells.
    private var neededHandlers: [(type: String, handlers: Set<String>)] {
        guard let standing else { return resourceTypes.map { ($0, ["create"]) } }
        var handlers: [String: Set<String>] = [:]
        for resource in compilation.evaluated.resources {
            switch standing.actions[resource.logicalID] {
            case .add?: handlers[resource.type, default: []].insert("create")
            case .replace?: handlers[resource.type, default: []].formUnion(["create", "delete"])
            case .some: handlers[resource.type, default: []].insert("update")
            case nil: break
            }
        }
        for (id, action) in standing.actions where action == .remove {
            guard let type = standing.resources[id]?.resourceType else { continue }
            handlers[type, default: []].insert("delete")
        }
        let listed = resourceTypes
        let gone = handlers.keys.filter { !listed.contains($0) && !$0.hasPrefix("Custom::") }.sorted()
        return (listed + gone).compactMap { type in handlers[type].map { (type, $0) } }
    }

    /// What is not allowed of these actions.
    ///
    /// A policy for certain resources only is simulated as a refusal, because the resources are not there yet. So it
    /// is an error when something forbids the action or nothing at all is allowed, and otherwise a warning.
    fileprivate func denied(_ actions: [String], of arn: String, at path: String) async throws -> [Diagnostic] {
        let decisions = try await decisions(on: actions, of: arn)
        let forbidden = decisions.filter(\.isForbidden)
        let missing = decisions.filter { $0.decision == "implicitDeny" && !$0.isForbidden }
        var found: [Diagnostic] = []
        if !forbidden.isEmpty {
            found.append(
                finding(
                    .notPermitted, "`\(arn)` is forbidden \(Self.names(forbidden))", at: path,
                    notes: Set(forbidden.map(\.authority)).sorted()))
        }
        if !missing.isEmpty {
            let isNothing = missing.count == decisions.count
            found.append(
                finding(
                    .notPermitted, "`\(arn)` is not allowed \(Self.names(missing))", at: path,
                    severity: isNothing ? .error : .warning,
                    notes: isNothing ? [] : ["a policy that allows it on certain resources only looks the same"],
                    fix: "allow these actions in a policy of `\(arn)`"))
        }
        return found
    }

    private func decisions(
        on actions: [String], of arn: String
    ) async throws -> [SimulatePrincipalPolicyInput.Decision] {
        var decisions: [SimulatePrincipalPolicyInput.Decision] = []
        for start in stride(from: 0, to: actions.count, by: 50) {
            let batch = Array(actions[start..<min(start + 50, actions.count)])
            var input = SimulatePrincipalPolicyInput(policySourceARN: arn, actionNames: batch)
            repeat {
                let page = try await client.send(input)
                decisions += page.decisions
                input.marker = page.marker
            } while input.marker != nil
        }
        return decisions
    }

    private static func names(_ decisions: [SimulatePrincipalPolicyInput.Decision]) -> String {
        let names = decisions.map(\.action)
        return names.prefix(8).joined(separator: ", ") + (names.count > 8 ? " and \(names.count - 8) more" : "")
    }
}

extension SimulatePrincipalPolicyInput.Decision {
    /// Whether no policy of the caller's can allow it.
    fileprivate var isForbidden: Bool {
        decision == "explicitDeny" || (decision != "allowed" && isAllowedByOrganization == false)
            || (decision != "allowed" && isAllowedByBoundary == false)
    }

    fileprivate var authority: String {
        if isAllowedByOrganization == false { return "a policy of the organization forbids \(action)" }
        if isAllowedByBoundary == false { return "the permissions boundary does not allow \(action)" }
        return "a policy denies \(action)"
    }
}

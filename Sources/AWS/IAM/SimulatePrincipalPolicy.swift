/// `SimulatePrincipalPolicy`: one page of what a user or role may do, asked without doing it.
public struct SimulatePrincipalPolicyInput: QueryOperation {
    /// One page.
    public struct Output: Sendable, Equatable {
        /// A decision for every action.
        public let decisions: [Decision]
        /// What to ask for the next page with; nil on the last.
        public let marker: String?
    }

    /// What would happen to a call.
    public struct Decision: Sendable, Equatable {
        /// The action, such as `ec2:CreateVpc`.
        public let action: String
        /// `allowed`, `explicitDeny` or `implicitDeny`.
        public let decision: String
        /// False where a policy of the organization forbids it; nil when there is none.
        public let isAllowedByOrganization: Bool?
        /// False where the permissions boundary forbids it; nil when there is none.
        public let isAllowedByBoundary: Bool?
    }

    /// IAM.
    public static let service = AWSService.iam
    /// `SimulatePrincipalPolicy`.
    public static let name = "SimulatePrincipalPolicy"

    /// The ARN of the user or the role.
    public var policySourceARN: String
    /// The actions.
    public var actionNames: [String]
    /// Where the page begins.
    public var marker: String?

    /// Makes the input; every resource is meant.
    public init(policySourceARN: String, actionNames: [String], marker: String? = nil) {
        self.policySourceARN = policySourceARN
        self.actionNames = actionNames
        self.marker = marker
    }

    var parameterForm: QueryParameters {
        var form = QueryParameters()
        form.set("PolicySourceArn", policySourceARN)
        form.setList("ActionNames", actionNames)
        form.set("Marker", marker)
        return form
    }

    func decode(_ result: XMLTree) throws -> Output {
        let decisions = try result.list("EvaluationResults").map { member in
            guard let action = member.string("EvalActionName"), let decision = member.string("EvalDecision") else {
                throw Self.failure("a decision has no action or no verdict")
            }
            return Decision(
                action: action, decision: decision,
                isAllowedByOrganization: member["OrganizationsDecisionDetail"]?.boolean("AllowedByOrganizations"),
                isAllowedByBoundary: member["PermissionsBoundaryDecisionDetail"]?
                    .boolean("AllowedByPermissionsBoundary"))
        }
        return Output(
            decisions: decisions, marker: result.boolean("IsTruncated") == true ? result.string("Marker") : nil)
    }
}

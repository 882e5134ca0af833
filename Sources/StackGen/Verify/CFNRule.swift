internal import Diagnostics

/// What the checks of an evaluated template find; ids are stable.
public enum CFNRule: String, CaseIterable, Sendable {
    case unreadable = "CFN001"
    case section = "CFN002"
    case noResources = "CFN003"
    case logicalID = "CFN004"
    case resourceType = "CFN005"
    case resourceAttribute = "CFN006"
    case unresolvedReference = "CFN007"
    case unresolvedSubstitution = "CFN008"
    case unresolvedDependency = "CFN009"
    case unresolvedCondition = "CFN010"
    case unresolvedMapping = "CFN011"
    case circularDependency = "CFN012"
    case parameterWithoutDefault = "CFN013"
    case intrinsicShape = "CFN014"
    case bodySize = "CFN020"
    case resourceCount = "CFN021"
    case outputCount = "CFN022"
    case parameterCount = "CFN023"
    case mappingCount = "CFN024"
    case descriptionSize = "CFN025"
    case policySize = "CFN026"

    /// The stable id.
    public var id: String { rawValue }

    /// What the rule means, in one sentence for the reference.
    public var summary: String {
        switch self {
        case .unreadable: "The evaluated template is not YAML."
        case .section: "A top-level key is no section of a CloudFormation template."
        case .noResources: "The template has no resources."
        case .logicalID: "A logical id is not alphanumeric or longer than 255 characters."
        case .resourceType: "A resource has no type, or its type is not of the form AWS::Service::Type."
        case .resourceAttribute: "A resource has an attribute that CloudFormation does not know."
        case .unresolvedReference: "A Ref or Fn::GetAtt names nothing in the template."
        case .unresolvedSubstitution: "A variable of Fn::Sub names nothing in the template."
        case .unresolvedDependency: "A DependsOn names no resource."
        case .unresolvedCondition: "A condition is used that is not declared."
        case .unresolvedMapping: "A mapping is used that is not declared."
        case .circularDependency: "Resources wait for one another in a circle."
        case .parameterWithoutDefault: "A parameter has no default, and a run gives no parameters."
        case .intrinsicShape: "An intrinsic function is not of the form that CloudFormation reads."
        case .bodySize: "The template is larger than CloudFormation accepts, even from a bucket."
        case .resourceCount: "The template has more resources than CloudFormation accepts."
        case .outputCount: "The template has more outputs than CloudFormation accepts."
        case .parameterCount: "The template has more parameters than CloudFormation accepts."
        case .mappingCount: "The template has more mappings than CloudFormation accepts."
        case .descriptionSize: "A description is longer than CloudFormation accepts."
        case .policySize: "The inline policies of a role are longer than IAM accepts."
        }
    }

    /// Why.
    public var reason: String {
        switch self {
        case .unreadable: "CloudFormation reads YAML and JSON and refuses the call for anything else."
        case .section, .resourceAttribute: "CloudFormation refuses a template with a key that it does not know."
        case .noResources: "CloudFormation makes no stack without a resource."
        case .logicalID: "CloudFormation refuses the template: other characters cannot be referred to."
        case .resourceType: "CloudFormation looks the type up in its registry and refuses what it does not find."
        case .unresolvedReference, .unresolvedSubstitution, .unresolvedDependency, .unresolvedCondition,
            .unresolvedMapping:
            "CloudFormation refuses a template that names what it does not hold."
        case .circularDependency: "No order of creation exists, so CloudFormation refuses the template."
        case .parameterWithoutDefault: "The record holds everything that is sent, and parameters are not part of it."
        case .intrinsicShape: "CloudFormation refuses the template, or reads the function as plain data."
        case .bodySize, .resourceCount, .outputCount, .parameterCount, .mappingCount, .descriptionSize:
            "CloudFormation refuses what is beyond its quota."
        case .policySize: "IAM refuses the role after other resources were made, and the stack rolls back."
        }
    }

    /// Where that is documented.
    public var source: String {
        switch self {
        case .unreadable, .section, .noResources, .logicalID: "AWS docs: CloudFormation template sections"
        case .resourceType, .resourceAttribute: "AWS docs: Resources; Resource attributes"
        case .unresolvedReference, .unresolvedSubstitution, .unresolvedMapping, .intrinsicShape:
            "AWS docs: Intrinsic function reference"
        case .unresolvedDependency, .circularDependency: "AWS docs: DependsOn attribute"
        case .unresolvedCondition: "AWS docs: Conditions"
        case .parameterWithoutDefault: "stackgen: docs/architecture.md"
        case .bodySize, .resourceCount, .outputCount, .parameterCount, .mappingCount, .descriptionSize:
            "AWS docs: CloudFormation quotas"
        case .policySize: "AWS docs: IAM and AWS STS quotas"
        }
    }

    func error(
        _ message: String, at span: SourceSpan?, label: String? = nil, notes: [Diagnostic.Note] = [],
        fix: Diagnostic.Fix? = nil
    ) -> Diagnostic {
        .error(rawValue, message, at: span, label: label, notes: notes, fix: fix)
    }
}

internal import AWS

/// Decides what a change set leaves open.
///
/// CloudFormation does not look through a reference: when a role gets a new tag, everything that is given the role's
/// ARN "may be replaced". An id or an ARN stays what it is unless its own resource is replaced, so this is followed
/// from resource to resource until nothing more can be decided. What stays open is told as open.
struct ChangeSettlement {
    /// What happens to each resource, by logical id.
    private(set) var actions: [String: ChangeReport.Action]
    private let changes: [ResourceChange]

    init(_ changes: [ResourceChange]) {
        self.changes = changes
        actions = Dictionary(
            changes.map { ($0.logicalResourceID, ChangeReport.Action($0)) }, uniquingKeysWith: { first, _ in first })
        var isMoving = true
        while isMoving {
            isMoving = false
            for change in changes where actions[change.logicalResourceID] == .mayReplace && change.action == .modify {
                let forcing = change.details.filter { $0.requiresRecreation != "Never" }
                guard !forcing.isEmpty, forcing.allSatisfy(keepsItsValue) else { continue }
                actions[change.logicalResourceID] = .modify
                isMoving = true
            }
        }
    }

    /// The details of a change that tell of a value which does change, or may.
    func details(of change: ResourceChange) -> [ResourceChange.Detail] {
        change.details.filter { !keepsItsValue($0) }
    }

    /// Whether a detail only says that the value comes from a resource which changes without being replaced, and the
    /// value is an id or an ARN.
    private func keepsItsValue(_ detail: ResourceChange.Detail) -> Bool {
        guard detail.evaluation == "Dynamic",
            detail.source == "ResourceReference" || detail.source == "ResourceAttribute",
            let entity = detail.causingEntity
        else { return false }
        let parts = entity.split(separator: ".", maxSplits: 1)
        guard let resource = parts.first else { return false }
        let action = actions[String(resource)]
        guard action == nil || action == .modify || action == .adopt else { return false }
        return parts.count == 1 || parts[1].hasSuffix("Arn") || parts[1].hasSuffix("Id")
    }
}

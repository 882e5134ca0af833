extension AWSClient {
    /// A change set as it is now, with the changes of every page; nil when there is none of that name or ARN.
    ///
    /// - Throws: what `send` throws.
    public func changeSet(_ nameOrID: String, of stack: String?) async throws -> ChangeSet? {
        var changes: [ResourceChange] = []
        var head: DescribeChangeSetInput.Output?
        var seen: Set<String> = []
        do {
            repeat {
                let input = DescribeChangeSetInput(
                    changeSetName: nameOrID, stackName: stack, nextToken: head?.nextToken)
                let page = try await send(input)
                changes += page.changes
                if let token = page.nextToken, !seen.insert(token).inserted {
                    throw DescribeChangeSetInput.failure("its page token repeats")
                }
                head = page
            } while head?.nextToken != nil
        } catch let error as AWSServiceError where error.isChangeSetMissing || error.isStackMissing {
            return nil
        }
        return head.map { ChangeSet(head: $0, changes: changes) }
    }

    /// The change sets of a stack that were not executed; empty when there is no such stack.
    ///
    /// - Throws: what `send` throws.
    public func changeSets(of stack: String) async throws -> [ListChangeSetsInput.Summary] {
        do {
            return try await collect(ListChangeSetsInput.self) { token in
                let page = try await send(ListChangeSetsInput(stackName: stack, nextToken: token))
                return (page.changeSets, page.nextToken)
            }
        } catch let error as AWSServiceError where error.isStackMissing {
            return []
        }
    }

    /// How the resources of a stack differ from the template, as the last detection found.
    ///
    /// - Throws: what `send` throws.
    public func resourceDrifts(of stack: String) async throws -> [ResourceDrift] {
        try await collect(DescribeStackResourceDriftsInput.self) { token in
            let page = try await send(DescribeStackResourceDriftsInput(stackName: stack, nextToken: token))
            return (page.drifts, page.nextToken)
        }
    }
}

/// A change set with all its changes.
public struct ChangeSet: Sendable, Equatable {
    /// The ARN.
    public let id: String
    /// The name.
    public let name: String
    /// The ARN of the stack.
    public let stackID: String
    /// How far CloudFormation is with it.
    public let status: DescribeChangeSetInput.Status
    /// Why it failed.
    public let statusReason: String?
    /// `UNAVAILABLE`, `AVAILABLE`, `EXECUTE_IN_PROGRESS`, `EXECUTE_COMPLETE`, `EXECUTE_FAILED` or `OBSOLETE`.
    public let executionStatus: String
    /// Whether it failed because nothing would change.
    public let isWithoutChanges: Bool
    /// The changes.
    public let changes: [ResourceChange]

    init(head: DescribeChangeSetInput.Output, changes: [ResourceChange]) {
        id = head.changeSetID
        name = head.changeSetName
        stackID = head.stackID
        status = head.status
        statusReason = head.statusReason
        executionStatus = head.executionStatus
        isWithoutChanges = head.isWithoutChanges
        self.changes = changes
    }
}

extension AWSServiceError {
    /// Whether CloudFormation says that there is no such change set.
    public var isChangeSetMissing: Bool {
        service == AWSService.cloudFormation.name && ["ChangeSetNotFound", "ChangeSetNotFoundException"].contains(code)
    }
}

extension AWSClient {
    /// A stack by its name or ARN; nil when there is none.
    ///
    /// - Throws: what `send` throws.
    public func stack(_ nameOrID: String) async throws -> Stack? {
        do {
            return try await send(DescribeStacksInput(stackName: nameOrID)).stacks.first
        } catch let error as AWSServiceError where error.isStackMissing {
            return nil
        }
    }

    /// All stacks that are not deleted, in the service's order.
    ///
    /// - Throws: what `send` throws.
    public func stacks() async throws -> [Stack] {
        try await collect(DescribeStacksInput.self) { token in
            let page = try await send(DescribeStacksInput(nextToken: token))
            return (page.stacks, page.nextToken)
        }
    }

    /// The resources of a stack, in the service's order.
    ///
    /// - Throws: what `send` throws.
    public func stackResources(of nameOrID: String) async throws -> [StackResource] {
        try await collect(ListStackResourcesInput.self) { token in
            let page = try await send(ListStackResourcesInput(stackName: nameOrID, nextToken: token))
            return (page.resources, page.nextToken)
        }
    }

    /// The events of a stack after a known one, oldest first; all of them when the known one is nil or was
    /// not found. Older pages are only asked for until the known event is met.
    ///
    /// - Throws: what `send` throws.
    public func stackEvents(of nameOrID: String, after knownID: String? = nil) async throws -> [StackEvent] {
        // What happens between two pages moves the later one: its first events may have been read before.
        var seen: Set<String> = []
        let newestFirst = try await collect(DescribeStackEventsInput.self) { token in
            let page = try await send(DescribeStackEventsInput(stackName: nameOrID, nextToken: token))
            let fresh = page.events.prefix { $0.id != knownID }
            let next = fresh.count < page.events.count ? nil : page.nextToken
            return (fresh.filter { seen.insert($0.id).inserted }, next)
        }
        return newestFirst.reversed()
    }

    /// The id of the newest event of a stack, one call; nil when there is no stack or no event.
    ///
    /// - Throws: what `send` throws.
    public func latestStackEventID(of nameOrID: String) async throws -> String? {
        do {
            return try await send(DescribeStackEventsInput(stackName: nameOrID)).events.first?.id
        } catch let error as AWSServiceError where error.isStackMissing {
            return nil
        }
    }

    /// Reads pages until there is no further token.
    func collect<Operation: AWSOperation, Element>(
        _ operation: Operation.Type, page: (_ token: String?) async throws -> (elements: [Element], next: String?)
    ) async throws -> [Element] {
        var elements: [Element] = []
        var seen: Set<String> = []
        var token: String?
        repeat {
            let answer = try await page(token)
            elements += answer.elements
            token = answer.next
            if let token, !seen.insert(token).inserted { throw Operation.failure("its page token repeats") }
        } while token != nil
        return elements
    }
}

extension XMLTree {
    /// The token of the next page; an empty one ends the pages.
    var pageToken: String? {
        string("NextToken").flatMap { $0.isEmpty ? nil : $0 }
    }
}

extension XMLTree {
    /// The token of EC2's next page; nil on the last, where the element is missing or empty.
    var nextPage: String? { string("nextToken").flatMap { $0.isEmpty ? nil : $0 } }
}

extension QueryParameters {
    /// Sets a filter as EC2 has it: `Filter.1.Name`, `Filter.1.Value.1`, …; without values nothing is set.
    mutating func setFilter(_ number: Int, _ name: String, _ values: [String]) {
        guard !values.isEmpty else { return }
        set("Filter.\(number).Name", name)
        setFlatList("Filter.\(number).Value", values)
    }
}

extension AWSClient {
    /// How many VPCs the region has.
    public func vpcCount() async throws -> Int {
        try await count(DescribeVpcsInput()) {
            ($0.vpcs.count, $0.nextToken)
        } next: {
            $0.nextToken = $1
        }
    }

    /// How many network interfaces the region has.
    public func networkInterfaceCount() async throws -> Int {
        try await count(DescribeNetworkInterfacesInput()) {
            ($0.ids.count, $0.nextToken)
        } next: {
            $0.nextToken = $1
        }
    }

    private func count<Operation: AWSOperation>(
        _ first: Operation, of read: (Operation.Output) -> (count: Int, next: String?),
        next: (inout Operation, String) -> Void
    ) async throws -> Int {
        var (input, total) = (first, 0)
        while true {
            let page = read(try await send(input))
            total += page.count
            guard let token = page.next else { return total }
            next(&input, token)
        }
    }
}

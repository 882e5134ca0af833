/// Which resource waits for which, and the circles in it.
struct DependencyGraph {
    private let names: [String]
    private let edges: [String: [String]]

    /// - Parameters:
    ///   - names: all resources, in the order of the template.
    ///   - edges: for a resource, those that it waits for.
    init(names: [String], edges: [String: [String]]) {
        self.names = names
        self.edges = edges
    }

    /// One circle per group of resources that wait for one another: `[A, B, A]`.
    func circles() -> [[String]] {
        var state: [String: Mark] = [:]
        var circles: [[String]] = []
        for name in names where state[name] == nil { walk(from: name, &state, &circles) }
        return circles
    }

    private enum Mark { case open, done }

    /// Depth first with a stack of its own: a chain of 500 resources must not become 500 stack frames.
    private func walk(from root: String, _ state: inout [String: Mark], _ circles: inout [[String]]) {
        var path: [(name: String, next: Int)] = [(root, 0)]
        state[root] = .open
        while let last = path.last {
            let targets = edges[last.name] ?? []
            guard last.next < targets.count else {
                state[last.name] = .done
                path.removeLast()
                continue
            }
            path[path.count - 1].next += 1
            let target = targets[last.next]
            switch state[target] {
            case nil:
                state[target] = .open
                path.append((target, 0))
            case .open:
                let start = path.firstIndex { $0.name == target } ?? 0
                circles.append(path[start...].map(\.name) + [target])
            case .done: break
            }
        }
    }
}

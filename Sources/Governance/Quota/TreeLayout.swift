/// Which node stands below which: numbers for queues and cohorts, before any quota is summed.
struct TreeLayout {
    var parents: [Int]
    var childQueues: [[Int]]
    var childCohorts: [[Int]]
    var groups: [[ResourceGroup]]
    var weights: [Double]
    var heights: [Int]

    /// Lays the tree out. A cohort that is only named by others is there without quota; one that stands above itself
    /// is cut off from its parent, since such a circle has no top.
    init(queues: [ClusterQueue], cohorts: [Cohort]) {
        let named = Dictionary(cohorts.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let names = Set(cohorts.map(\.name) + cohorts.compactMap(\.parent) + queues.compactMap(\.cohort)).sorted()
        let numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, queues.count + $0) })
        let count = queues.count + names.count
        parents = queues.map { $0.cohort.flatMap { numbers[$0] } ?? -1 }
        parents += names.map { named[$0]?.parent.flatMap { numbers[$0] } ?? -1 }
        groups = queues.map(\.resourceGroups) + names.map { named[$0]?.resourceGroups ?? [] }
        weights = queues.map(\.fairWeight) + names.map { named[$0]?.fairWeight ?? 1 }
        childQueues = Array(repeating: [], count: count)
        childCohorts = childQueues
        heights = Array(repeating: 0, count: count)
        cutCircles()
        for node in parents.indices where parents[node] >= 0 {
            if node < queues.count {
                childQueues[parents[node]].append(node)
            } else {
                childCohorts[parents[node]].append(node)
            }
        }
        for queue in queues.indices { raise(above: queue) }
        for cohort in queues.count..<count where childQueues[cohort].isEmpty { raise(above: cohort) }
    }

    private mutating func cutCircles() {
        for start in parents.indices {
            var (node, steps) = (start, 0)
            while node >= 0, steps <= parents.count {
                node = parents[node]
                steps += 1
            }
            if node >= 0 { parents[start] = -1 }
        }
    }

    private mutating func raise(above node: Int) {
        var (height, cohort) = (1, parents[node])
        while cohort >= 0 {
            heights[cohort] = max(heights[cohort], height)
            height += 1
            cohort = parents[cohort]
        }
    }
}

/// A flavor with a resource: what quota is counted in.
struct Pair: Hashable {
    let flavor: String
    let resource: String
}

/// Numbers for the names of a policy, so that computing needs no texts.
///
/// Numbers follow the alphabet: whatever walks them walks in the same order on every machine.
struct PairTable {
    let pairs: [Pair]
    let flavors: [String]
    let resources: [String]
    /// The number of each pair's resource.
    let resourceOfPair: [Int]
    /// The number of each pair's flavor.
    let flavorOfPair: [Int]
    /// The numbers of each resource's pairs.
    let pairsOfResource: [[Int]]
    private let numbers: [Int]
    private let flavorNumbers: [String: Int]
    private let resourceNumbers: [String: Int]

    init(_ groups: some Sequence<ResourceGroup>) {
        var found: Set<Pair> = []
        for flavor in groups.lazy.flatMap(\.flavors) {
            for resource in flavor.resources.keys { found.insert(Pair(flavor: flavor.name, resource: resource)) }
        }
        pairs = found.sorted { ($0.flavor, $0.resource) < ($1.flavor, $1.resource) }
        flavors = Set(pairs.map(\.flavor)).sorted()
        resources = Set(pairs.map(\.resource)).sorted()
        flavorNumbers = Dictionary(uniqueKeysWithValues: flavors.enumerated().map { ($1, $0) })
        resourceNumbers = Dictionary(uniqueKeysWithValues: resources.enumerated().map { ($1, $0) })
        var numbers = Array(repeating: -1, count: flavors.count * resources.count)
        var (ofResource, ofFlavor): ([Int], [Int]) = ([], [])
        var byResource = Array(repeating: [Int](), count: resources.count)
        for (number, pair) in pairs.enumerated() {
            let (flavor, resource) = (flavorNumbers[pair.flavor] ?? 0, resourceNumbers[pair.resource] ?? 0)
            numbers[flavor * resources.count + resource] = number
            byResource[resource].append(number)
            ofFlavor.append(flavor)
            ofResource.append(resource)
        }
        self.numbers = numbers
        resourceOfPair = ofResource
        flavorOfPair = ofFlavor
        pairsOfResource = byResource
    }

    var count: Int { pairs.count }

    /// The number of a pair; `nil` where no queue has it.
    func number(flavor: Int, resource: Int) -> Int? {
        let number = numbers[flavor * resources.count + resource]
        return number < 0 ? nil : number
    }

    func flavor(_ name: String) -> Int? { flavorNumbers[name] }
    func resource(_ name: String) -> Int? { resourceNumbers[name] }
}

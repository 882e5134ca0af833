import Diagnostics

/// What is known about a machine type; 0 where a number is not published.
///
/// One object a type, handed out by the catalog: rules ask for it all the time.
public final class InstanceTypeFacts: Sendable {
    /// The EC2 name: `g5.12xlarge`.
    public let name: String
    /// Virtual processors with hyper-threading on.
    public let vcpus: Int
    /// Threads that each core can run: 1 or 2.
    public let threadsPerCore: Int
    /// Memory in GiB.
    public let memoryGiB: Double
    /// GPUs.
    public let gpus: Int
    /// Neuron devices.
    public let neuronDevices: Int
    /// EFA interfaces.
    public let efaInterfaces: Int
    /// Network cards.
    public let networkCards: Int
    /// IPv4 addresses of one network interface.
    public let addressesPerInterface: Int
    /// `x86_64` or `arm64`.
    public let architecture: String
    /// The MIG profiles that the API knows for the type.
    public let migProfiles: [String]

    /// Reads a line of the catalog; `nil` for one of another form.
    init?(_ line: Substring) {
        let columns = CatalogText.columns(line)
        guard columns.count == 11 else { return nil }
        name = columns[0]
        vcpus = Int(columns[1]) ?? 0
        threadsPerCore = Int(columns[2]) ?? 0
        memoryGiB = Double(columns[3]) ?? 0
        gpus = Int(columns[4]) ?? 0
        neuronDevices = Int(columns[5]) ?? 0
        efaInterfaces = Int(columns[6]) ?? 0
        networkCards = Int(columns[7]) ?? 0
        addressesPerInterface = Int(columns[8]) ?? 0
        architecture = columns[9]
        migProfiles = columns[10].split(separator: " ").map { "mig-" + $0 }
    }

    /// GPUs or Neuron devices.
    public var accelerators: Int { gpus + neuronDevices }

    /// The family: `g5`.
    public var family: Substring { name.prefix { $0 != "." } }

    /// The most pods of a node: HyperPod gives pods one interface (AWS docs: Getting started with Amazon EKS support
    /// in SageMaker HyperPod). `nil` where the number of addresses is not published.
    public var maximumPods: Int? { addressesPerInterface > 0 ? addressesPerInterface - 1 : nil }

    /// The most addresses of a node: all of the first card and one of each further card (AWS docs: Prerequisites for
    /// using SageMaker HyperPod, 81 for a P5). `nil` where the numbers are not published.
    public var maximumAddresses: Int? {
        addressesPerInterface > 0 ? addressesPerInterface + max(0, networkCards - 1) : nil
    }
}

/// The machine types of HyperPod.
public struct InstanceTypeCatalog: Sendable {
    /// All types by name, in the order of the alphabet.
    public let all: [InstanceTypeFacts]
    /// By the name that SageMaker gives them.
    private let types: [String: InstanceTypeFacts]

    init(_ bytes: [UInt8]) {
        all = CatalogText.lines(bytes).compactMap { InstanceTypeFacts($0) }
        types = Dictionary(all.map { ("ml." + $0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The facts of a type; `nil` for a type that is not in the catalog.
    public subscript(type: InstanceType) -> InstanceTypeFacts? { types[type.text] }

    /// The type that was probably meant, with `ml.` in front.
    public func nearest(to type: InstanceType) -> String? {
        Spelling.nearest(to: type.text, in: all.map { "ml." + $0.name })
    }
}

/// The sizes that a service makes: a few first ones, then multiples of a step.
struct CapacitySteps: Sendable, Equatable {
    let first: [Int]
    let step: Int

    /// Whether a size is made.
    func contains(_ size: Int) -> Bool { first.contains(size) || (size > 0 && size % step == 0) }

    /// The smallest size made that is not below another one.
    func next(from size: Int) -> Int {
        let multiple = max(step, (size + step - 1) / step * step)
        return first.filter { $0 >= size }.min().map { min($0, multiple) } ?? multiple
    }

    /// In words.
    var description: String {
        let list = first.map(String.init).joined(separator: ", ")
        return (list.isEmpty ? "a multiple of " : list + " or a multiple of ") + String(step)
    }
}

extension FSxSettings {
    /// The sizes in GiB of a deployment type and storage type; `nil` for the elastic one
    /// (AWS docs: CreateFileSystem, CreateFileSystemLustreConfiguration).
    var capacitySteps: CapacitySteps? {
        switch (deploymentType, storageType) {
        case (_, .intelligentTiering): nil
        case (_, .hdd): CapacitySteps(first: [], step: throughputMBpsPerTiB == 40 ? 1800 : 6000)
        case (.scratch1, _): CapacitySteps(first: [1200, 2400], step: 3600)
        default: efa ? efaSteps ?? CapacitySteps(first: [1200], step: 2400) : CapacitySteps(first: [1200], step: 2400)
        }
    }

    /// The sizes of a file system that is reached over EFA (AWS docs: Working with EFA-enabled file systems).
    var efaSteps: CapacitySteps? {
        let steps = [125: 38_400, 250: 19_200, 500: 9600, 1000: 4800]
        return throughputMBpsPerTiB.flatMap { steps[$0] }.map { CapacitySteps(first: [], step: $0) }
    }

    /// The throughputs in MB/s per TiB of a deployment type and storage type; empty where none may be given
    /// (AWS docs: CreateFileSystemLustreConfiguration).
    var throughputs: [Int] {
        switch (deploymentType, storageType) {
        case (_, .intelligentTiering), (.scratch1, .ssd), (.scratch2, .ssd): []
        case (_, .hdd): [12, 40]
        case (.persistent1, _): [50, 100, 200]
        case (.persistent2, _): [125, 250, 500, 1000]
        }
    }

    /// Whether a new file system is made.
    var isNew: Bool { existingFileSystemID == nil }
}

extension RuleContext {
    /// The file system, where a new one is made.
    var newFileSystem: FSxSettings? { stack.fsx.flatMap { $0.isNew ? $0 : nil } }
}

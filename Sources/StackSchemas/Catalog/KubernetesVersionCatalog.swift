/// What is known about a version of Kubernetes on EKS; dates are written `2026-07-29`.
public struct KubernetesVersionFacts: Sendable, Hashable {
    /// The version.
    public let version: KubernetesVersion
    /// The last day of standard support.
    public let standardSupportEnds: String
    /// The last day of extended support.
    public let extendedSupportEnds: String
    /// Whether HyperPod supports it.
    public let isSupportedByHyperPod: Bool
}

/// The versions of Kubernetes on EKS.
public struct KubernetesVersionCatalog: Sendable {
    /// All versions, oldest first.
    public let all: [KubernetesVersionFacts]
    /// The day on which the catalog was written. Support is judged as of this day, so that the same configuration
    /// always gets the same answer from the same binary.
    public let date: String

    init(_ bytes: [UInt8]) {
        date = CatalogText.date(bytes)
        all = CatalogText.lines(bytes).compactMap { line in
            let columns = CatalogText.columns(line)
            guard columns.count == 4 else { return nil }
            return KubernetesVersionFacts(
                version: KubernetesVersion(text: columns[0]), standardSupportEnds: columns[1],
                extendedSupportEnds: columns[2], isSupportedByHyperPod: columns[3] == "yes")
        }
    }

    /// The facts of a version; `nil` for a version that is not in the catalog.
    public subscript(version: KubernetesVersion) -> KubernetesVersionFacts? { all.first { $0.version == version } }

    /// The versions that HyperPod supports, oldest first.
    public var supported: [KubernetesVersion] { all.filter(\.isSupportedByHyperPod).map(\.version) }
}

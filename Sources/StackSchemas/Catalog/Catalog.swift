/// What is known about AWS: data files with their source and date, embedded at build and read when first asked for.
public enum Catalog {
    /// Machine types of HyperPod.
    public static let instanceTypes = InstanceTypeCatalog(PackageResources.instance_types_csv)
    /// Regions, what CloudFormation has there, and their zones with the machine types offered.
    public static let regions = RegionCatalog(
        regions: PackageResources.regions_csv, zoneOfferings: PackageResources.zone_offerings_txt,
        regionOfferings: PackageResources.region_offerings_txt)
    /// Versions of Kubernetes.
    public static let kubernetesVersions = KubernetesVersionCatalog(PackageResources.kubernetes_versions_csv)
}

/// Splits the text of a data file; comment lines begin with `#`.
enum CatalogText {
    /// The lines that are no comments.
    static func lines(_ bytes: [UInt8]) -> [Substring] {
        // Bytes, not characters: start-up is part of every run.
        String(decoding: bytes, as: UTF8.self).utf8.split(separator: UInt8(ascii: "\n"))
            .filter { $0.first != UInt8(ascii: "#") }.map { Substring($0) }
    }

    /// The columns of a line, empty ones kept.
    static func columns(_ line: Substring) -> [String] {
        line.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map { String(Substring($0)) }
    }

    /// The date on which a file was written, from its first comment; empty where it says none.
    static func date(_ bytes: [UInt8]) -> String {
        let first = String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        return String(first.split(separator: " ").last?.dropLast() ?? "")
    }
}

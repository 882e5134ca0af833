extension ClusterStack {
    /// Takes back defaults that do not hold beside what was written.
    mutating func normalize(_ config: LocatedConfig) {
        // A size is the default of every storage type but the elastic one, which has none.
        if fsx?.storageType == .intelligentTiering, !config.contains("fsx.storage_gib") { fsx?.storageGiB = nil }
    }
}

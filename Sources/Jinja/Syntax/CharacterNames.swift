/// Unicode's names of characters.
enum CharacterNames {
    /// The code point of a name or alias; capitals and small letters are the same.
    static func scalar(named name: String) -> Unicode.Scalar? {
        let name = name.uppercased()
        if let scalar = byName[name] { return scalar }
        // The names of ideographs are made of their numbers.
        guard let hyphen = name.lastIndex(of: "-"), let code = UInt32(name[name.index(after: hyphen)...], radix: 16),
            let scalar = Unicode.Scalar(code), scalar.properties.name == name
        else { return nil }
        return scalar
    }

    private static let byName: [String: Unicode.Scalar] = {
        let ideographs: [ClosedRange<UInt32>] = [
            0x3400...0x4DBF, 0x4E00...0x9FFF, 0x1_7000...0x1_8CFF, 0x2_0000...0x3_FFFF,
        ]
        var names: [String: Unicode.Scalar] = [:]
        for code in UInt32(0)...0xE_FFFF where !ideographs.contains(where: { $0.contains(code) }) {
            guard let scalar = Unicode.Scalar(code) else { continue }
            for name in [scalar.properties.name, scalar.properties.nameAlias] {
                if let name, names[name] == nil { names[name] = scalar }
            }
        }
        return names
    }()
}

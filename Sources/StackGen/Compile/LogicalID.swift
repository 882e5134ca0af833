/// Logical ids of CloudFormation made from names, so that different names give different ids.
public enum LogicalID {
    /// Turns a name into an alphanumeric id.
    ///
    /// Lowercase words joined by single hyphens become PascalCase, which can be read back: `team-a` is `TeamA`.
    /// Of any other name the letters and digits are kept, in PascalCase, and the first eight digits of its
    /// SHA-256 follow, as its form alone would not tell `Team_A` from `team-a`. A name that imitates such an id
    /// on purpose gives the template a key twice, which is refused before anything is sent.
    public static func make(from name: String) -> String {
        let pascal = words(of: name).map(capitalized).joined()
        return isReversible(name) ? pascal : String(pascal.prefix(longest) + ContentHash.sha256(name).prefix(8))
    }

    /// The longest name that is taken as it is; ids have 255 characters, and prefixes are put before them.
    private static let longest = 64

    private static func words(of name: String) -> [String] {
        name.unicodeScalars.split { !isAlphanumeric($0) }.map { String(String.UnicodeScalarView($0)) }
    }

    private static func capitalized(_ word: String) -> String {
        word.prefix(1).uppercased() + word.dropFirst()
    }

    /// Every word begins with a letter, so that the capitals of the result are the hyphens of the name.
    private static func isReversible(_ name: String) -> Bool {
        guard name.utf8.count <= longest else { return false }
        let words = name.split(separator: "-", omittingEmptySubsequences: false)
        return words.allSatisfy { word in
            guard let first = word.utf8.first, isLowercase(first) else { return false }
            return word.utf8.allSatisfy { isLowercase($0) || (0x30...0x39).contains($0) }
        }
    }

    private static func isLowercase(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }

    private static func isAlphanumeric(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "0"..."9", "A"..."Z", "a"..."z": true
        default: false
        }
    }
}

/// Reads the tables beside it: words of the form `name=hex` or `name=hex+hex`.
enum ScalarTable {
    /// Each word's name with its text.
    static func entries(_ table: String) -> [(name: Substring, text: String)] {
        table.split { $0 == " " || $0 == "\n" }.map { word in
            let parts = word.split(separator: "=")
            let scalars = parts[1].split(separator: "+").compactMap {
                UInt32($0, radix: 16).flatMap(Unicode.Scalar.init)
            }
            return (parts[0], Text.string(scalars))
        }
    }
}

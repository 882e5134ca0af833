import Diagnostics

/// The nearest known name, for messages.
enum Suggestions {
    static func nearest(_ name: String, _ known: some Sequence<String>) -> String? {
        Spelling.nearest(to: name, in: known.filter { $0.first?.isLetter ?? false })
    }
}

/// How many bytes a render of a template will print, as far as earlier renders tell.
///
/// A render that guesses right writes into the array that it answers with, and nothing is copied or there twice.
final class OutputEstimate: @unchecked Sendable {
    private let lock = Lock()
    private var last = 0

    /// The most that is taken before anything is printed: a small output after a large one must not cost much.
    private static let most = 1 << 20

    /// The bytes to make ready for a render that prints at least `certain` bytes.
    func room(certain: Int) -> Int {
        let last = lock.withLock { self.last }
        return max(certain + certain / 8 + 1024, min(last + last / 16, Self.most))
    }

    /// Keeps what a render printed.
    func learn(_ bytes: Int) {
        lock.withLock { last = bytes }
    }
}
